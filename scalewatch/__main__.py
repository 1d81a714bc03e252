"""`python -m scalewatch`: the same as the command `scalewatch`."""

from scalewatch.cli import main

main()
