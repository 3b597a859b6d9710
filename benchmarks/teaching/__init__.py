"""What a tiny model learns of a world from its source, from rephrasings and from synthesis."""
