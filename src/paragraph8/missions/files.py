"""Files as they came: written whole or not at all, found by mission and SHA-256."""

from __future__ import annotations

import os
from pathlib import Path

from paragraph8.domain.canonical import sha256


def keep_file(root: Path, mission: str, data: bytes) -> tuple[str, bool]:
    """Keep the bytes under `root/mission/<sha256>`; the hash, and whether they are new. The same bytes are kept once.

    The file is complete and on disk before it gets its name, so a killed process leaves no half file behind.
    """
    digest = sha256(data)
    folder = root / mission
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / digest
    if target.exists():
        return digest, False
    draft = folder / f".{digest}.{os.getpid()}"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return digest, True


def kept_file(root: Path, mission: str, digest: str) -> bytes:
    """The bytes that `keep_file` kept. Raises `FileNotFoundError`."""
    return (root / mission / digest).read_bytes()
