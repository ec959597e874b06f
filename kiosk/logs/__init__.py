"""The log: what may stand in it (entries.py, kinds.py), its lines (lines.py), where it goes."""
