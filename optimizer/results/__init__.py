"""What a plan reports beyond its decisions: security, burdens, fairness, rankings, votes, rules that bind."""
