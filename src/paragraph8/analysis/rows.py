"""What observers answered, as tables: one row a report, and of a drawn sample one row a station drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from paragraph8.domain.answers import Missing, answer_from_json
from paragraph8.domain.forms import Kind, Question
from paragraph8.statistics.samples import Sample

from .codebook import JOINED, MISSING
from .tables import Cell, Column, Holds, Table

Row = Mapping[str, Any]

_WHOLE = (Kind.INTEGER,)


def observations(
    name: str,
    rows: Iterable[Row],
    questions: Mapping[str, Question],
    *,
    teams: Mapping[str, str],
    begun: Mapping[str, tuple[str, datetime | None]],
    zone: str,
    zones: Mapping[str, str],
    origin: str,
) -> Table:
    """One row a report, in the order of their identifiers.

    `teams` gives the pseudonym of each team, `begun` of each report the version of its form and when its visit began;
    of the time only day and hour at the place are told. `zones` are those of areas that have one of their own.
    """
    columns = [
        Column("row"),
        Column("station"),
        Column("area"),
        Column("team"),
        Column("version"),
        Column("day"),
        Column("hour", Holds.WHOLE),
        Column("set_aside", Holds.WHOLE),
        *_answer_columns(questions.values()),
        Column("origin"),
    ]

    def cells(row: Row) -> Iterator[Cell]:
        version, moment = begun.get(row["row"], ("", None))
        local = moment.astimezone(ZoneInfo(zones.get(row["area"] or "") or zone)) if moment else None
        yield from (row["row"], row["station"], row["area"], teams.get(row["team"] or ""), version or None)
        yield from (local.date().isoformat() if local else None, local.hour if local else None)
        yield int("set_aside" in row)
        yield from _answers(row, questions.values(), Missing.SET_ASIDE.value if "set_aside" in row else "")
        yield origin

    return Table.of(name, columns, (tuple(cells(row)) for row in rows))


def sample(
    name: str, rows: Sequence[Row], questions: Mapping[str, Question], *, teams: Mapping[str, str], origin: str
) -> Table:
    """One row a drawn station, in the order of the draw, with everything that an estimate rests on.

    `probability` is that of the draw; `weight` is one over it, times drawn/reported weight of the group, for stations
    that reported, and empty for the others; `group` is what counts as a stratum and `population` how many stations of
    the frame it has, `Inf` where the draw was by size.
    """
    columns = [
        Column("row"),
        Column("station"),
        Column("area"),
        Column("stratum"),
        Column("there", Holds.WHOLE),
        Column("probability"),
        Column("certain", Holds.WHOLE),
        Column("scheme"),
        Column("replaced"),
        Column("missing"),
        Column("group"),
        Column("weight", Holds.NUMBER),
        Column("population", Holds.NUMBER),
        Column("report"),
        Column("team"),
        *_answer_columns(questions.values()),
        Column("origin"),
    ]
    weighed = list(_weighed(rows))

    def cells(row: Row, weight: tuple[Cell, Cell, Cell]) -> Iterator[Cell]:
        yield from (row["row"], row["station"], row["area"], row["stratum"], row["there"], row["probability"])
        yield from (int(row["certain"]), row["scheme"], row["replaced"] or None, row["missing"] or None)
        yield from weight
        yield from (row["report"] or None, teams.get(row["team"] or ""))
        yield from _answers(row, questions.values(), row["missing"])
        yield origin

    return Table.of(name, columns, (tuple(cells(*pair)) for pair in zip(rows, weighed, strict=True)))


def _weighed(rows: Sequence[Row]) -> Iterator[tuple[Cell, Cell, Cell]]:
    """Group, weight and population of each row, as the method of the figures has them."""
    encoded = Sample.of(rows)
    if not encoded.usable.any():
        yield from ((None, None, None) for _ in rows)
        return
    design, place = encoded.design, 0
    stage = design.stages[0]
    groups = stage.group_of_unit[stage.unit_of_row]
    for usable in encoded.usable:
        if not usable:
            yield None, None, None
            continue
        group = int(groups[place])
        population = float(design.drawn_from[group])
        there = "Inf" if np.isinf(population) else repr(population).removesuffix(".0")
        yield str(design.strata[group]), repr(float(design.weights[place])), there
        place += 1


def _answer_columns(questions: Iterable[Question]) -> Iterator[Column]:
    for question in questions:
        yield Column(question.code, Holds.WHOLE if question.kind in _WHOLE else Holds.TEXT)
        yield Column(question.code + MISSING)


def _answers(row: Row, questions: Iterable[Question], instead: str) -> Iterator[Cell]:
    """Answer and reason of each question, one of them empty; `instead` is the reason of a row that counts nowhere."""
    for question in questions:
        if instead:
            yield from (None, instead)
            continue
        answer = answer_from_json(row["answers"].get(question.code))
        if isinstance(answer, Missing):
            yield from (None, answer.value)
        elif question.kind in _WHOLE and not isinstance(answer, int):
            yield from (None, Missing.UNREADABLE.value)
        else:
            yield JOINED.join(answer) if isinstance(answer, tuple) else _spelled(answer, question)
            yield None


def _spelled(answer: str | int, question: Question) -> Cell:
    return answer if question.kind in _WHOLE else str(answer)
