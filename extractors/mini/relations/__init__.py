"""Relations between the entities of a document, read over the whole document."""
