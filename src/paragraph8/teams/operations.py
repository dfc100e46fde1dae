"""Arranging teams by hand: who sits where, locks, cars and phones, what keeps people apart. Every write appends to the
log, with codes of teams and people and never a number plate, a telephone or a name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, NotAllowedError, Viewer
from paragraph8.audit.operations import append
from paragraph8.missions.models import Area, Institution, Mission, Team
from paragraph8.roster.models import Person

from .models import Apart, AreaLanguage, Lock, Seat
from .queries import TRAVELLING, is_gone, standings

MOST_IN_A_TEAM = 6
LONGEST_CODE = 30


class RefusedTeamError(ValueError):
    """What was asked for cannot be; `words` say why, to the person who asked."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


@transaction.atomic
def add_teams(
    *,
    mission: Mission,
    codes: Sequence[str],
    by: Viewer,
    now: datetime,
    institution: Institution | None = None,
    area: Area | None = None,
) -> list[Team]:
    """New teams without anybody in them. Raises `RefusedTeamError` for a code that is too long, doubled or taken."""
    by.require(Action.MANAGE_TEAMS, mission.pk)
    require_own(mission.pk, institution.pk if institution else None, by, new=True)
    taken = set(mission.teams.filter(code__in=codes).values_list("code", flat=True))
    if taken:
        raise RefusedTeamError(_("There is a team of that code already: %(codes)s") % {"codes": _listed(taken)})
    if len(set(codes)) < len(codes):
        doubled = {code for code in codes if codes.count(code) > 1}
        raise RefusedTeamError(_("The same code stands there twice: %(codes)s") % {"codes": _listed(doubled)})
    if any(not code or len(code) > LONGEST_CODE for code in codes):
        raise RefusedTeamError(_("A code has 1 to 30 characters."))
    teams = Team.objects.bulk_create(
        Team(mission=mission, code=code, institution=institution, area=area) for code in codes
    )
    append(
        mission_id=mission.pk,
        kind="teams.added",
        subject=f"mission:{mission.pk}",
        body={"codes": list(codes)},
        by=by.name,
        now=now,
    )
    return teams


@transaction.atomic
def seat(*, team: Team, person: Person, day: date, by: Viewer, now: datetime) -> None:
    """The person is in this team from the day on, and in no other. Raises `RefusedTeamError`."""
    _may_arrange(team, by)
    _may_move(person, by)
    if team.dissolved_at:
        raise RefusedTeamError(_("This team is dissolved."))
    if person.function not in TRAVELLING or person.mission_id != team.mission_id:
        raise RefusedTeamError(_("Only observers of this mission travel in teams."))
    _must_be_there(person, day)
    if team.seats.filter(until=None).count() >= MOST_IN_A_TEAM:
        raise RefusedTeamError(_("Six people are in this team already; nobody else fits into a car."))
    left = _leave(person, day)
    if left == team:
        raise RefusedTeamError(_("The person is in this team already."))
    Seat.objects.create(team=team, person=person, since=day, at=now, by=by.name)
    body = {"team": team.code, "person": person.code, "from": left.code if left else "", "day": day.isoformat()}
    _log(team, "team.seated", body, by, now)


@transaction.atomic
def unseat(*, person: Person, day: date, by: Viewer, now: datetime) -> None:
    """The person is in no team from the day on. Raises `RefusedTeamError`."""
    by.require(Action.MANAGE_TEAMS, person.mission_id)
    _may_move(person, by)
    team = _leave(person, day)
    if team is None:
        raise RefusedTeamError(_("The person is in no team."))
    _may_arrange(team, by)
    _log(team, "team.left", {"team": team.code, "person": person.code, "day": day.isoformat()}, by, now)


