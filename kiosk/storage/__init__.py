"""The kiosk's own encrypted record."""
