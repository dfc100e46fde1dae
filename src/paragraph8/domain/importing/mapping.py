"""Mappings: the TOML file that tells how a file of completed forms is read. docs/import.md describes every key."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf

from paragraph8.domain.answers import Missing
from paragraph8.domain.checks.form import problems_of_form
from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Block, Form, Kind, Option, Question, Scale, Use, minutes
from paragraph8.domain.problems import Rule, Severity

from .cells import DAY, Bucket, QuestionCells, ScaleCells, unspaced
from .declarations import Declaration, MappingError, read_declaration
from .intake import ImportedRow, Intake, Mapping, MissionFacts
from .station_keys import STEPS, KeyPart, StationColumns, area_code

__all__ = ["ImportedRow", "Intake", "Mapping", "MappingError", "MissionFacts", "load_mapping"]

_PROCESSES = ("opening", "voting", "counting", "tabulation", "whole-day")
_REASONS = tuple(reason.value for reason in Missing if reason is not Missing.SET_ASIDE)
_KINDS = (Kind.CHOICE, Kind.CHOICES, Kind.INTEGER, Kind.TEXT, Kind.TIME)
"""Kinds that a cell of a file can hold."""
_KEY_STEPS = ("strip", "casefold")


def load_mapping(toml: bytes) -> Mapping:
    """Read a mapping. Raises `MappingError`, which names the key and says what may stand there."""
    file = read_declaration(toml)
    missing = _missing(file.table("missing"))
    scales, scale_cells = _scales(file.table("scales"))
    questions: dict[str, QuestionCells] = {}
    blocks = tuple(_blocks(file, scale_cells, missing, questions))
    form = _form(file.table("form", required=True), scales, blocks, _rules(file, questions))
    record = file.table("record")
    mapping = Mapping(
        described=form,
        mission=_mission(file.table("mission")) if file.gives("mission") else None,
        record=record.text("column", ""),
        stations_by=_stations(file.table("station", required=True), file.table("area"), missing),
        cells=questions,
    )
    record.done()
    file.done()
    for reason in problems_of_form(form):
        raise MappingError("bad-form", "form", reason=reason)
    return mapping


def _form(section: Declaration, scales: tuple[Scale, ...], blocks: tuple[Block, ...], rules: tuple[Rule, ...]) -> Form:
    form = Form(
        code=section.code("code"),
        version=section.text("version"),
        process=section.one_of("process", _PROCESSES, "whole-day"),
        title=section.texts("title"),
        scales=scales,
        blocks=blocks,
        rules=rules,
    )
    section.done()
    return form


def _mission(section: Declaration) -> MissionFacts:
    facts = MissionFacts(
        title=section.texts("title"),
        origin=Origin(section.one_of("origin", tuple(Origin), Origin.REAL.value)),
        languages=section.strings("languages", ("en", "kk", "ru")),
        zone=section.text("zone", "UTC"),
        election_date=section.day("election_date"),
        notice=section.texts("notice") if section.gives("notice") else None,
    )
    section.done()
    return facts


def _stations(section: Declaration, area: Declaration, missing: MappingOf[str, Missing]) -> StationColumns:
    parts = []
    for part in section.tables("parts", required=True):
        steps = part.strings("steps", _KEY_STEPS)
        for step in steps:
            if step not in STEPS:
                raise part.error("unknown-value", "steps", value=step, known=", ".join(STEPS))
        parts.append(KeyPart(part.text("column"), steps))
        part.done()
    names = area.table("names")
    codes = section.strings("missing", tuple(missing))
    columns = StationColumns(
        parts=tuple(parts),
        join=section.text("join", "-"),
        missing=frozenset({"", *map(unspaced, codes)}),
        label=section.text("label", ""),
        area=area.text("column", ""),
        area_language=area.text("language", "en"),
        area_names={area_code(name): names.texts(name) for name in names.names()},
    )
    section.done()
    area.done()
    return columns


def _missing(section: Declaration) -> dict[str, Missing]:
    """Folded spelling → reason, from tables of reason → spellings."""
    codes: dict[str, Missing] = {}
    for reason in section.names():
        if reason not in _REASONS:
            raise section.error("unknown-key", reason, known=", ".join(_REASONS))
        for cell in section.strings(reason):
            if codes.setdefault(unspaced(cell), Missing(reason)) is not Missing(reason):
                raise section.error("twice", reason, value=cell)
    return codes


def _scales(section: Declaration) -> tuple[tuple[Scale, ...], dict[str, ScaleCells]]:
    scales, cells = [], {}
    for code in section.names():
        scale = section.table(code)
        ordered = scale.flag("ordered")
        overnight = scale.flag("overnight")
        options: list[Option] = []
        spellings: dict[str, str] = {}
        buckets: list[Bucket] = []
        for option in scale.tables("options", required=True):
            options.append(Option(option.code("code"), option.texts("title"), option.flag("negative")))
            for cell in option.strings("cells", (options[-1].code,)):
                if spellings.setdefault(unspaced(cell), options[-1].code) != options[-1].code:
                    raise option.error("twice", "cells", value=cell)
            buckets.extend(_bucket(option, options[-1].code))
            option.done()
        scale.done()
        _no_option_twice(scale, options)
        scales.append(Scale(code, tuple(options), ordered))
        cells[code] = ScaleCells(spellings, tuple(buckets), overnight)
    return tuple(scales), cells


def _no_option_twice(scale: Declaration, options: list[Option]) -> None:
    codes = [option.code for option in options]
    for code in codes:
        if codes.count(code) > 1:
            raise scale.error("twice", "options", value=code)


def _bucket(option: Declaration, code: str) -> Iterator[Bucket]:
    """The span of clock time of an answer, when it has one; an open end means the end of the day."""
    given = [name for name in ("from", "until") if option.gives(name)]
    times = {name: option.text(name, "") for name in ("from", "until")}
    for name in given:
        if minutes(times[name]) is None:
            raise option.error("wrong-type", name, wanted="clock")
    if given:
        yield Bucket(code, minutes(times["from"]) or 0, minutes(times["until"]) or DAY)


def _blocks(
    file: Declaration,
    scales: MappingOf[str, ScaleCells],
    missing: MappingOf[str, Missing],
    cells: dict[str, QuestionCells],
) -> Iterator[Block]:
    """The blocks of the form; `cells` is filled with how each question is read."""
    codes: set[str] = set()
    for section in file.tables("blocks", required=True):
        code = section.code("code")
        if code in codes:
            raise section.error("twice", "code", value=code)
        codes.add(code)
        questions = []
        for entry in section.tables("questions", required=True):
            question, reader = _question(entry, scales, missing)
            if question.code in cells:
                raise entry.error("twice", "code", value=question.code)
            cells[question.code] = reader
            questions.append(question)
        yield Block(code, section.texts("title"), tuple(questions))
        section.done()


def _question(
    entry: Declaration, scales: MappingOf[str, ScaleCells], missing: MappingOf[str, Missing]
) -> tuple[Question, QuestionCells]:
    """One question. Its code is the name of its column unless it says otherwise."""
    code = entry.code("code", entry.text("column", "") or None)
    kind = Kind(entry.one_of("kind", _KINDS))
    scale = _scale(entry, kind, scales)
    question = Question(
        code=code,
        title=entry.texts("title"),
        kind=kind,
        scale=scale,
        low=entry.whole("low"),
        high=entry.whole("high"),
        use=Use(entry.one_of("use", tuple(Use), Use.PLAIN.value)),
        column=entry.text("column", code),
        negative=_negative(entry, scales.get(scale)),
    )
    reader = QuestionCells(
        kind=kind,
        missing=missing,
        own_missing=_missing(entry.table("missing")),
        scale=scales.get(scale),
        zero_means_missing=entry.flag("zero_means_missing"),
        split=entry.text("split", ";"),
    )
    entry.done()
    return question, reader


def _scale(entry: Declaration, kind: Kind, scales: MappingOf[str, ScaleCells]) -> str:
    """The scale of a question; one that chooses among answers must name it."""
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return entry.one_of("scale", tuple(scales))
    if entry.text("scale", ""):
        raise entry.error("unknown-key", "scale", known=f"{Kind.CHOICE}, {Kind.CHOICES}")
    return ""


def _negative(entry: Declaration, scale: ScaleCells | None) -> tuple[str, ...] | None:
    codes = entry.strings("negative", ())
    known = tuple(dict.fromkeys(scale.spellings.values())) if scale else ()
    for code in codes:
        if code not in known:
            raise entry.error("unknown-value", "negative", value=code, known=", ".join(known) or "–")
    return codes if entry.gives("negative") else None


def _rules(file: Declaration, questions: MappingOf[str, QuestionCells]) -> tuple[Rule, ...]:
    rules, names = [], set()
    for section in file.tables("rules"):
        rule = Rule(
            check=section.code("check"),
            questions=section.strings("questions", ()),
            severity=Severity(section.one_of("severity", tuple(Severity))) if section.gives("severity") else None,
            tolerance=section.whole("tolerance") or 0,
            params=tuple(sorted(section.raw("params").items())),
            name=section.text("name"),
            text=section.texts("text") if section.gives("text") else None,
        )
        section.done()
        for code in rule.questions:
            if code not in questions:
                raise section.error("unknown-value", "questions", value=code, known="blocks.questions")
        if rule.name in names:
            raise section.error("twice", "name", value=rule.name)
        names.add(rule.name)
        rules.append(rule)
    return tuple(rules)
