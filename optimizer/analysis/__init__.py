"""What is learnt from several plans: comparisons, and what is left of one after its horizon."""
