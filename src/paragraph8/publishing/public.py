"""The files of a public release as a web server hands them out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from paragraph8.documents.manifest import grouped
from paragraph8.documents.rendering import INDEX

from .models import Release

__all__ = ["CACHE", "INDEX", "Published", "content_type", "language", "of", "tag"]

CACHE = "public, max-age=300"
"""A release never changes; five minutes are enough for a rush of readers and harmless for a mission made anew."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".sig": "text/plain; charset=us-ascii",
    ".pem": "application/x-pem-file",
}
_NO_LANGUAGE = "zxx"
"""BCP 47 for what is not written in any language."""


@dataclass(frozen=True)
class Published:
    """A release with its fingerprint as documents print it, and its files; none where the folder is not on this
    machine."""

    release: Release
    root: str
    folder: str
    files: tuple[str, ...]


def of(release: Release) -> Published:
    """What of the release lies on this machine."""
    public = Path(release.folder, "public")
    files = sorted(file.name for file in public.iterdir() if file.is_file()) if public.is_dir() else ()
    return Published(release, grouped(release.root), Path(release.folder).name, tuple(files))


def content_type(file: Path) -> str:
    """By the ending of the name."""
    return _TYPES.get(file.suffix, "application/octet-stream")


def language(file: Path) -> str:
    """The language in the name of a document: `statement.kk.pdf`."""
    parts = file.name.split(".")
    return parts[1] if len(parts) == 3 else _NO_LANGUAGE


def tag(file: Path) -> str:
    """An entity tag that differs when the file was written anew."""
    stat = file.stat()
    return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
