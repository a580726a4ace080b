"""Solving programs: options, limits, results, and the solvers behind one protocol."""
