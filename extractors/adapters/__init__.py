"""Other people's extraction models under the contract of an extractor."""
