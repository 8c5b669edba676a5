"""Manuscripts that come from elsewhere, made into sections of Markdown: one module for each form."""
