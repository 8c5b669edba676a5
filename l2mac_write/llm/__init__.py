"""Who thinks: the models behind one port."""
