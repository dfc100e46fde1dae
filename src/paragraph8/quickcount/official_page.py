"""The newest official result beside the quick count: consistent with it or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.contest.models import ResultLine, ResultVersion
from paragraph8.contest.queries import lines_of, versions_of
from paragraph8.domain.contests import Count as Counted
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.quickcount.counts import Count, Limits
from paragraph8.statistics.quickcount.official import Agreement, Compared, compare
from paragraph8.statistics.quickcount.plans import Base, CountPlan

from . import spoken


@dataclass(frozen=True, kw_only=True)
class ComparedLine:
    """One quantity: official, estimated, limits alone and for the family, and whether it lies inside."""

    name: Text | str
    official: str
    value: str
    bounds: str
    inside: bool
    inside_family: bool


@dataclass(frozen=True, kw_only=True)
class OfficialPage:
    """The comparison with one version. `lead` is the last of `lines`' kind; `consistent` is of the whole family."""

    version: ResultVersion
    author: Text
    lines: tuple[ComparedLine, ...]
    lead: ComparedLine
    consistent: bool
    family: int
    level: str


def official_page(
    mission: Mission, plan: CountPlan, count: Count | None, names: Mapping[str, Text], *, viewer: Viewer
) -> OfficialPage | None:
    """Beside the newest version that gives every contestant's votes for the whole; nothing where there is none, or
    where the viewer may not see results."""
    if count is None or not viewer.may(Action.SEE_CONTEST, mission.pk):
        return None
    versions = versions_of(mission, viewer=viewer)
    lines = lines_of(versions, areas=False)
    for version in reversed(versions):
        shares = official_shares(lines[version.code], plan)
        found = compare(count, shares, level=plan.looks.final) if shares else None
        if found is not None:
            return OfficialPage(
                version=version,
                author=Text.of(version.author),
                lines=tuple(_line(row, names.get(row.name, Text.of(row.name))) for row in found.rows),
                lead=_line(found.lead, "", points=True),
                consistent=found.agreement is Agreement.CONSISTENT,
                family=found.family,
                level=spoken.level(found.level),
            )
    return None


def official_shares(lines: Sequence[ResultLine], plan: CountPlan) -> dict[str, float]:
    """Official votes as shares of what the plan takes shares of; empty where the version does not say."""
    votes = {line.contestant: line.n for line in lines if line.line == Counted.VOTES.value and line.n is not None}
    said = {line.line: line.n for line in lines if line.n is not None and not line.contestant}
    whole = said.get(Counted.VALID.value)
    if whole is None:
        whole = sum(votes.values()) + said.get(Counted.AGAINST_ALL.value, 0)
    if plan.base_is is Base.BALLOTS:
        if Counted.INVALID.value not in said:
            return {}
        whole += said[Counted.INVALID.value]
    return {name: n / whole for name, n in votes.items()} if whole else {}


def _line(row: Compared, name: Text | str, *, points: bool = False) -> ComparedLine:
    say = spoken.points if points else spoken.per_cent
    return ComparedLine(
        name=name,
        official=say(row.official),
        value=say(row.value),
        bounds=spoken.bounds(Limits(row.low, row.high, 0.0)),
        inside=row.agreement is Agreement.CONSISTENT,
        inside_family=row.agreement_family is Agreement.CONSISTENT,
    )
