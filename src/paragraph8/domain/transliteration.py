"""One rough Latin spelling for a name, whichever alphabet and system of transliteration wrote it.

"Сәуле", "Saule", "Säule"; "Жұмабек", "Zhumabek", "Jumabek"; "Христо", "Khristo", "Hristo" each become one. The
spelling is for comparing and searching alone: it is never shown.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e",
    "ж": "zh", "з": "z", "и": "i", "й": "i", "і": "i", "ї": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n",
    "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ў": "u",
    "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia", "ј": "i", "љ": "l", "њ": "n", "ћ": "ch", "ђ": "dj", "џ": "dzh", "ѓ": "g", "ќ": "k", "ѕ": "z",
}  # fmt: skip
_LATIN = {
    "ß": "ss",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "a",
    "œ": "o",
    "ı": "i",
    "ə": "a",
    "ŋ": "n",
}
_CH, _ZH = "\ue000", "\ue001"
"""Stand for the sounds "ch" and "zh" while c becomes k. "zh" ends as i: j is written for it and for й alike."""
_SAME_SOUND = (
    ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("dzh", _ZH), ("zh", _ZH), ("dj", _ZH),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"), ("tz", "ts"),
    ("yo", "e"), ("ye", "e"), ("je", "e"), ("yu", "iu"), ("ju", "iu"), ("ya", "ia"), ("ja", "ia"), ("ii", "i"),
    ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("ng", "n"),
)  # fmt: skip
_SAME_LETTER = str.maketrans({"q": "k", "c": "k", "w": "v", "y": "i", "x": "h"})
_TWICE = re.compile(r"([a-z])\1+")
_APART = re.compile(r"[\W_]+")
LONGEST_KEY = 600
"""Letters of a search key; what is longer is cut."""


def romanized(name: str) -> str:
    """The rough spelling, in small Latin letters and digits, words apart by one space. Letters of alphabets other than
    Latin, Greek and Cyrillic stay as they are."""
    letters = "".join(_bare(letter) for letter in unicodedata.normalize("NFC", name.casefold()))
    for apostrophe in "'’ʼ`‘ʹ":
        letters = letters.replace(apostrophe, "")
    for written, sound in _SAME_SOUND:
        letters = letters.replace(written, sound)
    letters = letters.replace("ch", _CH).translate(_SAME_LETTER).replace(_CH, "ch").replace(_ZH, "i")
    return _APART.sub(" ", _TWICE.sub(r"\1", letters)).strip()


def search_key(*texts: str) -> str:
    """What a row is found by: every word of its texts once, in the rough spelling, with a blank before each."""
    words = dict.fromkeys(romanized(" ".join(texts)).split())
    return f" {' '.join(words)}"[:LONGEST_KEY]


def alphabets(name: str) -> frozenset[str]:
    """Which of "latin" and "cyrillic" the letters are of; others are not told apart."""
    found = {unicodedata.name(letter, "").partition(" ")[0].lower() for letter in name if letter.isalpha()}
    return frozenset(found & {"latin", "cyrillic"})


def _bare(letter: str) -> str:
    if letter in _CYRILLIC:
        return _CYRILLIC[letter]
    if letter in _LATIN:
        return _LATIN[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return base if "a" <= base <= "z" or unicodedata.name(base, "").startswith("GREEK") else letter
