"""The rows of an exported table: every number of a form with its key, and the codebook that says what columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.audit.queries import heard_until
from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.forms import COUNTED, Form, Question, Use
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import figures
from paragraph8.missions.models import Area, Mission
from paragraph8.missions.queries import first_level_areas_of
from paragraph8.wording.numbers import percent_tenths

from .divisions import Counted, Where, counted, divisions
from .figures import APP
from .gates import Shown, hidden_of, is_analyst, shown
from .tables import Tables

Row = dict[str, str | int | float | None]


@dataclass(frozen=True)
class Column:
    """A column of the table: its name, what a cell holds ("text", "integer" or "number"), and what it means."""

    name: str
    kind: str
    meaning: str | Promise


COLUMNS = (
    Column("key", "text", _("Name of the figure; the page of that name opens it to the reports behind it.")),
    Column("as_of", "integer", _("Change number of the mission log up to which reports are counted.")),
    Column("heard_until", "text", _("When the last report among them came in (ISO 8601, UTC).")),
    Column("form", "text", _("Code of the form.")),
    Column("question", "text", _("Code of the question; empty in the row that counts observations.")),
    Column("question_text", "text", _("The question in the language of the export.")),
    Column("answer", "text", _("Code of the answer that is counted; several are joined by +.")),
    Column("answer_text", "text", _("The answer in the language of the export.")),
    Column("negative", "text", _("yes where the answer speaks against good practice.")),
    Column("area", "text", _("Code of the area; empty for all areas.")),
    Column("area_text", "text", _("Name of the area.")),
    Column("setting", "text", _("urban or rural; empty for both.")),
    Column("kind", "text", _("Type of station; empty for all types.")),
    Column("unit", "text", _("What is counted.")),
    Column("count", "integer", _("Numerator: observations with this answer; in the row of observations their number.")),
    Column("answered", "integer", _("Denominator: observations that answered the question.")),
    Column("per_cent", "number", _("100 count / answered, rounded half up to one decimal; empty under 10 answers.")),
    Column(
        "mark", "text", _("share; brackets (10 to 29 answers); count (under 10); none; hidden; empty for observations.")
    ),
    Column("left_out", "integer", _("Observations without an answer, in no denominator.")),
    Column("left_out_by_reason", "text", _("The same by reason: reason=number, joined by ;")),
    Column("stations", "integer", _("Polling stations behind the answers.")),
    Column("teams", "integer", _("Teams behind the answers.")),
    Column("areas", "integer", _("Areas behind the answers.")),
    Column("basis", "text", _("observed: counted among observations that nobody drew at random; no interval exists.")),
    Column("origin", "text", _("real or simulated.")),
    Column("method", "text", _("Method and version by which it was counted.")),
    Column("mission", "text", _("Mission.")),
)
"""The columns of a table in their order; hidden numbers are empty cells with the mark `hidden`."""


def rows(mission: Mission, page: Tables, *, language: str, viewer: Viewer) -> list[Row]:
    """Every number of the page's form (or of its one question) in the part that is chosen and in everything that this
    part can still be divided into. Raises `RefusedFigureError` for a mission without statistics."""
    if page.form is None or page.hidden:
        return []
    making = _Making(mission, page.form, page.moment.change, language, first_level_areas_of(mission))
    wheres = [page.asked.where]
    groups = divisions(page.asked.where, making.areas)
    wheres += [where for _way, pairs in groups for _title, where in pairs]
    questions = [page.question] if page.question else [q for q in page.form.questions() if _is_counted(q)]
    wanted: dict[Where, list[_Wanted]] = {where: [(None, None, making.base(where))] for where in wheres}
    for where, lines in wanted.items():
        lines += [(q, each, each.key(page.form, q, where)) for q in questions for each in counted(page.form, q)]
    keys = [key for lines in wanted.values() for _question, _each, key in lines]
    found = figures(mission, keys, as_of=page.moment.change, viewer=viewer)
    hidden = set() if is_analyst(mission, viewer=viewer) else _hidden(wanted, groups, found)
    return [
        making.row(question, each, found[key], hidden=key in hidden)
        for lines in wanted.values()
        for question, each, key in lines
    ]


_Wanted = tuple[Question | None, Counted | None, Key]
_Groups = Sequence[tuple[str, Sequence[tuple[Text, Where]]]]


def _is_counted(question: Question) -> bool:
    return question.use is Use.PLAIN and question.kind in COUNTED


def _hidden(wanted: Mapping[Where, list[_Wanted]], groups: _Groups, found: Mapping[Key, Figure]) -> set[Key]:
    """In each division, line by line, what points at a team, and what would give that away."""
    hidden: set[Key] = set()
    for _way, pairs in groups:
        columns = [[key for _question, _each, key in wanted[where]] for _title, where in pairs]
        for keys in zip(*columns, strict=True):
            hidden |= hidden_of(keys, found)
    return hidden


@dataclass(frozen=True)
class _Making:
    """What all rows of one export share."""

    mission: Mission
    form: Form
    change: int
    language: str
    areas: Mapping[str, Area]

    def base(self, where: Where) -> Key:
        """The key of how many observations there are."""
        return Key.of(APP, "observations", form=self.form.code, **dict(where))

    def row(self, question: Question | None, each: Counted | None, figure: Figure, *, hidden: bool) -> Row:
        """One number with everything that is known of it."""
        how = shown(figure, hidden=hidden) if question else Shown.HIDDEN if hidden else None
        area = figure.key.dimension("area")
        facts: Row = {
            "key": str(figure.key),
            "as_of": figure.as_of,
            "heard_until": _moment(heard_until(self.change, self.mission.pk)),
            "form": self.form.code,
            "question": question.code if question else "",
            "question_text": self._said(question.title) if question else "",
            "answer": "+".join(each.answers) if each else "",
            "answer_text": self._said(each.title) if each else "",
            "negative": "yes" if each and each.negative else "",
            "area": area,
            "area_text": self._said(self.areas[area].title()) if area else "",
            "setting": figure.key.dimension("setting"),
            "kind": figure.key.dimension("kind"),
            "unit": figure.unit.value,
            "mark": how.value if how else "",
            "basis": figure.basis.value,
            "origin": figure.origin.value,
            "method": figure.method,
            "mission": self.mission.slug,
        }
        numbers = dict.fromkeys(("count", "answered", "per_cent", "left_out", "left_out_by_reason"))
        reach = dict.fromkeys(("stations", "teams", "areas"))
        held: Row = {**facts, **numbers, **reach} if hidden else {**facts, **_numbers(figure, how)}
        return {column.name: held[column.name] for column in COLUMNS}

    def _said(self, text: Text) -> str:
        return text.shown(self.language).string


def _numbers(figure: Figure, how: Shown | None) -> Row:
    n, whole = figure.numerator, figure.denominator
    printed = how in (Shown.SHARE, Shown.BRACKETS) and n is not None and whole
    return {
        "count": figure.value if n is None else n,
        "answered": whole,
        "per_cent": percent_tenths(n, whole) / 10 if printed and n is not None and whole else None,
        "left_out": figure.left_out_total(),
        "left_out_by_reason": ";".join(f"{reason}={count}" for reason, count in figure.left_out),
        "stations": figure.n_stations,
        "teams": figure.n_teams,
        "areas": figure.n_areas,
    }


def _moment(heard: datetime | None) -> str:
    return heard.astimezone(UTC).isoformat(timespec="seconds") if heard else ""


def codebook() -> Iterator[tuple[str, str, str]]:
    """The columns with their kinds and meanings."""
    return ((column.name, column.kind, str(column.meaning)) for column in COLUMNS)
