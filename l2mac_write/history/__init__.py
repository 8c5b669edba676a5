"""How the texts of a book came to be what they are, and what a change of one touches."""
