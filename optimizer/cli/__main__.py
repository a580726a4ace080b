"""`python -m optimizer.cli` is `concord`."""

from .app import main

main()
