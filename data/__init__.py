"""Tables, bundled problems and their sources. A package only so that its files are installed."""
