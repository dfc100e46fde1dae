"""One spelling for two scripts: what somebody types in Latin letters finds what the list writes in Cyrillic ones.

No transliteration is right for everybody: the same street is Жамбыл, Zhambyl and Jambyl. So the key is coarse. It is
never shown.
"""

from __future__ import annotations

import re
import unicodedata

from .names import folded

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sh - i - e iu ia a g k n o u u h i"
_PAIRS = zip(_LETTERS, _LATIN.split(" "), strict=True)
_TABLE = str.maketrans({letter: latin.replace("-", "") for letter, latin in _PAIRS} | {"ı": "i"})
_ALIKE = (("shch", "sh"), ("kh", "h"), ("gh", "g"), ("q", "k"), ("w", "u"), ("j", "zh"), ("y", "i"))
LONGEST_KEY = 600
"""Letters of a search key; what is longer is cut."""
_SAME = re.compile(r"i{2,}")
_APART = re.compile(r"[^\w]+")


def searched(text: str) -> str:
    """The words of a text as searching compares them: "Средняя школа №5" and "Srednyaya shkola 5" are the same."""
    latin = unicodedata.normalize("NFC", text.casefold()).translate(_TABLE)
    latin = _APART.sub(" ", latin).strip()
    if not latin.isascii():
        latin = folded(latin)
    for other, one in _ALIKE:
        latin = latin.replace(other, one)
    return _SAME.sub("i", latin)


def search_key(*texts: str) -> str:
    """What a row is found by: every word of its texts once, with a blank before each."""
    words = dict.fromkeys(searched(" ".join(texts)).split())
    return f" {' '.join(words)}"[:LONGEST_KEY]
