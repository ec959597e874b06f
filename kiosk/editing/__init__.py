"""Edits of what a configuration says beyond settings: sentences, segments, columns, data files.

Pure: each takes a Content and what ships, and returns another Content, or what is wrong.
"""