@transaction.atomic
def exchange(*, first: Person, second: Person, day: date, by: Viewer, now: datetime) -> None:
    """The two change places, each into the other's team. Raises `RefusedTeamError` when one has none."""
    by.require(Action.MANAGE_TEAMS, first.mission_id)
    _may_move(first, by)
    _may_move(second, by)
    one, other = _leave(first, day), _leave(second, day)
    if one is None or other is None or one == other:
        raise RefusedTeamError(_("Two people of two different teams can change places."))
    for team, person in ((other, first), (one, second)):
        _may_arrange(team, by)
        _must_be_there(person, day)
        Seat.objects.create(team=team, person=person, since=day, at=now, by=by.name)
    body = {"teams": [one.code, other.code], "people": [first.code, second.code], "day": day.isoformat()}
    _log(one, "team.exchanged", body, by, now)


@transaction.atomic
def set_lock(*, team: Team, locked: bool, by: Viewer, now: datetime) -> None:
    """Lock a team against proposals, or unlock it. Doing it twice changes nothing."""
    _may_arrange(team, by)
    if locked == Lock.objects.filter(team=team).exists():
        return
    if locked:
        Lock.objects.create(team=team, at=now, by=by.name)
        _log(team, "team.locked", {"team": team.code}, by, now)
    else:
        Lock.objects.filter(team=team).delete()
        _log(team, "team.unlocked", {"team": team.code}, by, now)


@transaction.atomic
def dissolve(*, team: Team, day: date, by: Viewer, now: datetime) -> None:
    """End the team; its people are without one from the day on. Its reports stay what they are."""
    _may_arrange(team, by)
    if team.dissolved_at:
        raise RefusedTeamError(_("This team is dissolved."))
    people = [left.person for left in team.seats.filter(until=None).select_related("person")]
    for person in people:
        _leave(person, day)
    end(team, now)
    body = {"team": team.code, "people": sorted(person.code for person in people), "day": day.isoformat()}
    _log(team, "team.dissolved", body, by, now)


@transaction.atomic
def equip(
    *,
    team: Team,
    car: str,
    phone: str,
    area: Area | None,
    institution: Institution | None,
    by: Viewer,
    now: datetime,
) -> None:
    """Car, telephone, area and institution of a team. The log says which of them changed, and no more."""
    _may_arrange(team, by)
    require_own(team.mission_id, institution.pk if institution else None, by, new=True)
    new: Mapping[str, Any] = {"car": car.strip(), "phone": phone.strip(), "area": area, "institution": institution}
    changed = sorted(name for name, value in new.items() if getattr(team, name) != value)
    if not changed:
        return
    for name, value in new.items():
        setattr(team, name, value)
    team.save(update_fields=list(new))
    _log(team, "team.equipped", {"team": team.code, "changed": changed}, by, now)


@dataclass(frozen=True)
class Equipment:
    """Car and telephone of the team of a code."""

    code: str
    car: str
    phone: str


@transaction.atomic
def equip_all(*, mission: Mission, equipment: Sequence[Equipment], by: Viewer, now: datetime) -> int:
    """Cars and telephones of many teams at once, all or none; how many teams changed. Raises `RefusedTeamError` for a
    code that no team has which the viewer arranges, or that stands there twice."""
    by.require(Action.MANAGE_TEAMS, mission.pk)
    codes = [each.code for each in equipment]
    teams = {team.code: team for team in mission.teams.filter(code__in=codes, dissolved_at=None)}
    unknown = {code for code in codes if code not in teams}
    if unknown:
        raise RefusedTeamError(_("No team has this code: %(codes)s") % {"codes": _listed(unknown)})
    doubled = {code for code in codes if codes.count(code) > 1}
    if doubled:
        raise RefusedTeamError(_("The same code stands there twice: %(codes)s") % {"codes": _listed(doubled)})
    changed = []
    for each in equipment:
        team = teams[each.code]
        if (team.car, team.phone) != (each.car, each.phone):
            require_own(mission.pk, team.institution_id, by)
            team.car, team.phone = each.car, each.phone
            changed.append(team)
    if changed:
        Team.objects.bulk_update(changed, ["car", "phone"], batch_size=200)
        _log(mission, "teams.equipped", {"codes": sorted(team.code for team in changed)}, by, now)
    return len(changed)


