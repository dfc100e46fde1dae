"""The codebook: every question, every answer and every reason why there is none, in the languages of the forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from paragraph8.documents.labels import REASONS
from paragraph8.domain.answers import Missing
from paragraph8.domain.forms import FREE, Form, Question
from paragraph8.domain.text import Text

from .tables import Cell, Column, Holds, Table

MISSING = ".missing"
"""Ends the name of the column that says why a question has no answer."""
Line = tuple[tuple[Cell, ...], Text]
"""The cells of an entry, and its label."""
JOINED = "|"
"""Between the codes of a question with several answers."""


def questions_of(versions: Iterable[Form]) -> dict[str, tuple[Form, Question]]:
    """The questions whose answers may leave the server, by code, each as its newest version has it: those of the newest
    version in its order, then those that only earlier ones had. Free text, pictures, places and calculations stay."""
    found: dict[str, tuple[Form, Question]] = {}
    for form in reversed(list(versions)):
        for question in form.questions():
            if question.kind not in FREE:
                found.setdefault(question.code, (form, question))
    return found


def codebook(
    forms: Mapping[str, Sequence[Form]], languages: Sequence[str], *, origin: str, areas: Mapping[str, Text]
) -> Table:
    """The codebook of all versions of all forms, and of the areas. A language in which nothing is written leaves its
    cell empty: no other language stands in for it."""
    columns = [
        Column("form"),
        Column("question"),
        Column("entry"),
        Column("code"),
        Column("kind"),
        Column("use"),
        Column("negative", Holds.WHOLE),
        Column("column"),
        *(Column(f"label_{tag}") for tag in languages),
        Column("origin"),
    ]
    rows = [
        (*row, *(_said(label, tag) for tag in languages), origin)
        for row, label in (*_of_forms(forms), *_of_reasons(), *_of_areas(areas))
    ]
    return Table.of("codebook", columns, rows)


def _of_forms(forms: Mapping[str, Sequence[Form]]) -> Iterator[Line]:
    for code, versions in sorted(forms.items()):
        newest = versions[-1]
        yield (code, None, "form", code, newest.process, None, None, None), newest.title
        for form, question in questions_of(versions).values():
            kind, use, column = question.kind.value, question.use.value, question.column or None
            yield (code, question.code, "question", question.code, kind, use, None, column), question.title
            yield from _of_answers(code, form, question)


def _of_answers(code: str, form: Form, question: Question) -> Iterator[Line]:
    scale = form.scale(question)
    if scale is None:
        return
    negative = form.negative(question)
    for option in scale.options:
        bad = int(option.code in negative)
        yield (code, question.code, "answer", option.code, None, None, bad, None), option.title
    for none in scale.missing:
        yield (code, question.code, "no-answer", none.reason.value, None, None, None, none.code), none.title


def _of_reasons() -> Iterator[Line]:
    for reason in Missing:
        yield (None, None, "missing", reason.value, None, None, None, None), REASONS[reason]


def _of_areas(areas: Mapping[str, Text]) -> Iterator[Line]:
    for code, name in sorted(areas.items()):
        yield (None, None, "area", code, None, None, None, None), name


def _said(label: Text, tag: str) -> str | None:
    return dict(label.strings).get(tag) or None
