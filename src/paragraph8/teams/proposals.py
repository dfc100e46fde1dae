"""Proposals: made by a solver, looked at, accepted or not. Nothing changes before somebody accepts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import digest
from paragraph8.domain.people import Function
from paragraph8.missions.models import Mission, Team
from paragraph8.planning.pairing import Place, propose
from paragraph8.planning.repairing import repair
from paragraph8.planning.travellers import Group, Quality, Rules, quality_of

from .models import Origin, Proposal, Seat
from .operations import RefusedTeamError, end, leave
from .queries import languages_asked
from .situation import Situation, situation

PREFIXES = {Function.LTO: "L", Function.STO: "S", Function.PARLIAMENTARIAN: "M"}
FORMED, CHANGED, DISSOLVED = "formed", "changed", "given-up"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a proposal is asked for. `kinds`: whose teams; `anew`: unlocked teams are taken apart, else only people
    without one are placed; `arrived`: only those who are in the country. `areas` are codes, one for each new team."""

    rules: Rules
    kinds: Collection[str]
    seed: int
    anew: bool = False
    arrived: bool = False
    areas: Sequence[str] = ()


def make_proposal(*, mission: Mission, wish: Wish, day: date, by: Viewer, now: datetime) -> Proposal:
    """Propose teams. Raises `RefusedTeamError` when there is nobody to propose them for."""
    now_is = situation(mission, day=day, by=by)
    rules = replace(wish.rules, apart=now_is.apart)
    codes = [
        code
        for code, person in now_is.people.items()
        if person.function in wish.kinds and (not wish.arrived or code in now_is.arrived)
    ]
    kept = [g for g in now_is.groups if g.locked or not wish.anew or not _of_kinds(g, now_is, wish.kinds)]
    opened = [group for group in now_is.groups if group not in kept]
    held = {code for group in kept for code in group.members}
    free = [now_is.travellers[code] for code in codes if code not in held]
    if not free:
        raise RefusedTeamError(_("Nobody is without a team, so there is nothing to propose."))
    asked = {area.code: (area, languages_asked(mission).get(area.pk, frozenset())) for area in mission.areas.all()}
    places: dict[str, list[Place]] = {}
    for group in opened:
        kind = next(now_is.people[code].function for code in group.members if code in now_is.people)
        places.setdefault(kind, []).append(Place(area=group.area, speaks=group.speaks))
    for kind in wish.kinds:
        places.setdefault(kind, []).extend(Place(area=code, speaks=asked[code][1]) for code in wish.areas)
    made = propose(free, rules=rules, seed=wish.seed, places=places)
    teams = _with_codes(made.teams, opened, now_is, rules, mission)
    quality = quality_of(teams, now_is.travellers, rules, alone=made.alone)
    changes = _differences(opened, teams)
    return _store(
        mission, Origin.PAIRING, rules, teams, changes, quality, now_is, by, now, seed=wish.seed, alone=list(made.alone)
    )


def make_repair(*, mission: Mission, rules: Rules, day: date, by: Viewer, now: datetime) -> Proposal:
    """Propose how teams go on without those who are gone. Raises `RefusedTeamError` when nobody is."""
    now_is = situation(mission, day=day, by=by)
    if not now_is.gone:
        raise RefusedTeamError(
            _("Nobody in a team has withdrawn or lost the accreditation: nothing is to be repaired.")
        )
    rules = replace(rules, apart=now_is.apart)
    teams = [group for group in now_is.groups if group.members]
    found = repair(teams, set(now_is.gone), people=now_is.travellers, rules=rules, spare=now_is.spare)
    changes = [
        {"code": change.code, "before": list(change.before), "after": list(change.after), "why": change.why.value}
        for change in found.changes
    ]
    changed = {change.code for change in found.changes}
    after = [group for group in found.teams if group.code in changed]
    return _store(
        mission,
        Origin.REPAIR,
        rules,
        after,
        changes,
        quality_of(after, now_is.travellers, rules),
        now_is,
        by,
        now,
        gone=list(now_is.gone),
        opened=found.opened,
        proven=found.proven,
        alone=list(found.alone),
    )


