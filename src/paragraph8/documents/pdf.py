"""The document tree → a tagged PDF (PDF/UA-1) with its evidence as an annex.

The typesetter gets the words as data and its own embedded fonts only, so the same tree gives the same bytes on every
machine, and no text can be read as markup. It refuses what cannot be read aloud: a letter without a glyph, a picture
without an alternative, a heading out of order. Kazakh is never justified: no hyphenation exists for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from .labels import LABELS
from .languages import direction
from .tree import Bar, Card, Chart, Document, Fact, Piece, Sentence, TypesettingError, Words, gathered

NO_BREAK_HYPHEN, ZERO_WIDTH_SPACE = "\u2011", "\u200b"
_LONG_WORD, _PART_OF_WORD = re.compile(r"\S{40,}"), re.compile(r".{1,20}")
PLACES = 5
"""Colours of a share bar; further answers share the last."""
_LABELS = ("withheld", "evidence", "check-yourself", "root-explained", "root", "signer", "how-to-verify", "contact")


def to_pdf(document: Document, *, at: datetime) -> bytes:
    """The PDF of a document, dated `at`. The same tree gives the same bytes.

    Raises `TypesettingError`, also on what the typesetter calls a warning.
    """
    import typst

    try:
        content, warnings = typst.compile_with_warnings(
            template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(_document(document), ensure_ascii=False, sort_keys=True)},
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{document.code}.{document.language}.pdf: {error}") from error
    if warnings:
        raise TypesettingError(f"{document.code}.{document.language}.pdf: {warnings[0]}")
    if not isinstance(content, bytes):
        raise TypesettingError(f"{document.code}.{document.language}.pdf: no single file came out")
    return content


@cache
def template() -> bytes:
    """The text of `release.typ`."""
    return files(__package__).joinpath("text", "release.typ").read_bytes()


def _document(document: Document) -> dict[str, Any]:
    language = document.language
    stamp = (document.dateline, document.published, document.heard_until)
    return {
        "lang": _primary(language),
        "rtl": direction(language) == "rtl",
        "notice": _maybe(document.notice),
        "institutions": [_words(words) for words in document.institutions],
        "kind": _words(document.kind_name),
        "mission": _words(document.mission),
        "title": _words(document.title),
        "stamp": [_words(words) for words in stamp if words.string],
        "origin": _maybe(document.origin),
        "lead": _paragraph([document.lead]) if document.lead else None,
        "sections": [
            {
                "title": _words(section.title),
                "paragraphs": [_paragraph(sentences) for sentences in section.paragraphs],
                "charts": [_chart(chart, language) for chart in section.charts],
            }
            for section in document.sections
        ],
        "withheld": [_words(words) for words in document.withheld],
        "cards": [_card(card) for card in document.cards],
        "root": document.verification.root,
        "root-start": document.verification.root[:19],
        "signer": document.verification.signer,
        "contacts": [_words(words) for words in document.contacts],
        "labels": {name: _words(LABELS[name].shown(language)) for name in _LABELS},
    }


def _primary(language: str) -> str:
    """The part of a language tag that the typesetter understands."""
    return language.partition("-")[0]


def _words(words: Words) -> dict[str, Any]:
    return {
        "string": _breakable(words.string),
        "lang": _primary(words.language),
        "rtl": direction(words.language) == "rtl",
    }


def _breakable(string: str) -> str:
    """Nothing may run out of the page: a word longer than a column may break where no hyphenation knows how."""
    return _LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(_PART_OF_WORD.findall(word[0])), string)


def _maybe(words: Words | None) -> dict[str, Any] | None:
    return _words(words) if words else None


def _paragraph(sentences: Sequence[Sentence]) -> dict[str, Any]:
    return {
        "sentences": [_sentence(sentence) for sentence in sentences],
        "facts": [_fact(fact) for fact in gathered(sentences)],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "pieces": [_piece(piece) for piece in sentence.pieces],
        "words": _words(Words("", sentence.language)),
        "fallback": _maybe(sentence.fallback),
    }


def _piece(piece: Piece) -> dict[str, Any]:
    """A quoted number keeps its ending on the line: 369-ында never breaks at its hyphen."""
    string = piece.string.replace("-", NO_BREAK_HYPHEN) if piece.card else _breakable(piece.string)
    return {"string": string, "card": piece.card, "marked": piece.marked}


def _fact(fact: Fact) -> dict[str, Any]:
    return {"label": _words(fact.label), "value": _words(fact.value), "code": fact.code}


def _card(card: Card) -> dict[str, Any]:
    return {
        "number": card.number,
        "headline": _words(card.headline),
        "facts": [_fact(fact) for fact in card.facts],
    }


def _chart(chart: Chart, language: str) -> dict[str, Any]:
    return {
        "title": _words(chart.title),
        "legend": [{"place": min(place, PLACES), "words": _words(words)} for place, words in chart.legend],
        "left_out": _words(chart.left_out),
        "bars": [_bar(bar) for bar in chart.bars],
        "table": {
            "header": [_words(words) for words in chart.table.header],
            "rows": [[{"words": _words(cell.words), "card": cell.card} for cell in row] for row in chart.table.rows],
        },
        "cards": list(chart.cards),
        "origin": _maybe(chart.origin),
        "explained": _words(LABELS["bars-explained"].shown(language)),
        "evidence": _words(LABELS["evidence-of-chart"].shown(language)),
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return {
        "title": _words(bar.title),
        "total": _maybe(bar.total),
        "note": _maybe(bar.note),
        "segments": [
            {"place": min(segment.place, PLACES), "n": segment.n, "label": segment.label} for segment in bar.segments
        ],
        "left_out": bar.left_out,
    }
