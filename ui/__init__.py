"""The screens and what they show, and what is typed on a terminal."""
