"""What the benchmark of harvesting is made of: the loop that it is compared with, gold, figures."""
