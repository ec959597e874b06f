"""What the office does: rules, records and use cases, without any user interface."""
