"""Exporting a mission for analysis: who may, what goes in, and the entry that says it was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from paragraph8 import __version__
from paragraph8.accounts.permissions import Action, NotAllowedError, Scope, Viewer
from paragraph8.audit.keys import pseudonym_key
from paragraph8.audit.models import Change
from paragraph8.audit.operations import append, is_closed
from paragraph8.audit.queries import heard_until
from paragraph8.documents.labels import DEMONSTRATION
from paragraph8.domain.figures import REFUSALS, Figure, Key, Population
from paragraph8.domain.forms import Form, Question
from paragraph8.domain.missions import Subject
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import by_area, catalogue, computable
from paragraph8.evidence.registry import apps
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, forms_of, require_tables, teams_seen
from paragraph8.review.queries import current
from paragraph8.samples.queries import design_of, replacements_of
from paragraph8.samples.recorded import draws_recorded, is_told

from .codebook import codebook, questions_of
from .designs import DrawnSample, drawn_table, strata_table
from .folder import Written, file_names, files_of, spelled, write
from .numbers import numbers
from .pseudonyms import pseudonyms
from .readme import Told
from .rows import observations, sample
from .stations import stations_table
from .tables import Table, writes_parquet

EXPORTED = "analysis.exported"
"""The entry that an export leaves. It is no state of the mission: an export does not change the next one."""
Progress = Callable[[str], None]


class NothingToExportError(ValueError):
    """The mission has no change, or none of that number."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What an export is made of: one state of a mission, as far as the viewer may take it out."""

    mission: Mission
    as_of: int
    forms: Mapping[str, Sequence[Form]]
    figures: Mapping[Key, Figure]
    refused: Mapping[Key, str]
    populations: Mapping[str, Population]
    files: Mapping[str, str]
    draws: Sequence[DrawnSample]
    hidden: Sequence[str]

    @property
    def origin(self) -> str:
        """What every row says of itself."""
        return self.mission.origin


def export(
    *,
    mission: Mission,
    target: Path,
    by: Viewer,
    now: datetime,
    as_of: int | None = None,
    progress: Progress = lambda _line: None,
) -> Written:
    """Write the folder of a mission as of a change, or of its last one that was no export.

    The same state gives the same bytes. Raises `NotAllowedError` for who may not see the rows of every team,
    `NothingToExportError`, and `FileExistsError`.
    """
    require_rows(mission, viewer=by)
    if target.exists():
        raise FileExistsError(f"{target} exists: an export is never overwritten")
    ground = ground_of(mission, as_of=last_change(mission) if as_of is None else as_of, viewer=by, progress=progress)
    tables = tables_of(ground, viewer=by)
    files = files_of(tables, told_of(ground, tables), _facts(mission), progress=progress)
    written = write(target, files)
    _log(mission, ground.as_of, written, by, now)
    return written


def require_rows(mission: Mission, *, viewer: Viewer) -> None:
    """Rows of every team go out, so that only who may see them all may take them. Raises `NotAllowedError`."""
    require_tables(mission, viewer=viewer)
    if viewer.require(Action.SEE_REPORTS, mission.pk) is not Scope.MISSION:
        raise NotAllowedError(viewer, Action.SEE_REPORTS, mission.pk)
    if teams_seen(mission, viewer=viewer, action=Action.SEE_REPORTS, subject=Subject.ROWS).ids is not None:
        raise NotAllowedError(viewer, Action.SEE_REPORTS, mission.pk)


def last_change(mission: Mission) -> int:
    """The last change of the mission that was no export; 0 when there is none."""
    changes = Change.objects.filter(mission_id=mission.pk).exclude(entry__kind=EXPORTED)
    return changes.aggregate(last=Max("number"))["last"] or 0


def ground_of(mission: Mission, *, as_of: int, viewer: Viewer, progress: Progress) -> Ground:
    """One state of the mission. Raises `NotAllowedError` and `NothingToExportError`."""
    require_rows(mission, viewer=viewer)
    if not Change.objects.filter(number=as_of).exists():
        raise NothingToExportError(mission.slug)
    progress("figures")
    draws, hidden = _draws(mission, as_of=as_of, viewer=viewer)
    keys = [spec.key for spec in catalogue(mission, viewer=viewer)]
    figures, refused = computable(mission, [*keys, *by_area(mission, keys)], as_of=as_of, viewer=viewer)
    progress("rows")
    closed = tuple(f"sample-{name.partition(',')[0]}-" for name in hidden)
    populations = {
        name: population
        for app in apps().values()
        for name, population in app.populations(mission, as_of=as_of).items()
        if population.rows and "answers" in population.rows[0] and not name.startswith(closed)
    }
    return Ground(
        mission=mission,
        as_of=as_of,
        forms=_versions(mission),
        figures=figures,
        refused=refused,
        populations=populations,
        files=file_names(list(populations)),
        draws=draws,
        hidden=hidden,
    )


