"""What is true in the book: entities, facts, events and threads, each with the words that say so."""
