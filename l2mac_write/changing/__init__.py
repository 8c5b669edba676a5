"""Chapters that are there, changed as a person orders and nowhere else."""