def tables_of(ground: Ground, *, viewer: Viewer) -> dict[str, Table]:
    """The tables of the folder by the name of their file."""
    mission, found = ground.mission, dict[str, Table]()
    codes = {str(row["team"]) for each in ground.populations.values() for row in each.rows if row["team"]}
    teams = pseudonyms(codes, mission=mission.slug, key=pseudonym_key(settings.KEYS))
    zones = {code: area.zone for code, area in first_level_areas_of(mission).items() if area.zone}
    for name, population in sorted(ground.populations.items()):
        file, form = ground.files[name], form_code(name)
        questions = _questions(ground, form)
        if "probability" in population.rows[0]:
            found[file] = sample(file, population.rows, questions, teams=teams, origin=ground.origin)
            continue
        readings = current(mission, as_of=ground.as_of, viewer=viewer).filter(form_code=form)
        begun = {
            str(uid): (version, moment)
            for uid, version, moment in readings.values_list("report__uid", "form_version__version", "started")
        }
        found[file] = observations(
            file,
            population.rows,
            questions,
            teams=teams,
            begun=begun,
            zone=mission.zone,
            zones=zones,
            origin=ground.origin,
        )
    areas = {code: area.title() for code, area in first_level_areas_of(mission).items()}
    found["codebook"] = codebook(ground.forms, mission.languages, origin=ground.origin, areas=areas)
    found["stations"] = stations_table(mission)
    if ground.draws:
        found["strata"] = strata_table(ground.draws, origin=ground.origin)
        found["drawn"] = drawn_table(ground.draws, origin=ground.origin)
    found["figures"] = numbers(ground.figures.values(), _data_of(ground))
    return found


def told_of(ground: Ground, tables: Mapping[str, Table]) -> Told:
    """What README says."""
    mission = ground.mission
    heard = heard_until(ground.as_of, mission.pk)
    notice = Text.of(mission.notice) if mission.notice else DEMONSTRATION
    reasons = sorted({str(REFUSALS[reason]) for reason in ground.refused.values()})
    return Told(
        title=str(mission.name()),
        slug=mission.slug,
        notices=[string for _, string in notice.strings if string],
        simulated=mission.simulated,
        change=ground.as_of,
        heard=spelled(heard.astimezone(ZoneInfo(mission.zone)) if heard else None),
        software=__version__,
        counts=any(figure.key.measure == "answer" for figure in ground.figures.values()),
        estimates=any(_data_of(ground).get(key) for key, figure in ground.figures.items() if figure.estimate),
        samples=[f"{draw.number}, “{draw.name}”: {draw.design.n} stations drawn" for draw in ground.draws],
        hidden=ground.hidden,
        refused=reasons,
        files=[(f"{name}.csv", _about(name)) for name in tables],
        parquet=writes_parquet(),
    )


def form_code(population: str) -> str:
    """The form of a population of rows with answers."""
    if population.startswith("sample-"):
        return population.split("-", 2)[2]
    return population.partition("-")[2]


def _versions(mission: Mission) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for stored in forms_of(mission):
        found.setdefault(stored.form.code, []).append(stored.form)
    return found


def _questions(ground: Ground, form: str) -> dict[str, Question]:
    return {code: question for code, (_, question) in questions_of(ground.forms[form]).items()}


def _draws(mission: Mission, *, as_of: int, viewer: Viewer) -> tuple[list[DrawnSample], list[str]]:
    """The samples whose stations may be seen, and number and name of the others: few see them before polls close."""
    told, hidden = [], []
    for number, draw in draws_recorded(mission, as_of=as_of):
        if not (is_told(draw, as_of=as_of) or viewer.may(Action.SEE_SAMPLE, mission.pk)):
            hidden.append(f"{number}, “{draw.request.name}”")
            continue
        told.append(
            DrawnSample(
                number=number,
                name=draw.request.name,
                purpose=draw.request.purpose,
                strata_by=draw.request.strata_by,
                commitment=draw.commitment.sha256,
                design=design_of(draw),
                replaced=tuple((row.out, row.reserve) for row in replacements_of(draw)),
            )
        )
    return told, hidden


def _data_of(ground: Ground) -> dict[Key, str]:
    """The file that each figure is computed from, where it is in the folder."""
    names = {key: apps()[key.app].population_of(key) for key in ground.figures}
    return {key: f"{ground.files[name]}.csv" for key, name in names.items() if name in ground.files}


def _about(name: str) -> str:
    if name.startswith("observations-"):
        return "one row a report of this form, as it reads after corrections"
    if name.startswith("sample-"):
        return "one row a station drawn, with design and answers"
    return {
        "codebook": "questions, answers, reasons for no answer, areas, in the languages of the mission",
        "stations": "the list of polling stations in force",
        "strata": "the strata of each draw: N_h and n_h",
        "drawn": "the stations drawn, with their chances",
        "figures": "our numbers, with n, method and change",
    }[name]


def _facts(mission: Mission) -> dict[str, object]:
    return {"slug": mission.slug, "title": mission.title, "origin": mission.origin, "notice": mission.notice}


@transaction.atomic
def _log(mission: Mission, as_of: int, written: Written, by: Viewer, now: datetime) -> None:
    """Say that rows were taken out. The log of a closed mission has ended; its archive is exported all the same."""
    if is_closed(mission.pk):
        return
    append(
        mission_id=mission.pk,
        kind="analysis.exported",
        subject=f"mission:{mission.pk}",
        body={"as_of": as_of, "manifest": written.sha256},
        by=by.name,
        now=now,
    )