@transaction.atomic
def keep_apart(*, first: Person, second: Person, by: Viewer, now: datetime) -> None:
    """The two must not travel together. Raises `RefusedTeamError` for one and the same person."""
    by.require(Action.MANAGE_TEAMS, first.mission_id)
    _may_move(first, by)
    _may_move(second, by)
    if first.pk == second.pk or first.mission_id != second.mission_id:
        raise RefusedTeamError(_("Choose two different people."))
    one, other = sorted((first, second), key=lambda person: person.pk)
    _row, new = Apart.objects.get_or_create(first=one, second=other, defaults={"at": now, "by": by.name})
    if new:
        _log(one.mission, "pair.parted", {"people": [one.code, other.code]}, by, now)


@transaction.atomic
def let_together(*, pair: Apart, by: Viewer, now: datetime) -> None:
    """The two may travel together again."""
    by.require(Action.MANAGE_TEAMS, pair.first.mission_id)
    _may_move(pair.first, by)
    first, second = pair.first, pair.second
    pair.delete()
    _log(first.mission, "pair.allowed", {"people": [first.code, second.code]}, by, now)


@transaction.atomic
def ask_languages(*, area: Area, languages: Collection[str], by: Viewer, now: datetime) -> None:
    """Somebody in each team of the area is to speak one of these; none: nothing is asked for."""
    by.require(Action.MANAGE_TEAMS, area.mission_id)
    AreaLanguage.objects.filter(area=area).delete()
    AreaLanguage.objects.bulk_create(AreaLanguage(area=area, language=language) for language in sorted(set(languages)))
    append(
        mission_id=area.mission_id,
        kind="languages.asked",
        subject=f"area:{area.pk}",
        body={"area": area.code, "languages": sorted(set(languages))},
        by=by.name,
        now=now,
    )


def require_own(mission_id: int, institution_id: int | None, by: Viewer, *, new: bool = False) -> None:
    """Somebody of one institution arranges its own teams and people, and those of none. `new`: nor makes theirs into
    anybody else's. Raises `NotAllowedError`."""
    own = by.institutions.get(mission_id)
    if own is not None and institution_id != own and (new or institution_id is not None):
        raise NotAllowedError(by, Action.MANAGE_TEAMS, mission_id)


def end(team: Team, now: datetime) -> None:
    """Note that a team exists no more; part of an operation."""
    team.dissolved_at = now
    team.save(update_fields=["dissolved_at"])
    Lock.objects.filter(team=team).delete()


def leave(seats: Collection[Seat], day: date) -> None:
    """End seats on the day; part of an operation. Raises `RefusedTeamError` for a day before one began."""
    for held in seats:
        if day < held.since:
            raise RefusedTeamError(
                _("%(person)s came to %(team)s after that day.") % {"person": held.person.code, "team": held.team.code}
            )
    Seat.objects.filter(pk__in=[held.pk for held in seats]).update(until=day)


def _leave(person: Person, day: date) -> Team | None:
    held = Seat.objects.filter(person=person, until=None).select_related("team", "person").first()
    if held is None:
        return None
    leave([held], day)
    return held.team


def _may_arrange(team: Team, by: Viewer) -> None:
    by.require(Action.MANAGE_TEAMS, team.mission_id)
    require_own(team.mission_id, team.institution_id, by)


def _may_move(person: Person, by: Viewer) -> None:
    require_own(person.mission_id, person.institution_id, by)


def _must_be_there(person: Person, day: date) -> None:
    if is_gone(person, standings(person.mission, [person], day=day)[person.pk]):
        raise RefusedTeamError(_("On that day the person is no longer part of the mission."))


def _listed(codes: Collection[str]) -> str:
    return ", ".join(sorted(codes))


def _log(about: Team | Mission, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    of_team = isinstance(about, Team)
    append(
        mission_id=about.mission_id if isinstance(about, Team) else about.pk,
        kind=kind,
        subject=f"{'team' if of_team else 'mission'}:{about.pk}",
        body=body,
        by=by.name,
        now=now,
    )
