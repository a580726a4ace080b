"""One constraint family per file, one function per numbered equation of docs/formulation.md."""