@transaction.atomic
def accept(*, proposal: Proposal, by: Viewer, now: datetime) -> None:
    """Make the proposed teams the teams. Raises `RefusedTeamError` when it is decided or overtaken."""
    mission = proposal.mission
    by.require(Action.MANAGE_TEAMS, mission.pk)
    _undecided(proposal)
    now_is = situation(mission, day=proposal.day, by=by)
    if now_is.base != proposal.base:
        raise RefusedTeamError(
            _("Teams or people have changed since this was proposed. Nothing was changed; propose again.")
        )
    changes = proposal.body["changes"]
    codes = {code for change in changes for code in (*change["before"], *change["after"])}
    held = Seat.objects.filter(team__mission=mission, person__code__in=codes, until=None)
    staying = {(change["code"], code) for change in changes for code in change["after"]}
    leave(
        [s for s in held.select_related("team", "person") if (s.team.code, s.person.code) not in staying], proposal.day
    )
    seats = [_seats(mission, change, now_is, proposal, by, now) for change in changes]
    Seat.objects.bulk_create(seat for of_team in seats for seat in of_team)
    Proposal.objects.filter(pk=proposal.pk).update(accepted_at=now, accepted_by=by.name)
    body = {"proposal": proposal.pk, "origin": proposal.origin, "n": len(changes), "changes": digest(changes)}
    _log(proposal, "proposal.accepted", body, by, now)


