"""Returns of a quick count from files: the frame counted, the sample, and one row a station that has reported.

A TOML file says which columns hold what; docs/rooms/quick-count.md describes every key. Every row of returns becomes a
report: a number or a time that cannot be read stays in it as it is written, so that the checks find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Form, form_from_json
from paragraph8.domain.ids import id_of_bytes
from paragraph8.domain.text import Text

from .declarations import Declaration, read_declaration
from .intake import MissionFacts
from .station_keys import STEPS, KeyPart
from .tables import Table, read_table

FORM = "returns"
VERSION = "1"
BASE = "base"
VOTES = "votes-"
MOST_VOTES = 100_000
_STEPS = ("strip", "strip-leading-zeros")
_TITLES = {
    "form": {
        "en": "Return of a quick count",
        "kk": "Параллель санауға арналған есеп",
        "ru": "Отчет для параллельного подсчета",
    },
    "base": {"en": "All ballots counted", "kk": "Саналған барлық бюллетень", "ru": "Всего подсчитано бюллетеней"},
    "valid": {"en": "Valid votes", "kk": "Жарамды дауыстар", "ru": "Действительные голоса"},
}


class ReturnsError(ValueError):
    """The files do not fit each other; `text` says why in three languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True)
class Standing:
    """Somebody who stands: code, name, the column with the votes, who says so."""

    code: str
    name: Text
    column: str
    source: str


@dataclass(frozen=True)
class SampledStation:
    """One station of the sample."""

    station: str
    stratum: str
    kind: str
    registered: int | None


