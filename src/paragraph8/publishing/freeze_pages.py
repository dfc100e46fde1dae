"""What the pages of freezes show, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import Figure
from paragraph8.domain.text import Text
from paragraph8.evidence.comparison import Compared, Difference
from paragraph8.evidence.freezes import Opened, freezes_of
from paragraph8.evidence.freezing import JOB
from paragraph8.evidence.models import Freeze
from paragraph8.jobs.models import Job, State
from paragraph8.jobs.queries import jobs_of
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import known_forms
from paragraph8.web.paging import Page, after, older

from .models import Release


@dataclass(frozen=True)
class Line:
    """A freeze in a list. `version` is that of the release that was made of it, 0 when none was; such a freeze has no
    other name."""

    row: Freeze
    version: int

    @property
    def name(self) -> str:
        """What somebody called it."""
        return self.row.request.name if self.row.request else ""

    @property
    def purpose(self) -> str:
        """What somebody made it for."""
        return self.row.request.purpose if self.row.request else ""


@dataclass(frozen=True)
class FreezeRoom:
    """The first page: the freezes and the job that works one out, or why the last one was refused. `left_out` counts
    figures that the last one asked for and the rooms refuse."""

    page: Page[Freeze]
    lines: tuple[Line, ...]
    job: Job | None
    refused: Text | None
    left_out: int


@dataclass(frozen=True)
class FreezePage:
    """One freeze. `figures` are those of this page of the list; `others` what it can be compared with."""

    opened: Opened
    line: Line
    figures: tuple[Figure, ...]
    page: Page[Mapping[str, Any]]
    searched: str
    found: int
    others: tuple[Line, ...]


@dataclass(frozen=True)
class Differences:
    """What differs, a page of it, and how many figures say the same."""

    differences: tuple[Difference, ...]
    page: Page[Mapping[str, Any]]
    n: int
    unchanged: int


OTHERS = 30
"""Freezes that one is offered to be compared with."""


def room(mission: Mission, *, viewer: Viewer, before: int | None) -> FreezeRoom:
    """The list of freezes. Raises `NotAllowedError`."""
    page = older(freezes_of(mission, viewer=viewer), before)
    jobs = jobs_of(mission.pk, viewer=viewer).filter(kind=JOB)
    job = jobs.first() if viewer.may(Action.FREEZE, mission.pk) else None
    stopped = job is not None and job.state in (State.REFUSED, State.BROKEN)
    return FreezeRoom(
        page=page,
        lines=_lines(page.rows),
        job=job if job and (not job.over or stopped) else None,
        refused=Text.of(job.result["text"]) if stopped and job and "text" in job.result else None,
        left_out=job.result.get("refused", 0) if job and job.state == State.DONE else 0,
    )


def line(row: Freeze) -> Line:
    """A freeze with its release."""
    return _lines([row])[0]


def freeze_page(mission: Mission, opened: Opened, query: Mapping[str, Any], *, viewer: Viewer) -> FreezePage:
    """One freeze; `q` narrows the figures to keys or titles that hold it, `after` turns the page."""
    searched = str(query.get("q", "")).strip()[:100]
    figures = [figure for figure in opened.figures.values() if _holds(figure, searched)]
    page = after([{"key": str(figure.key), "figure": figure} for figure in figures], "key", str(query.get("after", "")))
    others = freezes_of(mission, viewer=viewer).exclude(pk=opened.row.pk)[:OTHERS]
    return FreezePage(
        opened=opened,
        line=line(opened.row),
        figures=tuple(row["figure"] for row in page.rows),
        page=page,
        searched=searched,
        found=len(figures),
        others=_lines(list(others)),
    )


def differences(compared: Compared, query: Mapping[str, Any]) -> Differences:
    """The differences, a page of them."""
    rows = [{"key": str(each.key), "difference": each} for each in compared.differences]
    page = after(rows, "key", str(query.get("after", "")))
    shown = tuple(row["difference"] for row in page.rows)
    return Differences(shown, page, len(compared.differences), compared.unchanged)


def form_titles(mission: Mission) -> dict[str, Text]:
    """What each form is called."""
    return {code: form.title for code, form in known_forms(mission).items()}


def _lines(rows: Sequence[Freeze]) -> tuple[Line, ...]:
    versions = dict(Release.objects.filter(freeze__in=[row.pk for row in rows]).values_list("freeze_id", "version"))
    return tuple(Line(row, versions.get(row.pk, 0)) for row in rows)


def _holds(figure: Figure, searched: str) -> bool:
    wanted = searched.casefold()
    return wanted in str(figure.key).casefold() or any(wanted in said.casefold() for _, said in figure.title.strings)
