"""Hands the kiosk's record in at the centre, and takes back what was changed there."""
