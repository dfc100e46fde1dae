"""What the linter knows of the number words of one language."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class NumberWords:
    """The words are in lower case, ё written е; the patterns are read on such text.

    `numbers` are always numbers. `pronouns` ("one", "twice") may count nothing: alone they are a warning.
    `homographs` are other words as well and count only beside a number. `tens` are the words a compound ordinal can
    begin with, and `ordinal` is the word it ends with, after `ordinal_gap`: twenty-first is no quantity. `joiner` is
    what may stand between two numbers that are one expression (one in three); `expressions` are quantities made of
    other words (every third); `idioms` hold number words that count nothing (no one, the second half).
    """

    numbers: frozenset[str]
    pronouns: frozenset[str]
    homographs: frozenset[str]
    tens: frozenset[str]
    ordinal: re.Pattern[str]
    ordinal_gap: str
    joiner: re.Pattern[str]
    expressions: tuple[re.Pattern[str], ...]
    idioms: tuple[re.Pattern[str], ...]
    per_cent: re.Pattern[str]
    digit_suffix: re.Pattern[str]
    """What may hang on digits and still count: -ында, -ти."""
    digit_ordinal: re.Pattern[str]
    """What makes digits an ordinal: 21st, 2-го, 8-ші."""
