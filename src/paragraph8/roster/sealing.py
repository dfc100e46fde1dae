"""Personal data under a key of their own: AES-256-GCM, bound to the mission and the code of the person.

A sealed value opens only with its key and only for the person that it was sealed for, so that a row copied onto
another person's gives nothing. Destroying the key destroys the value in every copy of the row.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paragraph8.domain.canonical import canonical

_NONCE = 12


class SealError(ValueError):
    """The value was not sealed with this key for this owner, or was altered."""


def new_key() -> bytes:
    """A key of 256 bits."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, owner: str, value: Mapping[str, Any]) -> bytes:
    """The value as canonical JSON, encrypted; `owner` must be given again to open it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, canonical(value), owner.encode())


def unseal(key: bytes, owner: str, sealed: bytes) -> dict[str, Any]:
    """The value. Raises `SealError`."""
    try:
        plain = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError(owner) from error
    return dict(json.loads(plain))


def owner_of(mission_id: int, code: str) -> str:
    """What the data of a person are bound to."""
    return f"mission:{mission_id}/{code}"
