"""What a book on disk says of itself: how it stands, what it has cost, what its writer saw."""
