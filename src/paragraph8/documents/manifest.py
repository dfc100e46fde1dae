"""The manifest: a list of SHA-256, one root, one Ed25519 signature.

Hashes say that a file is the one that was released; the signature says who released it. A forger can compute hashes
again, but cannot sign them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from paragraph8.domain.canonical import canonical, digest, sha256

MANIFEST = 1
"""The version of the shape of `manifest.json`."""
MANIFEST_JSON, MANIFEST_SIG, SIGNER_PEM = "manifest.json", "manifest.sig", "signer.pem"
ROOT_FILES = ("edition.json", "figures.json", "commitments.json")
"""The files that all others of a release are made from; their hashes make the root."""

_PATH = re.compile(r"(?!.*(^|/)\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\Z")
_HEX = re.compile(r"[0-9a-f]{64}\Z")


def is_path(path: str) -> bool:
    """Whether a file of a release may be called so: below its folder, not hidden, in plain letters."""
    return _PATH.match(path) is not None


class ManifestError(ValueError):
    """The bytes are not a manifest."""


class SignatureError(ValueError):
    """The signature is not one of these bytes by that key."""


class ReleaseKind(StrEnum):
    """Which of the two folders."""

    PUBLIC = "public"
    SEALED = "sealed"


@dataclass(frozen=True)
class Entry:
    """A file as it was released."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> Entry:
        """The entry of these bytes."""
        return cls(sha256(content), len(content))


@dataclass(frozen=True)
class Manifest:
    """What a release folder holds besides the manifest and its signature.

    `software` is the version of paragraph8 that rendered it, `renderers` those of the libraries that shape bytes.
    """

    kind: ReleaseKind
    root: str
    files: Mapping[str, Entry]
    software: str
    renderers: Mapping[str, str]
    notice: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """Canonical JSON: the bytes that are signed."""
        return canonical(
            {
                "manifest": MANIFEST,
                "kind": self.kind.value,
                "root": self.root,
                "files": {path: {"sha256": entry.sha256, "bytes": entry.size} for path, entry in self.files.items()},
                "software": self.software,
                "renderers": dict(self.renderers),
                "notice": dict(self.notice),
            }
        )


def manifest_from_json(data: Any) -> Manifest:
    """The manifest that `Manifest.to_bytes` wrote, read as JSON. Raises `ManifestError`."""
    try:
        if data["manifest"] != MANIFEST:
            raise ManifestError(f"version {data['manifest']!r} of the manifest is not known")
        files = {path: Entry(str(entry["sha256"]), int(entry["bytes"])) for path, entry in data["files"].items()}
        manifest = Manifest(
            kind=ReleaseKind(data["kind"]),
            root=str(data["root"]),
            files=files,
            software=str(data["software"]),
            renderers={str(name): str(version) for name, version in data["renderers"].items()},
            notice={str(tag): str(string) for tag, string in data["notice"].items()},
        )
    except ManifestError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestError(f"not a manifest ({type(error).__name__}: {error})") from error
    for path, entry in manifest.files.items():
        if not is_path(path) or not _HEX.match(entry.sha256):
            raise ManifestError(f"{path!r} is not a line of a manifest")
    return manifest


def root_of(files: Mapping[str, bytes]) -> str:
    """The one digest that stands for a release: over the hashes of edition, figures and commitments."""
    return digest({name: sha256(files[name]) for name in ROOT_FILES})


def sign(manifest: bytes, key: Ed25519PrivateKey) -> bytes:
    """The content of `manifest.sig`: base64 of the signature of the exact bytes, and a line end."""
    return base64.b64encode(key.sign(manifest)) + b"\n"


def check_signature(manifest: bytes, signature: bytes, key: Ed25519PublicKey) -> None:
    """Raises `SignatureError` unless the key signed exactly these bytes."""
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), manifest)
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise SignatureError("the manifest is not signed by this key") from error


def public_pem(key: Ed25519PublicKey) -> bytes:
    """The content of `signer.pem`."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_public_pem(content: bytes) -> Ed25519PublicKey:
    """The key in `signer.pem`. Raises `SignatureError` on anything but an Ed25519 public key."""
    try:
        key = serialization.load_pem_public_key(content)
    except ValueError as error:
        raise SignatureError("signer.pem holds no public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise SignatureError("signer.pem holds a key of another kind")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the raw public key, lower-case hexadecimal."""
    return sha256(key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))


def grouped(hexadecimal: str) -> str:
    """Hexadecimal in groups of four, as people compare it."""
    return " ".join(hexadecimal[i : i + 4] for i in range(0, len(hexadecimal), 4))


def ungrouped(spelling: str) -> str:
    """A fingerprint as somebody typed it, without spaces and capitals."""
    return "".join(spelling.split()).lower()
