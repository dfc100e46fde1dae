"""A form on paper: the same questions in the same order, boxes to tick, "not observed" as an answer of its own.

The words go to the typesetter as data and are never read as markup; the same form gives the same bytes (PDF/UA-1).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from paragraph8.documents.languages import direction
from paragraph8.documents.tree import TypesettingError
from paragraph8.domain.answers import Missing
from paragraph8.domain.conditions import condition
from paragraph8.domain.expressions import Expression
from paragraph8.domain.forms import Block, Form, Kind, Question, Use
from paragraph8.domain.text import Text

from .paper_texts import FIELDS, LABELS

_FIRST_DAY = 0
"""A paper form carries no date of its own, so that the same form gives the same bytes on any day."""
_DIGITS, _MOST_DIGITS = 5, 9
_LINES = {Use.COMMENT: 4}


def paper(
    form: Form, *, language: str, title: Text, notice: Text | None, filled: Mapping[str, str] | None = None
) -> bytes:
    """The PDF of a form in a language; where nobody translated a text, it stands as it is written.

    `title` names the mission, `notice` stands on every page of a simulated one, `filled` gives what of the head is
    known already, by the keys of `paper_texts.FIELDS`. Raises `KeyError` for another key, `TypesettingError` when the
    typesetter refuses.
    """
    given = dict(filled or {})
    for name in given:
        FIELDS[name]
    data = {
        "lang": language.partition("-")[0],
        "rtl": direction(language) == "rtl",
        "mission": title.shown(language).string,
        "notice": notice.shown(language).string if notice else "",
        "title": form.title.shown(language).string,
        "code": form.code,
        "version": LABELS["version"].shown(language).string.format(version=form.version),
        "fields": [[text.shown(language).string, given.get(name, "")] for name, text in FIELDS.items()],
        "labels": {name: text.shown(language).string for name, text in LABELS.items()},
        "blocks": [_block(form, block, language) for block in form.blocks],
        "beyond": _label("beyond", language, names=", ".join(form.beyond)) if form.beyond else "",
    }
    return _typeset(data, f"{form.code} {form.version} {language}")


def _typeset(data: Mapping[str, Any], name: str) -> bytes:
    import typst

    try:
        content, warnings = typst.compile_with_warnings(
            template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"form": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards=["ua-1"],
            timestamp=_FIRST_DAY,
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{name}: {error}") from error
    if warnings or not isinstance(content, bytes):
        raise TypesettingError(f"{name}: {warnings[0] if warnings else 'no single file came out'}")
    return content


@cache
def template() -> bytes:
    """The text of `paper.typ`."""
    return files(__package__).joinpath("paper.typ").read_bytes()


def _block(form: Form, block: Block, language: str) -> dict[str, Any]:
    return {
        "title": block.title.shown(language).string,
        "when": _when(form, block.relevant, language),
        "rows": [
            _row(form, question, language) for question in block.questions if question.kind is not Kind.CALCULATION
        ],
    }


def _row(form: Form, question: Question, language: str) -> dict[str, Any]:
    scale = form.scale(question)
    hints = [question.hint.shown(language).string] if question.hint else []
    if question.kind is Kind.CHOICES:
        hints.append(_label("several", language))
    return {
        "code": question.code,
        "title": question.title.shown(language).string,
        "hints": [hint for hint in hints if hint],
        "when": _when(form, question.relevant, language),
        "kind": question.kind.value,
        "options": [option.title.shown(language).string for option in scale.options] if scale else [],
        "others": list(_others(form, question, language)),
        "unseen": _unseen(form, question),
        "digits": min(len(str(question.high)), _MOST_DIGITS) if question.high else _DIGITS,
        "lines": _LINES.get(question.use, 1),
    }


def _others(form: Form, question: Question, language: str) -> Iterator[str]:
    """Why there may be no answer, beyond what the column "not observed" says."""
    for none in form.no_answers(question):
        if none.reason is not Missing.NOT_OBSERVED:
            yield none.title.shown(language).string


def _unseen(form: Form, question: Question) -> bool:
    """Whether the column has a box: for whatever may have been out of sight, unless the form itself says otherwise."""
    if question.kind in (Kind.TEXT, Kind.NOTE, Kind.PHOTO, Kind.FILE, Kind.GEOPOINT):
        return False
    offered = form.no_answers(question)
    return not offered or any(none.reason is Missing.NOT_OBSERVED for none in offered)


def _when(form: Form, relevant: Expression | None, language: str) -> str:
    if relevant is None:
        return ""
    words = condition(form, relevant.tree) if relevant.tree is not None else None
    if words is None:
        return _label("only-sometimes", language)
    return _label("only-if", language, condition=words.shown(language).string)


def _label(name: str, language: str, **values: str) -> str:
    words = LABELS[name].shown(language).string
    for key, value in values.items():
        words = words.replace(f"{{{key}}}", value)
    return words
