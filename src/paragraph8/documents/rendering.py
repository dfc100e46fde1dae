"""Every document of a release, in every language and format, as bytes by file name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version
from xml.etree.ElementTree import Element

from .build import build
from .html import head, to_html
from .labels import KINDS, LABELS
from .languages import direction, own_name
from .manifest import grouped
from .markup import element, page
from .release import Release
from .tree import Words

FORMATS = ("html", "pdf", "docx")
INDEX = "index.html"


def renderers() -> dict[str, str]:
    """The versions of the libraries that shape the bytes of documents."""
    return {name: version(name) for name in ("babel", "lxml", "python-docx", "typst")}


def document_path(code: str, language: str, form: str) -> str:
    """The file name of a document: `statement.kk.pdf`."""
    return f"{code}.{language}.{form}"


def document_paths(release: Release) -> tuple[str, ...]:
    """The names of all documents of a release, in the order of the edition."""
    edition = release.edition
    return tuple(
        document_path(document.code, language, form)
        for document in edition.documents
        for language in edition.languages
        for form in FORMATS
    )


def render_documents(
    release: Release, *, progress: Callable[[str], None] = lambda _line: None, forms: Iterable[str] = FORMATS
) -> dict[str, bytes]:
    """The documents and the index page. What is rendered does not depend on the order or on the machine.

    Raises what `build` and `to_pdf` raise.
    """
    wanted = tuple(forms)
    rendered: dict[str, bytes] = {}
    for document in release.edition.documents:
        for language in release.edition.languages:
            rendered |= render_document(release, document.code, language, wanted)
            progress(f"{document.code} {language}: {', '.join(wanted)}")
    if "html" in wanted:
        rendered[INDEX] = render_index(release)
    return rendered


def render_document(release: Release, code: str, language: str, forms: Iterable[str] = FORMATS) -> dict[str, bytes]:
    """One document in one language, by file name."""
    tree = build(release, code, language)
    at = release.edition.released.at
    rendered: dict[str, bytes] = {}
    for form in forms:
        if form == "html":
            content = to_html(tree)
        elif form == "docx":
            from .docx import to_docx

            content = to_docx(tree, at=at)
        else:
            from .pdf import to_pdf

            content = to_pdf(tree, at=at)
        rendered[document_path(code, language, form)] = content
    return rendered


def render_index(release: Release) -> bytes:
    """`index.html`: the documents by language, the data, the two fingerprints."""
    mission = release.edition.mission
    languages = release.edition.languages
    title = mission.title.shown(languages[0])
    notices = [_words("p", release.notice.shown(language)) for language in languages if release.notice.languages()]
    data = [element("a", {"href": name}, name) for name in (*sorted(release.data_files), "manifest.json")]
    labels = {code: LABELS[code].shown(languages[0]) for code in ("data", "root", "signer", "how-to-verify")}
    main = element(
        "main",
        {"class": "sheet"},
        _words("h1", title),
        *(_documents(release, language) for language in languages),
        element("section", None, _words("h2", labels["data"]), element("p", {"class": "links"}, *data)),
        element(
            "section",
            {"id": "verify"},
            _words("h2", labels["root"]),
            element("p", {"class": "mono hash", "dir": "ltr"}, grouped(release.root)),
            _words("p", labels["signer"], "label"),
            element("p", {"class": "mono hash", "dir": "ltr"}, grouped(release.signer)),
            _words("p", labels["how-to-verify"]),
        ),
    )
    notice = element("aside", {"class": "notice", "aria-label": str(LABELS["origin-of-page"])}, *notices)
    return page(
        element(
            "html",
            {"lang": languages[0], "dir": direction(languages[0])},
            head(title.string, robots=not mission.simulated),
            element("body", None, notice if notices else None, main),
        )
    )


def _documents(release: Release, language: str) -> Element:
    lines = []
    for document in release.edition.documents:
        title = document.title.shown(language)
        links = [element("a", {"href": document_path(document.code, language, form)}, form.upper()) for form in FORMATS]
        kind = _words("span", KINDS[document.kind].shown(language), "quiet")
        downloads = element("p", {"class": "links"}, *links)
        lines.append(element("li", None, _words("b", title), " ", kind, downloads))
    return element(
        "section",
        {"lang": language, "dir": direction(language)},
        element("h2", None, own_name(language)),
        element("ul", {"class": "list"}, *lines),
    )


def _words(tag: str, words: Words, css: str = "") -> Element:
    attributes = {"lang": words.language, "dir": direction(words.language)}
    return element(tag, {**({"class": css} if css else {}), **attributes}, words.string)
