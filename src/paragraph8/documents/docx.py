"""The document tree → a Word file for colleagues who live in Word: real headings, header rows, languages told apart.

Repeatable to the byte: the archive is written again in a fixed order, uncompressed (compressors differ between
machines), with the time of the release.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx as word_files
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .labels import LABELS
from .languages import direction
from .tree import Bar, Card, Chart, Document, Fact, Section, Sentence, Table, Words, gathered

SERIF, SANS, MONO = "Cambria", "Arial", "Consolas"
"""What people said, what the system says, what machines compare. All three have the Kazakh letters."""
INK, QUIET, VIOLET = RGBColor(0x15, 0x19, 0x1D), RGBColor(0x55, 0x55, 0x55), RGBColor(0x5A, 0x3A, 0x86)
STYLES = (("Normal", SERIF, 11), ("Title", SANS, 20), ("Heading 1", SANS, 15), ("Heading 2", SANS, 11.5))
SMALL_STYLES = (("Mission", 9.5), ("Evidence", 8.5))
TABLE_STYLES = ("TableNormal", "TableGrid")
UNUSED_PARTS = ("thumbnail", "stylesWithEffects", "customXml")
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
"""The order of elements in a paragraph's properties is part of the format."""
AFTER_BIDI_VISUAL = ("w:tblStyleRowBandSize", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")


def to_docx(document: Document, *, at: datetime) -> bytes:
    """The Word file of a document, dated `at`. The same tree gives the same bytes."""
    return _repacked(_Writer(document).word(at), at)


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out: Word = word_files.Document()

    def word(self, at: datetime) -> Word:
        document = self.document
        self._prepare(at)
        self._line("Mission", *_joined(document.institutions, " · "))
        self._line("Mission", document.kind_name, " · ", document.mission)
        self._words(self.out.add_paragraph(style="Title"), document.title)
        self._stamp()
        if document.lead:
            self._said([document.lead])
        for section in document.sections:
            self._section(section)
        if document.withheld:
            self._heading(self._label("withheld"), 1)
            for words in document.withheld:
                self._words(self.out.add_paragraph(style="List Bullet"), words)
        self._annex(document.cards)
        self._verification()
        return self.out

    # Setting up.

    def _prepare(self, at: datetime) -> None:
        document = self.document
        properties = self.out.core_properties
        properties.title = document.title.string
        properties.author = " · ".join(words.string for words in document.institutions)
        properties.last_modified_by = ""
        properties.comments = document.notice.string if document.notice else ""
        properties.language = document.language
        properties.revision = 1
        properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
        _strip(self.out)
        for name, face, size in STYLES:
            own: Any = self.out.styles[name]
            _set_face(own, face, size)
            own.font.color.rgb = INK
        for name, size in SMALL_STYLES:
            style: Any = self.out.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self.out.styles["Normal"]
            _set_face(style, SANS, size)
            style.font.color.rgb = QUIET
        _set_language(self.out.styles.element, document.language)
        page = self.out.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(24)
        if document.notice:
            header = page.header.paragraphs[0]
            self._direct(header)
            self._words(header, document.notice, colour=VIOLET, bold=True)

    # Words.

    def _label(self, code: str) -> Words:
        return LABELS[code].shown(self.document.language)

    def _words(
        self, paragraph: Paragraph, words: Words, *, bold: bool = False, colour: RGBColor | None = None, face: str = ""
    ) -> Run:
        run = paragraph.add_run(words.string)
        run.bold = bold or None
        if colour is not None:
            run.font.color.rgb = colour
        if face:
            _set_face(run, face, None)
        self._direct(paragraph)
        if words.language != self.document.language or direction(words.language) == "rtl":
            _set_run_language(run, words.language)
        return run

    def _plain(self, paragraph: Paragraph, string: str) -> None:
        self._words(paragraph, Words(string, self.document.language))

    def _line(self, style: str, *parts: Words | str) -> Paragraph:
        paragraph = self.out.add_paragraph(style=style)
        for part in parts:
            if isinstance(part, str):
                self._plain(paragraph, part)
            else:
                self._words(paragraph, part)
        return paragraph

    def _direct(self, paragraph: Paragraph) -> None:
        """Right-to-left paragraphs say so once."""
        if direction(self.document.language) == "rtl":
            properties = paragraph._p.get_or_add_pPr()
            if properties.find(qn("w:bidi")) is None:
                properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)

    def _heading(self, words: Words, level: int) -> None:
        self._words(self.out.add_heading(level=level), words)

    # The parts, from top to bottom.

    def _stamp(self) -> None:
        document = self.document
        stamp = (document.dateline, document.published, document.heard_until)
        parts = [words for words in stamp if words.string]
        paragraph = self._line("Mission", *_joined(parts, ". "), ".")
        if document.origin:
            self._plain(paragraph, " ")
            self._words(paragraph, document.origin, colour=VIOLET, bold=True)

    def _section(self, section: Section) -> None:
        self._heading(section.title, 1)
        for sentences in section.paragraphs:
            self._said(sentences)
        for chart in section.charts:
            self._chart(chart)

    def _said(self, sentences: Sequence[Sentence]) -> None:
        paragraph = self.out.add_paragraph()
        for i, sentence in enumerate(sentences):
            if i:
                self._plain(paragraph, " ")
            for piece in sentence.pieces:
                self._words(paragraph, Words(piece.string, sentence.language), bold=bool(piece.card))
                if piece.marked:
                    mark = self._words(paragraph, Words(f"[{piece.card}]", self.document.language), colour=QUIET)
                    mark.font.superscript = True
            if sentence.fallback:
                self._plain(paragraph, " ")
                self._words(paragraph, sentence.fallback, colour=QUIET).italic = True
        for fact in gathered(sentences):
            self._line("Evidence", fact.label, ": ", fact.value)

    def _chart(self, chart: Chart) -> None:
        self._heading(chart.title, 2)
        for bar in chart.bars:
            self._bar(bar)
        self._table(chart.table)
        numbers = " ".join(f"[{number}]" for number in chart.cards)
        line = self._line("Evidence", self._label("evidence-of-chart"), f": {numbers}")
        if chart.origin:
            self._plain(line, " ")
            self._words(line, chart.origin, colour=VIOLET, bold=True)

    def _bar(self, bar: Bar) -> None:
        """A bar is told, not drawn: the table below holds its numbers."""
        line = self._line("Evidence", bar.title)
        for words in (bar.total, bar.note):
            if words:
                self._plain(line, " · ")
                self._words(line, words)

    def _table(self, table: Table) -> None:
        rows: Any = self.out.add_table(rows=0, cols=len(table.header), style="Table Grid")
        if direction(self.document.language) == "rtl":
            rows._tbl.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), *AFTER_BIDI_VISUAL)
        header = rows.add_row()
        header._tr.get_or_add_trPr().append(_on("w:tblHeader"))
        for cell, words in zip(header.cells, table.header, strict=True):
            self._cell(cell, words, bold=True)
        for line in table.rows:
            for cell, content in zip(rows.add_row().cells, line, strict=True):
                self._cell(cell, content.words)

    def _cell(self, cell: WordCell, words: Words, *, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = self._words(paragraph, words, bold=bold, face=SANS)
        run.font.size = Pt(9)

    def _annex(self, cards: Sequence[Card]) -> None:
        """The evidence as one table: number, headline and facts of each card."""
        if not cards:
            return
        self._heading(self._label("evidence"), 1)
        rows: Any = self.out.add_table(rows=0, cols=2, style="Table Grid")
        rows.autofit = False
        header = rows.add_row()
        header._tr.get_or_add_trPr().append(_on("w:tblHeader"))
        for cell, code in zip(header.cells, ("number", "evidence-of-sentence"), strict=True):
            self._cell(cell, self._label(code), bold=True)
        for card in cards:
            number, rest = rows.add_row().cells
            self._cell(number, Words(f"[{card.number}]", self.document.language))
            self._cell(rest, card.headline, bold=True)
            self._facts(rest.add_paragraph(style="Evidence"), card.facts)
        for row in rows.rows:
            row.cells[0].width, row.cells[1].width = Mm(18), Mm(144)

    def _facts(self, paragraph: Paragraph, facts: Sequence[Fact]) -> None:
        """One line each, in one paragraph: many short paragraphs make a large file and a slow one."""
        for i, fact in enumerate(facts):
            label = self._words(paragraph, fact.label, bold=True)
            if i:
                label._r.insert_element_before(OxmlElement("w:br"), "w:t")
            self._plain(paragraph, ": ")
            self._words(paragraph, fact.value, face=MONO if fact.code else "")

    def _verification(self) -> None:
        document = self.document
        self._heading(self._label("check-yourself"), 1)
        self._line("Normal", self._label("root-explained"))
        for label, value in (("root", document.verification.root), ("signer", document.verification.signer)):
            self._words(self.out.add_paragraph(), self._label(label), bold=True)
            self._words(self.out.add_paragraph(), Words(value, "en"), face=MONO)
        self._line("Normal", self._label("how-to-verify"))
        if document.contacts:
            self._line("Mission", self._label("contact"), ": ", *_joined(document.contacts, " · "))


def _strip(word: Word) -> None:
    """Take out of the library's template what no document of ours uses: table styles, effects, a picture."""
    for style in list(word.styles.element):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in TABLE_STYLES:
            word.styles.element.remove(style)
    for relations in (word.part.package.rels, word.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in UNUSED_PARTS:
                del relations[name]


def _joined(parts: Sequence[Words], separator: str) -> list[Words | str]:
    joined: list[Words | str] = []
    for part in parts:
        joined += [separator, part] if joined else [part]
    return joined


def _on(tag: str) -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:val"), "true")
    return made


def _set_face(styled: Any, face: str, size: float | None) -> None:
    """One face for every script, so that Kazakh letters do not fall out of it."""
    styled.font.name = face
    if size is not None:
        styled.font.size = Pt(size)
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), face)


def _set_language(styles: Any, language: str) -> None:
    """The language of the whole document, in the document defaults."""
    lang = styles.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    for attribute in ("val", "eastAsia", "bidi"):
        lang.set(qn(f"w:{attribute}"), language)


def _set_run_language(run: Run, language: str) -> None:
    properties = run._r.get_or_add_rPr()
    rtl = direction(language) == "rtl"
    if rtl:
        properties.append(OxmlElement("w:rtl"))
    lang = OxmlElement("w:lang")
    lang.set(qn("w:bidi" if rtl else "w:val"), language)
    properties.append(lang)


def _repacked(word: Word, at: datetime) -> bytes:
    written, out = io.BytesIO(), io.BytesIO()
    word.save(written)
    stamp = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, stamp)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()
