"""How far the observations reach, and how much an observed share depends on where they were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import REFUSALS, Figure, Key, Kind
from paragraph8.domain.forms import Form, Use
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import figures
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.review.queries import rows_of_form
from paragraph8.review.visits import Visit, visits
from paragraph8.samples.frames import POLLING
from paragraph8.statistics.estimation.coverage import UNKNOWN, Coverage, by_hour, coverage, size_class, size_classes
from paragraph8.statistics.estimation.sensitivity import Sensitivity, sensitivity
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.observations import Observations
from paragraph8.wording.quantifiers import LEAST_FOR_SHARE

from .agreement import Doubles, agreement_of
from .figures import APP, answer_key

SETTINGS = ("urban", "rural", UNKNOWN)
MOVED = 10
"""Lines of the table that says how much shares depend on where teams went."""

LEAST_TEAMS = 3
"""With two teams, the share without one is that of the other: only analysts see it."""

Words = str | Promise | Text

TITLES: Mapping[str, Words] = {
    "area": _("By region"),
    "setting": _("Towns and villages"),
    "size": _("By number of registered voters"),
    "hour": _("By hour"),
}
CATEGORIES: Mapping[str, Words] = {
    "urban": _("towns"),
    "rural": _("villages"),
    UNKNOWN: _("not known"),
}


class UnknownFormError(LookupError):
    """The mission has no form of that code."""


@dataclass(frozen=True)
class Frame:
    """The polling stations of the list in force: key → region, setting, size; stations of commissions are none."""

    stations: Mapping[str, tuple[str, str, str]]

    @classmethod
    def of(cls, mission: Mission) -> Frame:
        """The list in force; empty where there is none."""
        settings = {True: "urban", False: "rural", None: UNKNOWN}
        rows = mission.stations.filter(kind__in=POLLING).values_list("key", "top__code", "urban", "registered")
        return cls({key: (top or UNKNOWN, settings[urban], size_class(n)) for key, top, urban, n in rows})

    def by(self, place: int) -> dict[str, str]:
        """Station → its category in one of the three."""
        return {key: categories[place] for key, categories in self.stations.items()}

    @cached_property
    def cells(self) -> Mapping[str, int]:
        """Region × setting × size → how many stations."""
        return Counter("/".join(categories) for categories in self.stations.values())

    def cell_of(self, station: str | None) -> str | None:
        """The cell of a station; `None` outside the frame."""
        return "/".join(self.stations[station]) if station is not None and station in self.stations else None


@dataclass(frozen=True)
class Line:
    """One category of a table: its name, stations in the frame (`None`: there is no frame), seen, observations."""

    title: Words
    frame: int | None
    seen: int
    observations: int


@dataclass(frozen=True)
class Table:
    """One dimension. `unseen` are categories with stations and no observation; `displaced` tenths of a per cent."""

    code: str
    title: Words
    lines: tuple[Line, ...]
    unseen: tuple[Words, ...]
    displaced: int | None
    frame: int
    seen: int
    observations: int
    outside: int


@dataclass(frozen=True)
class Moved:
    """A share of negative answers and what it would be otherwise."""

    figure: Figure
    found: Dependence


@dataclass(frozen=True)
class Dependence:
    """What `sensitivity` found, in tenths of a per cent; `None` where it cannot be said.

    `few` when there are too few answers for a share; then nothing else is filled. Teams are named for analysts alone.
    """

    few: bool
    share: int | None = None
    reweighted: int | None = None
    moved: int | None = None
    covered: int | None = None
    cells: int = 0
    cells_without: int = 0
    without_team: tuple[int, int] | None = None
    teams: tuple[str, str] | None = None
    bounds: tuple[int, int] | None = None
    missing: int = 0


@dataclass(frozen=True, kw_only=True)
class CoveragePage:
    """Everything the page prints. `refused` says why a mission of this format has no shares to depend on anything."""

    forms: tuple[tuple[Form, int], ...]
    form: Form | None
    reports: int
    seen: int
    frame: int
    outside: int
    tables: tuple[Table, ...]
    moved: tuple[Moved, ...]
    doubles: Doubles | None = None
    refused: Text | None = None


def coverage_page(mission: Mission, form: str, *, as_of: int, viewer: Viewer) -> CoveragePage:
    """The page for one form, or for all of them. Raises `NotAllowedError` and `UnknownFormError`."""
    forms = latest_forms(mission)
    if form and form not in forms:
        raise UnknownFormError(form)
    frame, areas = Frame.of(mission), first_level_areas_of(mission)
    made = list(visits(mission, as_of=as_of, viewer=viewer))
    by_form = Counter(visit.form_code for visit in made)
    chosen = [visit for visit in made if not form or visit.form_code == form]
    names: dict[str, Words] = {code: area.title() for code, area in areas.items()}
    stations = [visit.station for visit in chosen]
    tables = (
        _table(coverage("area", frame.by(0), stations, order=list(areas)), names),
        _table(coverage("setting", frame.by(1), stations, order=SETTINGS), CATEGORIES),
        _table(coverage("size", frame.by(2), stations, order=size_classes()), CATEGORIES),
        _table(by_hour((_hour(visit, mission.election_date), visit.station) for visit in chosen), {}),
    )
    systematic = mission.kind.observes_systematically
    return CoveragePage(
        forms=tuple((each, by_form[code]) for code, each in forms.items()),
        form=forms.get(form),
        reports=len(chosen),
        seen=tables[0].seen,
        frame=len(frame.stations),
        outside=tables[0].outside,
        tables=tables,
        moved=_moved(mission, forms.get(form), frame, as_of=as_of, viewer=viewer) if systematic else (),
        doubles=agreement_of(mission, forms[form], as_of=as_of, viewer=viewer) if systematic and form else None,
        refused=None if systematic else REFUSALS["format-without-statistics"],
    )


def dependence_of(mission: Mission, figure: Figure, *, as_of: int, viewer: Viewer) -> Dependence | None:
    """How much an observed share depends on where its observations were made; `None` for any other figure.

    Raises `NotAllowedError` for who may not see figures.
    """
    viewer.require(Action.SEE_FIGURES, mission.pk)
    key = figure.key
    if key.app != APP or figure.kind is not Kind.SHARE or key.dimension("unit") or key.measure == "part":
        return None
    observations = Observations.of(list(rows_of_form(mission, key.dimension("form"), as_of=as_of)))
    named = viewer.may(Action.SEE_REPORTS, mission.pk)
    return _dependence(figure, observations, _frame_for(mission, key), named=named)


def _frame_for(mission: Mission, key: Key) -> Frame:
    """The frame of a figure: the country's, or the region's alone."""
    frame = Frame.of(mission)
    area = key.dimension("area")
    return Frame({station: where for station, where in frame.stations.items() if not area or where[0] == area})


def _moved(mission: Mission, form: Form | None, frame: Frame, *, as_of: int, viewer: Viewer) -> tuple[Moved, ...]:
    """The greatest shares of negative answers of the form, each with what it would be otherwise."""
    if form is None:
        return ()
    negative = {question: form.negative(question) for question in form.questions() if question.use is Use.PLAIN}
    keys = [answer_key(form, question, answers) for question, answers in negative.items() if answers]
    found = figures(mission, keys, as_of=as_of, viewer=viewer)
    known = [figure for figure in found.values() if (figure.denominator or 0) >= LEAST_FOR_SHARE]
    greatest = sorted(known, key=lambda figure: (figure.numerator or 0) / (figure.denominator or 1), reverse=True)
    observations = Observations.of(list(rows_of_form(mission, form.code, as_of=as_of)))
    named = viewer.may(Action.SEE_REPORTS, mission.pk)
    return tuple(Moved(figure, _dependence(figure, observations, frame, named=named)) for figure in greatest[:MOVED])


def _dependence(figure: Figure, observations: Observations, frame: Frame, *, named: bool) -> Dependence:
    if (figure.denominator or 0) < LEAST_FOR_SHARE:
        return Dependence(few=True)
    said = METHODS[figure.method].outcomes(observations, figure.key)
    found = sensitivity(
        said,
        cells=[frame.cell_of(row["station"]) for row in observations.rows],
        frame=frame.cells,
        teams=[row["team"] for row in observations.rows],
    )
    return _in_tenths(found, named=named)


def _in_tenths(found: Sensitivity, *, named: bool) -> Dependence:
    again, without, bounds = found.reweighted, found.without_team, found.bounds
    if without and not named and without.teams < LEAST_TEAMS:
        without = None
    share = _tenths(found.numerator, found.denominator)
    reweighted = _tenths(again.share.numerator, again.share.denominator) if again else None
    return Dependence(
        few=False,
        share=share,
        reweighted=reweighted,
        moved=None if reweighted is None else reweighted - share,
        covered=_tenths(again.covered.numerator, again.covered.denominator) if again else None,
        cells=again.cells if again else 0,
        cells_without=again.cells_without if again else 0,
        without_team=(
            _tenths(without.least.numerator, without.least.denominator),
            _tenths(without.greatest.numerator, without.greatest.denominator),
        )
        if without
        else None,
        teams=(without.least_team, without.greatest_team) if without and named else None,
        bounds=(
            _tenths(bounds.least.numerator, bounds.least.denominator),
            _tenths(bounds.greatest.numerator, bounds.greatest.denominator),
        )
        if bounds
        else None,
        missing=bounds.missing if bounds else 0,
    )


def _tenths(numerator: int, denominator: int) -> int:
    """Tenths of a per cent, half-up."""
    return (2_000 * numerator + denominator) // (2 * denominator)


def _table(found: Coverage, names: Mapping[str, Words]) -> Table:
    displaced = found.displacement()
    return Table(
        code=found.dimension,
        title=TITLES[found.dimension],
        lines=tuple(Line(_named(row.category, names), row.frame, row.seen, row.observations) for row in found.rows),
        unseen=tuple(_named(category, names) for category in found.unseen()),
        displaced=None if displaced is None else _tenths(displaced.numerator, displaced.denominator),
        frame=found.frame,
        seen=found.seen,
        observations=found.observations,
        outside=found.outside,
    )


def _named(category: str, names: Mapping[str, Words]) -> Words:
    return names.get(category) or CATEGORIES.get(category) or _spelled(category)


def _spelled(category: str) -> str:
    """A size class or an hour as it is read: 300–999, 2000+, 07:00."""
    return f"{category}:00" if category.isdigit() else category.replace("-", "–")


def _hour(visit: Visit, day: date | None) -> int | None:
    """The hour in which the observation began, where it was made; after midnight the election day goes on.

    `None` without a time, and for a clock that was so wrong that it names another day.
    """
    if visit.started is None:
        return None
    local = visit.started.astimezone(ZoneInfo(visit.zone))
    days = (local.date() - day).days if day else 0
    return local.hour + 24 * days if days in (0, 1) else None
