"""A seed at rest: encrypted under a key that is a file of the server, so that the database alone tells it to nobody."""

from __future__ import annotations

import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from paragraph8.audit.keys import sealing_key
from paragraph8.domain.canonical import digest

NONCE = 12


def seal(seed: bytes, *, mission_id: int) -> bytes:
    """Nonce and AES-256-GCM ciphertext; bound to the mission."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(sealing_key(settings.KEYS)).encrypt(nonce, seed, _bound(mission_id))


def unseal(sealed: bytes, *, mission_id: int) -> bytes:
    """The seed. Raises `InvalidTag` when the key file is another one, or the row belongs to another mission."""
    return AESGCM(sealing_key(settings.KEYS)).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(mission_id))


def salted(value: Any, *, seed: bytes) -> str:
    """A digest for the log that tells nobody which stations it is of, and that whoever has the seed can make again."""
    return digest([seed.hex(), value])


def _bound(mission_id: int) -> bytes:
    return f"seed of mission {mission_id}".encode()
