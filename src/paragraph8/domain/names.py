"""Names as people search and compare them: one folded spelling for letters that differ in case, accent or script dress.

SQLite folds ASCII alone and the PostgreSQL that comes as a package knows no ICU, so that every name that is searched
is stored folded.
"""

from __future__ import annotations

import re
import unicodedata

_APART = re.compile(r"[^\w]+", re.UNICODE)


def folded(name: str) -> str:
    """The name in small letters without accents, its words apart by one space: "Éva  NAGY-Kiss" → "eva nagy kiss".

    Letters of their own keep what makes them so: й, ё, қ, ң, ә stay (they are no accented и, е, к, н, а).
    """
    small = unicodedata.normalize("NFC", name.casefold())
    plain = "".join(_bare(letter) for letter in small)
    return _APART.sub(" ", plain).strip()


def _bare(letter: str) -> str:
    """A Latin or Greek letter without its marks; any other as it is."""
    base = unicodedata.normalize("NFD", letter)
    if len(base) > 1 and ("a" <= base[0] <= "z" or "\u0370" <= base[0] <= "\u03ff"):
        return base[0]
    return letter
