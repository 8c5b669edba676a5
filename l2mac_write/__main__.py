"""`python -m l2mac_write` is the command line."""

from l2mac_write.cli import main

main()
