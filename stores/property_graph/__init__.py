"""How the ledger looks as a property graph, whichever engine keeps it: names, nodes and edges."""
