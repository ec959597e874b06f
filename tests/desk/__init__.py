"""The desk, from its use cases down to the store."""
