"""The information system of an election observation mission."""

from __future__ import annotations

__version__ = "0.1.0"
