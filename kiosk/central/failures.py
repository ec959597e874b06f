"""What can go wrong on the way to the centre."""

from kiosk.domain.failures import KioskFailure


class CentreFailure(KioskFailure):
    """The centre cannot be reached, installed or used; codes "C 11" and on, see docs/codes.md."""
