"""English number words."""

from __future__ import annotations

import re

from .number_words import NumberWords

_UNITS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_MORE = "eighteen nineteen zero tens dozen dozens half halves thirds fifths sixths sevenths eighths ninths tenths"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MAGNITUDES = "hundred thousand million billion trillion"
_PARTS = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth"

ENGLISH = NumberWords(
    numbers=frozenset(f"{_UNITS} {_MORE} {_TENS} {_MAGNITUDES} hundredths".split())
    | {f"{word}s" for word in _MAGNITUDES.split()},
    pronouns=frozenset({"one", "twice", "thrice"}),
    homographs=frozenset({"quarter", "quarters"}),
    tens=frozenset(f"{_TENS} {_MAGNITUDES}".split()),
    ordinal=re.compile(
        r"first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie|hundred|thousand|million)th"
    ),
    ordinal_gap="-",
    joiner=re.compile(
        r" (?:(?:(?<=hundred )|(?<=thousand )|(?<=million )|(?<=billion ))and(?: a)?"
        r"|(?:out )?of(?: every)?|in(?: every)?|to|or) "
    ),
    expressions=(
        re.compile(rf"\b(?:a|one)[ -](?:{_PARTS})(?= of\b)"),
        re.compile(rf"\bone[ -](?:{_PARTS})\b"),
        re.compile(r"\bevery (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"),
        re.compile(r"\b(?:a couple|scores)(?= of\b)"),
    ),
    idioms=(
        re.compile(r"\bno one\b"),
        re.compile(r"\bone another\b"),
        re.compile(r"\b(?:first|second|latter|earlier|other) half\b"),
    ),
    per_cent=re.compile(r" ?(?:%|‰|percentage points?\b|per ?cent\b)"),
    digit_suffix=re.compile(r"(?!)"),
    digit_ordinal=re.compile(r"(?:st|nd|rd|th)\b"),
)
