"""One measure of aggregate security per file."""
