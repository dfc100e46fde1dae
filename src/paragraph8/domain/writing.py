"""What rooms refuse to write."""

from __future__ import annotations

from .text import Text


class RefusedWritingError(ValueError):
    """Nothing was written. `field` is what was wrong with it, empty where it is the whole."""

    field = ""

    def text(self) -> Text:
        """Why, in the languages of the product."""
        raise NotImplementedError
