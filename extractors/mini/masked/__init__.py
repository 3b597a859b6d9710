"""The built-in masked language model: the bundled encoder, an adapter, and a head for pieces."""
