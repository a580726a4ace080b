"""A priori voting power: Banzhaf and Shapley-Shubik, exact, and votes under a bound on power.

Usable on its own, and imports nothing else of Concord:

>>> from concord import power
>>> council = {"DE": 4, "FR": 4, "IT": 4, "BE": 2, "NL": 2, "LU": 1}
>>> str(power.banzhaf(council, 12)["DE"]), str(power.shapley_shubik(council, 12)["DE"])
('5/21', '7/30')
"""

from .bounding import bounded_votes
from .indices import absolute_banzhaf, banzhaf, shapley_shubik

__all__ = ["absolute_banzhaf", "banzhaf", "bounded_votes", "shapley_shubik"]
