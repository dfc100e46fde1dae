"""What a forger may try on a copy of a release."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paragraph8.documents.manifest import public_pem, root_of, sign
from paragraph8.domain.canonical import canonical, sha256


def copy(folder: Path, target: Path) -> Path:
    """A copy whose files may be written."""
    shutil.copytree(folder, target)
    return target


def flip(path: Path, place: int = -1) -> None:
    """One byte changed: the middle one, or the one at `place`."""
    content = bytearray(path.read_bytes())
    content[place if place >= 0 else len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    content = path.read_text()
    assert old in content, f"{old!r} is not in {path.name}"
    path.write_text(content.replace(old, new))


def change_json(path: Path, change: Callable[[Any], None]) -> None:
    """Change JSON and write it in its canonical spelling, as a careful forger would."""
    data = json.loads(path.read_bytes())
    change(data)
    path.write_bytes(canonical(data))


def relist(folder: Path) -> None:
    """Put the hash of every file, and the root, into the manifest."""

    def change(manifest: Any) -> None:
        contents = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in ("manifest.json", "manifest.sig")
        }
        manifest["files"] = {
            name: {"sha256": sha256(content), "bytes": len(content)} for name, content in contents.items()
        }
        manifest["root"] = root_of(contents)

    change_json(folder / "manifest.json", change)


def resign(folder: Path, key: Ed25519PrivateKey) -> None:
    """Sign the manifest with a key, and say that it is the signer's."""
    (folder / "signer.pem").write_bytes(public_pem(key.public_key()))
    relist(folder)
    (folder / "manifest.sig").write_bytes(sign((folder / "manifest.json").read_bytes(), key))
