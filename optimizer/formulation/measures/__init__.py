"""Measures of aggregate security, one per file; registry.py finds the one that is stated."""
