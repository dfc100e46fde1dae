"""Canonical JSON and the digests made of it.

Two people who hold the same facts must get the same bytes: keys sorted, no spaces, UTF-8 without escapes, and no
floats (a quantity is an integer or a decimal string).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


class NotCanonicalError(ValueError):
    """The value holds something canonical JSON has no single spelling for: a float, or a key that is not text."""


def canonical(value: Any) -> bytes:
    """The one spelling of `value` as JSON bytes.

    Raises `NotCanonicalError` on floats, non-text keys and anything JSON does not know.
    """
    _refuse(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256 of the bytes."""
    return hashlib.sha256(data).hexdigest()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of `value`."""
    return sha256(canonical(value))


def _refuse(value: Any) -> None:
    if value is None or isinstance(value, str | bool | int):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonicalError(f"key {key!r} is not text")
            _refuse(inner)
        return
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for inner in value:
            _refuse(inner)
        return
    raise NotCanonicalError(f"{type(value).__name__} has no canonical JSON")
