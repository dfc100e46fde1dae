"""Writing a release: two folders from one freeze, whole or not at all, never over another release."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paragraph8 import __version__
from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Figure, Origin
from paragraph8.wording.sentences import quoted_keys

from .data import figures_json
from .disclosure import disclose
from .edition import Edition
from .manifest import (
    MANIFEST_JSON,
    MANIFEST_SIG,
    SIGNER_PEM,
    Entry,
    Manifest,
    ReleaseKind,
    fingerprint,
    is_path,
    public_pem,
    sign,
)
from .release import Release
from .rendering import render_documents, renderers
from .rows import Rows, salt_of


class ReleaseRefusedError(ValueError):
    """The texts, figures and rows do not make a release; `reasons` say why, one by one."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Written:
    """The root that all documents print, and the files, public folder first."""

    root: str
    paths: tuple[Path, ...]


def write_release(
    target: Path,
    edition: Edition,
    figures: Sequence[Figure],
    populations: Mapping[str, Sequence[Mapping[str, Any]]],
    secret: bytes,
    key: Ed25519PrivateKey,
    progress: Callable[[str], None] = lambda _line: None,
) -> Written:
    """Render, sign and write `target/public` and `target/sealed`; the same freeze gives the same bytes every time.

    `populations` are the rows by the name that `Figure.rows` gives; `secret` salts the commitments. Both folders appear
    under their name at once, when everything has been written.

    Raises `FileExistsError` when `target` exists, `ReleaseRefusedError` when a text quotes what may not be published or
    the rows are not those of the figures, `WordingError` and `ChartError` from the texts.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists: a release is never overwritten")
    disclosed = disclose(figures)
    rows = {name: Rows.of(name, inside) for name, inside in sorted(populations.items())}
    reasons = [*_foreign_rows(figures, rows), *_unpublishable(edition, disclosed.figures, disclosed.withheld)]
    if reasons:
        raise ReleaseRefusedError(reasons)
    progress("commitments")
    salts = {str(figure.key): salt_of(secret, str(figure.key)) for figure in figures if figure.rows}
    commitments = {
        str(figure.key): rows[figure.rows.population].commitment(figure, salts[str(figure.key)])
        for figure in figures
        if figure.rows
    }
    release = Release(
        edition=edition,
        figures={str(figure.key): figure for figure in disclosed.figures},
        withheld=disclosed.withheld,
        commitments=commitments,
        signer=fingerprint(key.public_key()),
    )
    public = {**release.data_files, **render_documents(release, progress=progress)}
    sealed = {
        **public,
        "figures-sealed.json": figures_json(figures),
        "openings.json": canonical({name: salt.hex() for name, salt in salts.items()}),
        **{f"rows/{name}.jsonl": inside.lines() for name, inside in rows.items()},
    }
    progress("signature")
    folders = {
        ReleaseKind.PUBLIC: _signed(ReleaseKind.PUBLIC, release, public, key),
        ReleaseKind.SEALED: _signed(ReleaseKind.SEALED, release, sealed, key),
    }
    paths = _write(target, folders)
    progress("written")
    return Written(release.root, paths)


def _foreign_rows(figures: Iterable[Figure], rows: Mapping[str, Rows]) -> Iterable[str]:
    """Rows that are missing, are others than the figures name, or have a name that is no file's."""
    for name in rows:
        if not is_path(f"rows/{name}.jsonl"):
            yield f"the population {name} cannot name a file"
    for figure in figures:
        if figure.rows is None:
            continue
        if figure.rows.population not in rows:
            yield f"{figure.key}: the rows of {figure.rows.population} are missing"
        elif rows[figure.rows.population].digest != figure.rows:
            yield f"{figure.key}: the rows of {figure.rows.population} are not those it was computed from"


def _unpublishable(edition: Edition, figures: Iterable[Figure], withheld: Mapping[str, str]) -> Iterable[str]:
    """What a sentence quotes and the public folder does not hold; simulated figures of a mission that is real."""
    published = {str(figure.key): figure for figure in figures}
    for document in edition.documents:
        for sentence in document.sentences():
            keys = {key for _, template in sentence.texts.strings for key in quoted_keys(template)}
            for key in sorted(keys - published.keys()):
                reason = f"is withheld ({withheld[key]})" if key in withheld else "is not among the figures"
                yield f"sentence {sentence.id} of {document.code}: {key} {reason}"
    if not edition.mission.simulated:
        for name, figure in published.items():
            if figure.origin is not Origin.REAL:
                yield f"{name} is {figure.origin.value}, and the mission is not"


def _signed(
    kind: ReleaseKind, release: Release, files: Mapping[str, bytes], key: Ed25519PrivateKey
) -> dict[str, bytes]:
    listed = {**files, SIGNER_PEM: public_pem(key.public_key())}
    manifest = Manifest(
        kind=kind,
        root=release.root,
        files={path: Entry.of(content) for path, content in listed.items()},
        software=__version__,
        renderers=renderers(),
        notice=release.notice.to_json(),
    ).to_bytes()
    return {**listed, MANIFEST_JSON: manifest, MANIFEST_SIG: sign(manifest, key)}


def _write(target: Path, folders: Mapping[ReleaseKind, Mapping[str, bytes]]) -> tuple[Path, ...]:
    """Write beside the target, then rename: a reader sees the whole release or none. Sealed files are the owner's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        paths = []
        for kind, files in folders.items():
            private = kind is ReleaseKind.SEALED
            for path, content in sorted(files.items()):
                written = beside / kind.value / path
                written.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o755)
                with written.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                written.chmod(0o600 if private else 0o644)
                paths.append(target / kind.value / path)
            (beside / kind.value).chmod(0o700 if private else 0o755)
        beside.chmod(0o755)
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _sync(target.parent)
    return tuple(paths)


def _sync(folder: Path) -> None:
    """A rename is kept once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
