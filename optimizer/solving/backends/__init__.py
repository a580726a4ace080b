"""One solver per file behind the protocol of `optimizer.solving.backends.protocol`."""
