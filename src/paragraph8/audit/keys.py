"""Secrets are files, made once, readable by their owner alone; never in the database, never in a log."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


def session_secret(folder: Path) -> str:
    """The key that signs sessions and forms, made at first use."""
    return _once(folder / "session.key", lambda: secrets.token_urlsafe(64).encode()).decode()


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key that signs receipts and release manifests, made at first use."""
    pem = _once(
        folder / "signing.pem",
        lambda: Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{folder / 'signing.pem'} holds no Ed25519 key")
    return key


def sealing_key(folder: Path) -> bytes:
    """The 32 bytes under which seeds of samples are kept, made at first use. Without it no sample can be disclosed."""
    return _once(folder / "samples.key", lambda: secrets.token_bytes(32))


def pseudonym_key(folder: Path) -> bytes:
    """The 32 bytes under which teams have other names in data for analysis, made at first use. Under another key the
    same teams get other names."""
    return _once(folder / "analysis.key", lambda: secrets.token_bytes(32))


def _once(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes of the file; when it does not exist, made and written so that only one of two racing makers wins."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(make())
    draft.chmod(0o600)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()