@dataclass(frozen=True, kw_only=True)
class StationBy:
    """The columns that name a station, and how they are joined."""

    parts: tuple[KeyPart, ...]

    def key(self, cells: Mapping[str, str]) -> str:
        """The key of the station of a row."""
        return "-".join(part.normalise(cells.get(part.column, "")) for part in self.parts)

    def columns(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(part.column for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class ReturnsMapping:
    """How the files are read. `plan` is the table of the plan as it stands in the file."""

    mission: MissionFacts
    contestants: tuple[Standing, ...]
    name: str
    source: str
    sample_station: StationBy
    sample: Mapping[str, str]
    kinds: Mapping[str, str]
    frame: Mapping[str, str]
    station: StationBy
    skip: int
    base: str
    valid: bool
    arrived: tuple[str, ...]
    plan: Mapping[str, Any] = field(default_factory=dict)

    def form(self) -> Form:
        """The form on which the returns come in: a whole number for each contestant, and what shares are of."""
        questions: list[dict[str, Any]] = [
            {"code": VOTES + row.code, "title": row.name.to_json(), "kind": "integer", "use": "reconciliation"}
            for row in self.contestants
        ]
        title = _TITLES["valid" if self.valid else "base"]
        questions.append({"code": BASE, "title": title, "kind": "integer", "use": "reconciliation"})
        for question in questions:
            question |= {"low": 0, "high": MOST_VOTES}
        return form_from_json(
            {
                "code": FORM,
                "version": VERSION,
                "process": "counting",
                "title": _TITLES["form"],
                "blocks": [{"code": "count", "title": _TITLES["form"], "questions": questions}],
                "rules": [
                    {
                        "check": "parts-exceed-whole",
                        "questions": [BASE, *(VOTES + row.code for row in self.contestants)],
                    }
                ],
            }
        )

    def cells_of(self, data: bytes) -> dict[tuple[str, str], int]:
        """How many stations of each kind each stratum has. Raises `ReturnsError`."""
        table = _table(data, [self.frame[name] for name in ("stratum", "kind", "stations")])
        found: Counter[tuple[str, str]] = Counter()
        for row in table.rows:
            stratum, kind = row.cells[self.frame["stratum"]].strip(), row.cells[self.frame["kind"]].strip()
            number = _whole(row.cells[self.frame["stations"]])
            if number is None:
                raise ReturnsError(_filled(_NO_NUMBER, line=row.number, column=self.frame["stations"]))
            found[stratum, self.kinds.get(kind, kind)] += number
        return dict(found)

    def sampled(self, data: bytes) -> list[SampledStation]:
        """The stations of the sample. Raises `ReturnsError`."""
        columns = self.sample
        table = _table(data, [*self.sample_station.columns(), columns["stratum"], columns["kind"]])
        found = []
        for row in table.rows:
            kind = row.cells[columns["kind"]].strip()
            registered = _whole(row.cells.get(columns.get("registered", ""), ""))
            found.append(
                SampledStation(
                    self.sample_station.key(row.cells),
                    row.cells[columns["stratum"]].strip(),
                    self.kinds.get(kind, kind),
                    registered,
                )
            )
        return found

    def bodies(self, data: bytes) -> list[bytes]:
        """The reports, one for each row, in the order of the file; each has an identifier made of its content."""
        lines = data.split(b"\n", self.skip)
        table = _table(lines[-1] if len(lines) > self.skip else b"", [*self.station.columns(), self.base])
        return [self._body(row.cells) for row in table.rows]

    def _body(self, cells: Mapping[str, str]) -> bytes:
        answers: dict[str, Any] = {VOTES + row.code: _answer(cells.get(row.column, "")) for row in self.contestants}
        answers[BASE] = _answer(cells.get(self.base, ""))
        moment = self._moment(cells)
        report: dict[str, Any] = {
            "report": 1,
            "form": FORM,
            "version": VERSION,
            "station": self.station.key(cells),
            "answers": {code: answer for code, answer in answers.items() if answer is not None},
        }
        if moment is not None:
            report |= {"started": moment, "finished": moment}
        return canonical({**report, "id": str(id_of_bytes(canonical(report)))})

    def _moment(self, cells: Mapping[str, str]) -> str | None:
        """The moment of arrival with its offset: one ISO column, or year, month, day, hour, minute and second."""
        zone = ZoneInfo(self.mission.zone)
        given = [cells.get(column, "").strip() for column in self.arrived]
        try:
            if len(given) == 1:
                read = datetime.fromisoformat(given[0])
                local = read if read.tzinfo else read.replace(tzinfo=zone)
            else:
                year, month, day, *clock = map(int, given)
                hour, minute, second = (*clock, 0, 0, 0)[:3]
                local = datetime(year, month, day, tzinfo=zone) + timedelta(hours=hour, minutes=minute, seconds=second)
        except (ValueError, OverflowError):
            return None
        return local.astimezone(UTC).isoformat(timespec="seconds")


def load_returns_mapping(toml: bytes) -> ReturnsMapping:
    """Read the TOML file. Raises `MappingError`, which names the key and says what may stand there."""
    file = read_declaration(toml)
    facts = file.table("mission", required=True)
    mission = MissionFacts(
        title=facts.texts("title"),
        origin=Origin(facts.one_of("origin", tuple(Origin), Origin.REAL.value)),
        languages=facts.strings("languages", ("en", "kk", "ru")),
        zone=facts.text("zone", "UTC"),
        election_date=facts.day("election_date"),
        notice=facts.texts("notice") if facts.gives("notice") else None,
    )
    facts.done()
    contestants = []
    for row in file.tables("contestants", required=True):
        contestants.append(Standing(row.code("code"), row.texts("name"), row.text("column"), row.text("source")))
        row.done()
    sample, frame, returns = (file.table(name, required=True) for name in ("sample", "frame", "returns"))
    mapping = ReturnsMapping(
        mission=mission,
        contestants=tuple(contestants),
        name=sample.text("name"),
        source=sample.text("source"),
        sample_station=_station(sample),
        sample={name: sample.text(name, "") for name in ("stratum", "kind", "registered")},
        kinds={str(code): str(kind) for code, kind in sample.raw("kinds").items()},
        frame={name: frame.text(name) for name in ("stratum", "kind", "stations")},
        station=_station(returns),
        skip=returns.whole("skip") or 0,
        base=returns.text("base"),
        valid=returns.one_of("base_is", ("valid", "ballots")) == "valid",
        arrived=returns.strings("arrived", ()),
        plan=file.raw("plan"),
    )
    for section in (sample, frame, returns, file):
        section.done()
    return mapping


def _station(section: Declaration) -> StationBy:
    steps = section.strings("steps", _STEPS)
    for step in steps:
        if step not in STEPS:
            raise section.error("unknown-value", "steps", value=step, known=", ".join(STEPS))
    return StationBy(parts=tuple(KeyPart(column, steps) for column in section.strings("station")))


def _table(data: bytes, columns: Sequence[str]) -> Table:
    table = read_table(data)
    for column in columns:
        if column and column not in table.columns:
            raise ReturnsError(_filled(_NO_COLUMN, column=column, known=", ".join(table.columns)))
    return table


def _whole(cell: str) -> int | None:
    cell = cell.strip()
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= 9 else None


def _answer(cell: str) -> int | str | None:
    """A whole number; what is none stays as it is written, and nothing is no answer."""
    number = _whole(cell)
    return number if number is not None else cell.strip() or None


def _filled(text: Text, **details: str | int) -> Text:
    return Text.of({tag: string.format(**details) for tag, string in text.strings})


_NO_COLUMN = Text.of(
    {
        "en": "The file has no column {column}. It has: {known}.",
        "kk": "Файлда {column} бағаны жоқ. Барлары: {known}.",
        "ru": "В файле нет столбца {column}. Есть: {known}.",
    }
)
_NO_NUMBER = Text.of(
    {
        "en": "Line {line}: {column} is no number of stations.",
        "kk": "{line}-жол: {column} учаскелер саны емес.",
        "ru": "Строка {line}: {column} – не число участков.",
    }
)
