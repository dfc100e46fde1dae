"""What a form would do to a mission: gaps in translation, questions that serve nothing, conditions that never hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from paragraph8.domain.checks.form import problems_of_form
from paragraph8.domain.expressions import Tree, both, reads
from paragraph8.domain.forms import Form
from paragraph8.domain.questions import Kind, Question, Use
from paragraph8.domain.reachability import can_hold
from paragraph8.domain.text import Text

from .columns import Columns, few, tongue, unnamed_languages
from .findings import Finding, finding
from .structure import Structure, list_name
from .texts import PARTS
from .workbook import CHOICES, SETTINGS, SURVEY, Row, Workbook

MANY = 100
_TRANSLATED = ("label", "hint", "constraint_message")
_MEDIA = ("image", "audio", "video", "media::image", "media::audio", "media::video", "big-image")


def lint(form: Form, rows: Mapping[str, Row]) -> Iterator[Finding]:
    """What can be said of the form itself; `rows` are the rows of its questions, where it came from a sheet."""
    yield from _meanings(form, rows)
    yield from _conditions(form, rows)
    asked = sum(question.asked for question in form.questions())
    if not asked:
        yield finding("nothing-to-show", sheet=SURVEY)
    elif asked >= MANY:
        yield finding("many-questions", n=asked)
    if asked and not form.beyond and all(question.phone for question in form.questions()):
        yield finding("phone-whole")
    for reason in problems_of_form(form):
        yield finding("form-wrong", said=reason)


def serving_nothing(form: Form) -> tuple[Question, ...]:
    """The questions of which nobody said which sentence they are for. Comments are exempt: they lead to the report."""
    return tuple(
        question
        for question in form.questions()
        if question.asked and question.use is not Use.COMMENT and not question.serves
    )


def never_asked(form: Form) -> dict[str, str]:
    """Questions that can never be asked → the unreachable question that they depend on, empty where the condition
    itself never holds."""
    found: dict[str, str] = {}
    for block in form.blocks:
        for question in block.questions:
            tree = _whole(question, block.relevant.tree if block.relevant else None)
            if tree is None:
                continue
            if not can_hold(form, tree):
                found[question.code] = ""
            elif needed := next((code for code in sorted(_needs(tree)) if code in found), ""):
                found[question.code] = needed
    return found


def _row(rows: Mapping[str, Row], code: str) -> int:
    return rows[code].number if code in rows else 0


def _meanings(form: Form, rows: Mapping[str, Row]) -> Iterator[Finding]:
    unserved = {question.code for question in serving_nothing(form)}
    for question in form.questions():
        at = {"sheet": SURVEY, "row": _row(rows, question.code), "question": question.code}
        if question.code in unserved:
            yield finding("serves-no-sentence", **at)  # type: ignore[arg-type]
        if question.kind is Kind.INTEGER and question.low is None and question.high is None:
            yield finding("no-bounds", **at)  # type: ignore[arg-type]
        if question.kind not in (Kind.CHOICE, Kind.CHOICES) or question.use is not Use.PLAIN:
            continue
        if question.negative is None and not form.negative(question):
            yield finding("no-negative", **at)  # type: ignore[arg-type]
        if question.required is not None and not form.no_answers(question):
            yield finding("no-not-observed", **at)  # type: ignore[arg-type]
    for scale in form.scales:
        marks = [option.negative for option in scale.options]
        if not scale.ordered and len(marks) > 2 and marks[0] and marks[-1] and not all(marks):
            yield finding("unordered", sheet=CHOICES, list=scale.code)


def _conditions(form: Form, rows: Mapping[str, Row]) -> Iterator[Finding]:
    never = never_asked(form)
    for code, needed in never.items():
        at = {"sheet": SURVEY, "row": _row(rows, code), "question": code}
        if needed:
            yield finding("depends-on-never", name=needed, **at)  # type: ignore[arg-type]
        else:
            yield finding("never-asked", **at)  # type: ignore[arg-type]
    order = [question.code for block in form.blocks for question in block.questions]
    places = {code: place for place, code in enumerate(order)}
    for block in form.blocks:
        for question in block.questions:
            tree = _whole(question, block.relevant.tree if block.relevant else None)
            later = (
                [code for code in sorted(reads(tree)) if places.get(code, -1) > places[question.code]] if tree else []
            )
            if later and question.code not in never:
                row = _row(rows, question.code)
                yield finding("depends-on-later", sheet=SURVEY, row=row, question=question.code, name=few(later))


def _whole(question: Question, of_block: Tree | None) -> Tree | None:
    """The condition of a question with that of its block."""
    own = question.relevant.tree if question.relevant else None
    return both(of_block, own) if own is not None and of_block is not None else own or of_block


def _needs(tree: Tree) -> frozenset[str]:
    """Questions without whose answer it cannot hold: those of plain comparisons joined by "and"."""
    if tree[0] == "and":
        return _needs(tree[1]) | _needs(tree[2])
    return reads(tree) if tree[0] in ("=", "selected", "<", "<=", ">", ">=") and len(reads(tree)) == 1 else frozenset()


def lint_sheets(
    book: Workbook, structure: Structure, title: Text, plain: str, languages: Iterable[str]
) -> Iterator[Finding]:
    """What can be said of the sheets: translations, answers filled in before anybody looked, files, depth."""
    yield from _translations(book, structure, title, plain, tuple(languages))
    for item in structure.items:
        if item.row.cell("default") and item.type.kind not in (Kind.CALCULATION, Kind.NOTE):
            yield finding("default-answer", sheet=SURVEY, row=item.row.number, question=item.name)
    if structure.metadata:
        yield finding("metadata", names=few(dict.fromkeys(structure.metadata)))
    for name in dict.fromkeys([*structure.files, *_media(book)]):
        yield finding("external-file", name=name)
    if structure.depth > 1:
        yield finding("deep-groups", n=structure.depth)


def _media(book: Workbook) -> Iterator[str]:
    for sheet in (SURVEY, CHOICES):
        for row in book.sheet(sheet).rows:
            for column, cell in row.cells.items():
                if column.lower().startswith(_MEDIA) and "." in cell:
                    yield cell


def _translations(
    book: Workbook, structure: Structure, title: Text, plain: str, wanted: Sequence[str]
) -> Iterator[Finding]:
    survey = Columns(book.sheet(SURVEY).columns, plain)
    choices = Columns(book.sheet(CHOICES).columns, plain)
    yield from unnamed_languages(SURVEY, survey, *_TRANSLATED)
    used = set(title.languages())
    for item in structure.items:
        used |= (survey.text(item.row, "label") or Text.of({})).languages()
    for tag in wanted:
        if tag not in used:
            yield finding("language-missing", language=tongue(tag))
    for tag in sorted(used):
        yield from _gaps_in_questions(structure, survey, tag)
        yield from _gaps_in_choices(structure, choices, tag)
        if tag not in title.languages():
            yield finding("untranslated", sheet=SETTINGS, language=tongue(tag), what=PARTS["title"], n=1, names="")


def _gaps_in_questions(structure: Structure, columns: Columns, tag: str) -> Iterator[Finding]:
    """A question, hint or message that is written in some language and not in this one. Groups count as questions."""
    rows = {item.name: item.row for item in structure.items}
    rows |= {group.name: group.row for item in structure.items for group in item.groups}
    for part in _TRANSLATED:
        texts = {name: text for name, row in rows.items() if (text := columns.text(row, part)) is not None}
        gaps = [name for name, text in texts.items() if tag not in text.languages()]
        if gaps:
            first = rows[gaps[0]].number
            yield finding(
                "untranslated",
                sheet=SURVEY,
                row=first if len(gaps) == 1 else 0,
                language=tongue(tag),
                what=PARTS[part],
                n=len(gaps),
                names=few(gaps),
            )


def _gaps_in_choices(structure: Structure, columns: Columns, tag: str) -> Iterator[Finding]:
    used = {item.type.list_name for item in structure.items}
    gaps = [
        f"{list_name(row)}/{row.cell('name')}"
        for code, rows in structure.lists.items()
        if code in used
        for row in rows
        if tag not in (columns.text(row, "label") or Text.of({})).languages()
    ]
    if gaps:
        yield finding(
            "untranslated", sheet=CHOICES, language=tongue(tag), what=PARTS["choices"], n=len(gaps), names=few(gaps)
        )
