"""What the log refuses."""

from __future__ import annotations


class ClosedMissionError(PermissionError):
    """The mission is closed: it can be read, and nothing in it can be changed."""
