"""Teams under other names: the same team the same name in every folder of the mission, and no way back without the key.

A team of two people is close to a person. The name is HMAC-SHA-256 of mission and code under a key that is a file of
the server, cut to ten hexadecimal digits; two teams with one name are told apart by refusing to write.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

LENGTH = 10


def pseudonyms(codes: Iterable[str], *, mission: str, key: bytes) -> dict[str, str]:
    """Code → pseudonym. Raises `ValueError` when two teams of one mission would get the same."""
    found = {code: _name(code, mission, key) for code in codes}
    if len(set(found.values())) < len(found):
        raise ValueError("two teams have the same pseudonym")
    return found


def _name(code: str, mission: str, key: bytes) -> str:
    return "team-" + hmac.new(key, f"{mission}\0{code}".encode(), hashlib.sha256).hexdigest()[:LENGTH]
