"""`p8 verify`: a stranger checks a release folder, with nothing but the folder and this software.

Four questions in turn. Who signed it? Are the files those that were signed? Do the documents say what the edition and
the figures say? Do the figures follow from their rows (sealed folder), or agree with each other (public folder)?
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from .arithmetic import check_arithmetic
from .found import ROWS, Found, UnreadableError, files_of, read, read_json
from .manifest import (
    MANIFEST_JSON,
    MANIFEST_SIG,
    ROOT_FILES,
    SIGNER_PEM,
    Entry,
    Manifest,
    ManifestError,
    ReleaseKind,
    SignatureError,
    check_signature,
    fingerprint,
    grouped,
    manifest_from_json,
    read_public_pem,
    root_of,
    ungrouped,
)
from .readback import check_bytes, check_sentences
from .recomputation import check_recomputation
from .rendering import INDEX, document_paths
from .verdict import Line, State, Verdict, failed, note, recomputed

__all__ = ["Line", "State", "Verdict", "verify"]

_SEALED_FILES = ("figures-sealed.json", "openings.json")
_SHARED_FILES = (*ROOT_FILES, "withheld.json", "figures.csv", INDEX, SIGNER_PEM)


def verify(folder: Path, *, signer: str | None = None) -> Verdict:
    """Check a public or a sealed folder, or the folder that holds both.

    `signer` is the fingerprint that the signing key must have, as printed on paper; without it the verdict names the
    fingerprint to compare. Nothing is raised: whatever is wrong with the folder is a line of the verdict.
    """
    both = [folder / kind for kind in ReleaseKind if (folder / kind / MANIFEST_JSON).is_file()]
    if (folder / MANIFEST_JSON).is_file() or not both:
        return Verdict.of(_folder(folder, signer))
    lines: list[Line] = []
    for part in both:
        lines += [Line(f"{part.name}/{line.subject}", line.state, line.reason) for line in _folder(part, signer)]
    return Verdict.of([*lines, *_same_documents(*both)] if len(both) == 2 else lines)


def _folder(folder: Path, signer: str | None) -> Iterator[Line]:
    if not folder.is_dir():
        yield failed(str(folder), "is no folder")
        return
    files, strange = files_of(folder)
    yield from strange
    manifest, lines = _manifest(files)
    yield from lines
    if manifest is None:
        return
    key, lines = _signature(files, signer)
    yield from lines
    yield from _files(manifest, files)
    found = read(files, key)
    yield from _concerned(manifest, found)
    yield from found.unreadable
    yield from _root(manifest, files)
    release = found.release()
    if release is None:
        yield failed("edition.json", "without its texts no document can be checked")
    else:
        yield from _expected(manifest, document_paths(release))
        yield from _data_files(release.data_files, found)
        yield from check_sentences(release, files)
        yield from check_bytes(release, manifest, files)
    if manifest.kind is ReleaseKind.SEALED:
        yield from check_recomputation(found)
    else:
        yield from check_arithmetic(found)


def _manifest(files: Mapping[str, bytes]) -> tuple[Manifest | None, list[Line]]:
    if MANIFEST_JSON not in files:
        return None, [failed(MANIFEST_JSON, "is missing: this is no release folder")]
    try:
        return manifest_from_json(read_json(files[MANIFEST_JSON])), []
    except (ManifestError, UnreadableError) as error:
        return None, [failed(MANIFEST_JSON, str(error))]


def _signature(files: Mapping[str, bytes], signer: str | None) -> tuple[str, list[Line]]:
    """The fingerprint of the key in the folder, and whether it signed the manifest and is the one expected."""
    try:
        key = read_public_pem(files.get(SIGNER_PEM, b""))
    except SignatureError as error:
        return "", [failed(SIGNER_PEM, str(error))]
    name = fingerprint(key)
    try:
        check_signature(files[MANIFEST_JSON], files.get(MANIFEST_SIG, b""), key)
    except SignatureError as error:
        return name, [failed(MANIFEST_SIG, f"does not fit manifest.json: {error}; one of the two was changed")]
    if signer is None:
        reason = "signed by this key; compare its fingerprint with the one printed in the PDF you were given: "
        return name, [note(MANIFEST_SIG, reason + grouped(name))]
    if ungrouped(signer) != name:
        return name, [failed(SIGNER_PEM, f"the release is signed by another key: {grouped(name)}")]
    return name, [recomputed(MANIFEST_SIG, "signed by the key that you named")]


def _files(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Line]:
    listed = manifest.files
    right = 0
    for path in sorted(listed.keys() | files.keys() - {MANIFEST_JSON, MANIFEST_SIG}):
        if path not in files:
            yield failed(path, "is missing")
        elif path not in listed:
            yield failed(path, "is not a file of the release")
        elif Entry.of(files[path]) != listed[path]:
            yield failed(path, "has been altered: its SHA-256 is not the one in the manifest")
        else:
            right += 1
    if right == len(listed):
        yield recomputed(MANIFEST_JSON, f"{right} files have the SHA-256 that was signed")


def _concerned(manifest: Manifest, found: Found) -> Iterator[Line]:
    """Of every altered data file: the sentences that quote the figures concerned."""
    for path, entry in sorted(manifest.files.items()):
        content = found.files.get(path)
        if content is None or Entry.of(content) == entry:
            continue
        figures = found.sealed or found.figures
        if path.startswith(ROWS):
            population = path.removeprefix(ROWS).removesuffix(".jsonl")
            keys = [key for key, figure in figures.items() if figure.rows and figure.rows.population == population]
        elif path in ("figures.json", "figures-sealed.json", "figures.csv"):
            keys = _changed_figures(found) or list(figures)
        else:
            continue
        yield failed(path, f"figures that may be wrong are {found.quoting(keys)}")


def _changed_figures(found: Found) -> list[str]:
    """Figures of which the data files of the folder say different things."""
    release = found.release()
    changed = {key for key, figure in found.figures.items() if found.sealed.get(key, figure) != figure}
    if release is not None and "figures.csv" in found.files:
        changed |= _other_lines(release.data_files["figures.csv"], found.files["figures.csv"])
    return sorted(changed)


def _other_lines(expected: bytes, content: bytes) -> set[str]:
    def keyed(table: bytes) -> dict[str, list[str]]:
        rows = list(csv.reader(io.StringIO(table.decode(errors="replace"), newline="")))
        return {row[0]: row for row in rows[1:] if row}

    try:
        ours, theirs = keyed(expected), keyed(content)
    except csv.Error:
        return set()
    return {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}


def _root(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Line]:
    if not all(name in files for name in ROOT_FILES):
        return
    root = root_of(files)
    if root == manifest.root:
        yield recomputed("root", f"{grouped(root)}; compare it with the one printed in the PDF you were given")
    else:
        told = f"edition, figures and commitments give {grouped(root)}, the manifest says {grouped(manifest.root)}"
        yield failed("root", told)


def _expected(manifest: Manifest, documents: tuple[str, ...]) -> Iterator[Line]:
    """What a release of this edition must hold, whatever its manifest lists."""
    sealed = _SEALED_FILES if manifest.kind is ReleaseKind.SEALED else ()
    for path in chain(documents, _SHARED_FILES, sealed):
        if path not in manifest.files:
            yield failed(path, "belongs to the release and is not listed in the manifest")
    if manifest.kind is ReleaseKind.PUBLIC:
        for path in manifest.files:
            if path.startswith(ROWS) or path in _SEALED_FILES:
                yield failed(path, "must not be in a public folder")


def _data_files(expected: Mapping[str, bytes], found: Found) -> Iterator[Line]:
    for path, content in sorted(expected.items()):
        if path not in found.files or found.files[path] == content:
            continue
        changed = sorted(_other_lines(content, found.files[path])) if path == "figures.csv" else []
        concerned = f": {', '.join(changed)}; {found.quoting(changed)}" if changed else ""
        yield failed(path, f"does not agree with the other data files{concerned}")


def _same_documents(public: Path, sealed: Path) -> Iterator[Line]:
    """Both folders of a freeze hold the same documents and data."""
    files, _ = files_of(public)
    others, _ = files_of(sealed)
    own = {MANIFEST_JSON, MANIFEST_SIG}
    different = [path for path in sorted(files) if path not in own and others.get(path) != files[path]]
    if different:
        yield failed("public and sealed", f"differ in {', '.join(different)}")
    else:
        yield recomputed("public and sealed", "hold the same documents and data, and print the same root")
