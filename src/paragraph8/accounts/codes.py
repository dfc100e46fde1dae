"""Codes that a person reads from paper and types into a phone: no letter looks like another, and a slip is noticed.

Nineteen characters are drawn (29^19, about 92 bits) and a twentieth checks them: with 29 signs, a prime number, and
places weighted 1 to 19, any one wrong character and any two neighbours exchanged change it.
"""

from __future__ import annotations

import secrets

SIGNS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
"""Without I, L, O, S, 0, 1, 5."""
DRAWN, GROUP = 19, 4
_LIKE = str.maketrans({" ": "", "-": "", "–": "", "\u00a0": "", "\t": "", "\n": "", "\r": ""})


class MistypedError(ValueError):
    """This is no code: its length, a sign or the check is wrong."""


def new_code() -> str:
    """A code, in groups: ABCD-EFGH-JKMN-PQRT-UVWX."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(DRAWN))
    return grouped(drawn + _check(drawn))


def read_code(typed: str) -> str:
    """The code without its groups, in capital letters. Raises `MistypedError`."""
    code = typed.translate(_LIKE).upper()
    if len(code) != DRAWN + 1 or any(sign not in SIGNS for sign in code) or _check(code[:DRAWN]) != code[DRAWN]:
        raise MistypedError
    return code


def grouped(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def _check(drawn: str) -> str:
    weighted = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(drawn, start=1))
    return SIGNS[weighted % len(SIGNS)]
