"""The whole kiosk, used as a resident does: by tapping what is on the screen."""
