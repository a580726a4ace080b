"""How a plan for a measure is sought: by one search, or by several that build on each other."""
