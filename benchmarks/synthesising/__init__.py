"""How fast texts are made, how near-duplicates are found, and how false sentences are."""
