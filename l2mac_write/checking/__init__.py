"""What is wrong with a manuscript, and where, told to a person."""
