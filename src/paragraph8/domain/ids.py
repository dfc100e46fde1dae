"""Identifiers: made by the sender, ordered by time, never reused."""

from __future__ import annotations

import uuid

import uuid_utils.compat

from .canonical import sha256


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, the rest random."""
    return uuid_utils.compat.uuid7()


def id_of_bytes(data: bytes) -> uuid.UUID:
    """The identifier of something that brought none: a UUIDv8 (RFC 9562) made of the SHA-256 of its bytes.

    The same bytes always get the same identifier, so a repeated sending is still one report.
    """
    number = int(sha256(data)[:32], 16)
    number = (number & ~(0xF << 76)) | (0x8 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=number)