@transaction.atomic
def discard(*, proposal: Proposal, by: Viewer, now: datetime) -> None:
    """Do without the proposal; nothing changes. Raises `RefusedTeamError` when it is decided."""
    by.require(Action.MANAGE_TEAMS, proposal.mission_id)
    _undecided(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(discarded_at=now)
    _log(proposal, "proposal.discarded", {"proposal": proposal.pk}, by, now)


def rules_of(mission: Mission) -> Rules:
    """The rules of the newest accepted proposal, or those that a mission begins with."""
    newest = mission.team_proposals.exclude(accepted_at=None).order_by("-accepted_at", "-pk").first()
    if newest is None:
        return Rules()
    told = newest.body["rules"]
    return Rules(
        size=told["size"],
        mixed_institutions=told["mixed"],
        experienced_from=told["experienced"],
        working=frozenset(told["working"]),
    )


def _of_kinds(group: Group, now_is: Situation, kinds: Collection[str]) -> bool:
    """Whether somebody of the group is of one of the kinds; a team without anybody stays as it is."""
    return any(code in now_is.people and now_is.people[code].function in kinds for code in group.members)


def _with_codes(
    groups: Sequence[Group], opened: Sequence[Group], now_is: Situation, rules: Rules, mission: Mission
) -> tuple[Group, ...]:
    """Each group under the code of the opened team of its pool and area that it shares most people with, so that car,
    telephone and device stay; those beyond count on from the lowest free code of their kind."""

    def pool(group: Group) -> tuple[str, str]:
        return rules.pool(next(now_is.travellers[code] for code in group.members if code in now_is.travellers))

    pairs = sorted(
        (-len(set(group.members) & set(team.members)), team.code, index)
        for index, group in enumerate(groups)
        for team in opened
        if group.area == team.area and pool(group) == pool(team)
    )
    named: dict[int, str] = {}
    used: set[str] = set()
    for _shared, code, index in pairs:
        if index not in named and code not in used:
            named[index] = code
            used.add(code)
    taken = set(mission.teams.values_list("code", flat=True))
    for index, group in enumerate(groups):
        if index not in named:
            named[index] = _new_code(now_is.people[group.members[0]].function, taken)
            taken.add(named[index])
    return tuple(replace(group, code=named[index]) for index, group in enumerate(groups))


def _new_code(kind: str, taken: Collection[str]) -> str:
    prefix = PREFIXES.get(Function(kind), "T")
    number = 1
    while f"{prefix}{number:03d}" in taken:
        number += 1
    return f"{prefix}{number:03d}"


def _differences(before: Sequence[Group], after: Sequence[Group]) -> list[dict[str, Any]]:
    old = {group.code: group for group in before}
    new = {group.code: group for group in after}
    found = []
    for group in after:
        was = old.get(group.code)
        if was is None or set(was.members) != set(group.members):
            found.append(_difference(group, was.members if was else (), group.members, CHANGED if was else FORMED))
    found += [_difference(group, group.members, (), DISSOLVED) for group in before if group.code not in new]
    return found


def _difference(group: Group, before: Sequence[str], after: Sequence[str], why: str) -> dict[str, Any]:
    return {"code": group.code, "area": group.area, "before": list(before), "after": list(after), "why": why}


def _store(
    mission: Mission,
    origin: Origin,
    rules: Rules,
    teams: Sequence[Group],
    changes: Sequence[Mapping[str, Any]],
    quality: Quality,
    now_is: Situation,
    by: Viewer,
    now: datetime,
    **more: Any,
) -> Proposal:
    body = {
        "institution": by.institutions.get(mission.pk),
        "rules": {
            "size": rules.size,
            "mixed": rules.mixed_institutions,
            "experienced": rules.experienced_from,
            "working": sorted(rules.working),
        },
        "teams": [{"code": group.code, "members": list(group.members), "area": group.area} for group in teams],
        "changes": list(changes),
        "quality": quality_to_json(quality),
        **more,
    }
    with transaction.atomic():
        proposal = Proposal.objects.create(
            mission=mission, origin=origin.value, body=body, base=now_is.base, day=now_is.day, at=now, by=by.name
        )
        told = {"proposal": proposal.pk, "origin": origin.value, "body": digest(body)}
        _log(proposal, "proposal.made", told, by, now)
    return proposal


def quality_to_json(quality: Quality) -> dict[str, Any]:
    """The quality as a proposal keeps it."""
    return {
        "people": quality.people,
        "teams": quality.teams,
        "threes": [list(members) for members in quality.threes],
        "mixes": {
            trait.value: {"mixed": mix.mixed, "same": mix.same, "unknown": mix.unknown, "possible": mix.possible}
            for trait, mix in quality.mixes.items()
        },
        "unmet": [{"reason": u.reason.value, "people": list(u.people), "code": u.code} for u in quality.unmet],
        "unknown_languages": list(quality.unknown_languages),
    }


def _seats(
    mission: Mission, change: Mapping[str, Any], now_is: Situation, proposal: Proposal, by: Viewer, now: datetime
) -> list[Seat]:
    team = now_is.teams.get(change["code"])
    if team is not None and not change["after"]:
        end(team, now)
        return []
    people = [now_is.people[code] for code in change["after"]]
    of = {person.institution_id for person in people}
    institution = of.pop() if len(of) == 1 else None
    if team is None:
        area = mission.areas.filter(code=change.get("area", "")).first()
        team = Team.objects.create(mission=mission, code=change["code"], area=area, institution_id=institution)
    elif team.institution_id != institution:
        Team.objects.filter(pk=team.pk).update(institution_id=institution)
    return [
        Seat(team=team, person=person, since=proposal.day, at=now, by=by.name)
        for person in people
        if person.code not in change["before"]
    ]


def _undecided(proposal: Proposal) -> None:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.accepted_at or held.discarded_at:
        raise RefusedTeamError(_("This proposal was decided already."))


def _log(proposal: Proposal, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    append(mission_id=proposal.mission_id, kind=kind, subject=f"proposal:{proposal.pk}", body=body, by=by.name, now=now)
