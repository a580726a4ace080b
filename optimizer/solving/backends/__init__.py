"""One solver per file behind the protocol of `concord.solving.backends.protocol`."""
