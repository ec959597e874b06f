"""The slip: from its content to paper."""
