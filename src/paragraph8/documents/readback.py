"""Reading released documents back: does each sentence still say what the edition and the figures say?"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from paragraph8 import __version__
from paragraph8.wording.sentences import WordingError, render

from .build import ChartError
from .edition import Document
from .manifest import Manifest
from .release import Release
from .rendering import FORMATS, INDEX, document_path, render_document, render_index, renderers
from .tree import TypesettingError
from .verdict import Line, failed, note, recomputed

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
LARGEST_ARCHIVE = 50_000_000
"""Bytes that a Word file of a stranger may unfold to before it is not looked into."""
_SHAPED_BY = {"html": ("babel",), "docx": ("babel", "lxml", "python-docx"), "pdf": ("babel", "typst")}
"""The libraries whose version decides the bytes of a format."""


@dataclass
class _Page(HTMLParser):
    """Collects the text of every element with `data-sentence`, and the root that the page prints."""

    sentences: list[tuple[str, str]] = field(default_factory=list)
    root: str = ""
    _open: list[str] = field(default_factory=list)
    _since: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.root = values.get("data-root") or self.root
        if tag in _VOID:
            return
        if self._since:
            self._open.append(tag)
        elif values.get("data-sentence"):
            self.sentences.append((str(values["data-sentence"]), ""))
            self._open, self._since = [tag], 1

    def handle_endtag(self, tag: str) -> None:
        if self._since and tag in self._open:
            while self._open.pop() != tag:
                pass
            self._since = int(bool(self._open))

    def handle_data(self, data: str) -> None:
        if self._since:
            name, text = self.sentences[-1]
            self.sentences[-1] = (name, text + data)


def check_sentences(release: Release, files: Mapping[str, bytes]) -> Iterator[Line]:
    """Render every sentence in every language and compare it with the text in the HTML files."""
    for document in release.edition.documents:
        for language in release.edition.languages:
            path = document_path(document.code, language, "html")
            if path in files:
                yield from _page_lines(release, document, language, path, files[path])


def _page_lines(release: Release, document: Document, language: str, path: str, content: bytes) -> Iterator[Line]:
    page = _Page()
    try:
        page.feed(content.decode())
    except (UnicodeDecodeError, AssertionError) as error:
        yield failed(path, f"cannot be read as HTML: {error}")
        return
    if page.root != release.root:
        yield failed(path, "prints the fingerprint of another release")
    expected: dict[str, str] = {}
    for sentence in document.sentences():
        subject = f"sentence {sentence.id} ({document.code}, {language})"
        shown = sentence.texts.shown(language)
        try:
            expected[sentence.id] = render(shown.string, release.figures, shown.language).text
        except WordingError as error:
            yield failed(subject, f"its figures do not carry it: {error}")
    seen = set()
    right = True
    for name, text in page.sentences:
        subject = f"sentence {name} ({document.code}, {language})"
        seen.add(name)
        if name not in expected:
            right = False
            yield failed(subject, "stands in the document but not in the edition, or its figures do not carry it")
        elif text != expected[name]:
            right = False
            yield failed(subject, f"edition and figures say otherwise: {changed_words(expected[name], text)}")
    for name in expected:
        if name not in seen:
            right = False
            yield failed(f"sentence {name} ({document.code}, {language})", f"is missing from {path}")
    if right:
        yield recomputed(path, f"{len(page.sentences)} sentences read as edition and figures say")


def changed_words(expected: str, found: str) -> str:
    """Which words differ: “expected “70 of 121”, found “69 of 121””."""
    before, after = re.findall(r"\s+|\S+", expected), re.findall(r"\s+|\S+", found)
    changes = []
    for operation, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation != "equal":
            changes.append(f"expected “{''.join(before[a:b])}”, found “{''.join(after[c:d])}”")
    return "; ".join(changes)


def check_bytes(release: Release, manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Line]:
    """Render every document again and compare it byte by byte, as far as this software is the one that rendered it."""
    forms = [form for form in FORMATS if not _other_version(manifest, form)]
    for form in FORMATS:
        reason = _other_version(manifest, form)
        if reason:
            yield note(f"*.{form}", f"not rendered again: {reason}")
    try:
        for document in release.edition.documents:
            for language in release.edition.languages:
                rendered = render_document(release, document.code, language, forms)
                yield from _compared(rendered, files)
        if "html" in forms:
            yield from _compared({INDEX: render_index(release)}, files)
    except (WordingError, ChartError, TypesettingError) as error:
        yield failed("documents", f"cannot be rendered again: {error}")


def _other_version(manifest: Manifest, form: str) -> str:
    """Why bytes of this format may differ without anybody's fault; empty when they may not."""
    if manifest.software != __version__:
        return f"the release was made by version {manifest.software}, this is {__version__}"
    here = renderers()
    for name in _SHAPED_BY[form]:
        if manifest.renderers.get(name) != here[name]:
            return f"the release was made with {name} {manifest.renderers.get(name)}, here is {here[name]}"
    return ""


def _compared(rendered: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterable[Line]:
    for path, content in rendered.items():
        found = files.get(path)
        if found is None:
            yield failed(path, "is missing")
        elif found == content:
            yield recomputed(path, "rendered again: the same bytes")
        else:
            yield failed(path, f"is not what edition and figures render: {_difference(path, content, found)}")


def _difference(path: str, expected: bytes, found: bytes) -> str:
    if path.endswith(".html"):
        before, after = (content.decode(errors="replace").splitlines() for content in (expected, found))
        for number, (a, b) in enumerate(zip(before, after, strict=False), start=1):
            if a != b:
                return f"line {number} differs ({_clipped(changed_words(a, b))})"
        return f"it has {len(after)} lines instead of {len(before)}"
    if path.endswith(".docx"):
        return f"{', '.join(_different_parts(expected, found))} differs"
    return "its bytes differ"


def _clipped(string: str) -> str:
    return string if len(string) <= 200 else string[:199] + "…"


def _different_parts(expected: bytes, found: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(expected)) as a, zipfile.ZipFile(io.BytesIO(found)) as b:
            if sum(part.file_size for part in b.infolist()) > LARGEST_ARCHIVE:
                return ["the archive (far larger than any document)"]
            before = {name: a.read(name) for name in a.namelist()}
            after = {name: b.read(name) for name in b.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        return [f"the archive ({error})"]
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return names or ["the archive's own bytes"]
