"""`python -m concord` is `concord`."""

from .app import main

main()
