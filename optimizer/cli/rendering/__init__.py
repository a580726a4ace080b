"""How things look on a terminal and in plain text."""
