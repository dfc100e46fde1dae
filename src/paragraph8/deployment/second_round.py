"""A second round: a mission that carries over people, stations, teams and forms of the first.

It stands here because it writes into several rooms that may not know each other. Every part is a short transaction and
skips what is there already, so that a call that was cut off is finished by calling again; the last step makes the
station list count, lets the members in and writes the log. Local staff are not carried over: they are hired anew.
Readings, reports, results and releases stay with the first round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.models import Membership
from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.contests import ON_BALLOT
from paragraph8.domain.figures import Origin
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import Progress, start
from paragraph8.missions.models import Contestant, Mission, StationList
from paragraph8.missions.operations import create_mission, store_form
from paragraph8.missions.queries import latest_forms

from .carrying_over import carry_contest, carry_frame, carry_people, carry_stations, carry_teams

CARRIED = "mission.carried-over"
NEEDED = (
    Action.MANAGE_MISSION,
    Action.MANAGE_ROSTER,
    Action.MANAGE_TEAMS,
    Action.MANAGE_PLACES,
    Action.MANAGE_FORMS,
    Action.MANAGE_CONTEST,
)
"""What the viewer must be allowed in the first round, apart from founding missions."""

REFUSALS = {
    "slug-taken": Text.of(
        {
            "en": "There is a mission of that short name already. Choose another for the second round.",
            "kk": "Мұндай қысқа атауы бар миссия бар. Екінші турға басқа атау таңдаңыз.",
            "ru": "Миссия с таким кратким названием уже есть. Выберите другое для второго тура.",
        }
    ),
    "two-contestants": Text.of(
        {
            "en": "A second round is between two different contestants of one contest who were both on the ballot "
            "of the first.",
            "kk": "Екінші турға бір сайлаудың бірінші турында бюллетеньде болған екі түрлі кандидат шығады.",
            "ru": "Во втором туре участвуют два разных кандидата одних выборов, стоявшие в бюллетене первого тура.",
        }
    ),
    "not-later": Text.of(
        {
            "en": "The second round must be held after the first.",
            "kk": "Екінші тур біріншісінен кейін өтуі керек.",
            "ru": "Второй тур должен пройти после первого.",
        }
    ),
}


class RefusedRoundError(ValueError):
    """The second round cannot be made so; nothing was changed. `reason` is a code of `REFUSALS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}: {REFUSALS[reason]}")
        self.reason = reason

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return REFUSALS[self.reason]


def second_round(
    *,
    mission: Mission,
    slug: str,
    title: Text,
    election_date: date,
    contestants: tuple[str, str],
    by: Viewer,
    now: datetime,
) -> Mission:
    """The mission of the second round between two contestants (codes) of `mission`, the first.

    Calling again after a fault goes on where it stopped. Raises as `begin_round` does.
    """
    made = begin_round(
        mission=mission,
        slug=slug,
        title=title,
        election_date=election_date,
        contestants=contestants,
        by=by,
        now=now,
    )
    carry_over(made=made, contestants=contestants, by=by, now=now)
    return made


def begin_round(
    *,
    mission: Mission,
    slug: str,
    title: Text,
    election_date: date,
    contestants: tuple[str, str],
    by: Viewer,
    now: datetime,
) -> Mission:
    """The mission of the second round, still empty and open to nobody; the unfinished one when it was begun before.

    Raises `NotAllowedError`, `PermissionError` for who is no founder, and `RefusedRoundError`.
    """
    for action in NEEDED:
        by.require(action, mission.pk)
    _standing(mission, contestants)
    if mission.election_date is not None and election_date <= mission.election_date:
        raise RefusedRoundError("not-later")
    made = Mission.objects.filter(slug=slug).first()
    if made is not None and (made.first_round_id != mission.pk or is_complete(made)):
        raise RefusedRoundError("slug-taken")
    return made or _founded(mission, slug, title, election_date, by, now)


@transaction.atomic
def start_round(
    *,
    mission: Mission,
    slug: str,
    title: Text,
    election_date: date,
    contestants: tuple[str, str],
    by: Viewer,
    now: datetime,
) -> Job:
    """Begin the second round, and carry everything over in a job. Raises as `begin_round` does."""
    made = begin_round(
        mission=mission,
        slug=slug,
        title=title,
        election_date=election_date,
        contestants=contestants,
        by=by,
        now=now,
    )
    return start(
        mission_id=mission.pk,
        kind="second-round",
        arguments={"round": made.pk, "contestants": list(contestants)},
        action=Action.MANAGE_MISSION,
        by=by,
        now=now,
    )


def carry(job: Job, progress: Progress) -> Mapping[str, Any]:
    """The job: one second round."""
    made = Mission.objects.get(pk=job.arguments["round"])
    first, second = job.arguments["contestants"]
    by = Viewer(job.by, system=True)
    carry_over(made=made, contestants=(first, second), by=by, now=job.moment(), progress=progress)
    return {"round": made.pk}


def carry_over(
    *,
    made: Mission,
    contestants: tuple[str, str],
    by: Viewer,
    now: datetime,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Carry everything from the first round to `made`, part by part, and let its members in."""
    mission = made.first_round
    if mission is None:
        raise ValueError(f"{made.slug} is no later round")
    standing = _standing(mission, contestants)
    carrier = _as_in(by, mission, made)
    parts: tuple[Callable[[], object], ...] = (
        lambda: carry_frame(mission, made),
        lambda: carry_contest(mission, made, standing, carrier, now),
        lambda: _carry_forms(mission, made, carrier, now),
        lambda: carry_people(mission, made, carrier, now),
        lambda: carry_teams(mission, made, carrier, now),
    )
    for done, part in enumerate(parts):
        progress(done, len(parts) + 1)
        part()
    progress(len(parts), len(parts) + 1)
    stations = carry_stations(mission, made, by, now)
    _finish(mission, made, stations, by, now)


def rounds_after(mission: Mission, *, viewer: Viewer) -> list[Mission]:
    """The second rounds of a mission that are complete, for who belongs to them."""
    viewer.require(Action.MANAGE_MISSION, mission.pk)
    return [made for made in mission.later_rounds.order_by("pk") if made.pk in viewer.roles]


def _standing(mission: Mission, codes: tuple[str, str]) -> list[Contestant]:
    found = list(mission.contestants.filter(code__in=codes).select_related("contest"))
    same = len({row.contest_id for row in found}) == 1
    if len(found) != 2 or not same or any(row.status not in ON_BALLOT for row in found):
        raise RefusedRoundError("two-contestants")
    return found


def _carry_forms(first: Mission, made: Mission, by: Viewer, now: datetime) -> None:
    for form in latest_forms(first).values():
        store_form(mission=made, form=form, by=by, now=now)


def is_complete(mission: Mission) -> bool:
    """Whether everything was carried over to this round."""
    return LogEntry.objects.filter(mission_id=mission.pk, kind=CARRIED).exists()


@transaction.atomic
def _founded(first: Mission, slug: str, title: Text, day: date, by: Viewer, now: datetime) -> Mission:
    made = create_mission(
        slug=slug,
        title=title,
        by=by,
        now=now,
        format=first.kind,
        origin=Origin(first.origin),
        languages=first.languages,
        zone=first.zone,
        election_date=day,
        notice=Text.of(first.notice) if first.notice else None,
        contacts=first.contacts,
    )
    made.first_round = first
    made.save(update_fields=["first_round"])
    return made


def _as_in(by: Viewer, first: Mission, made: Mission) -> Viewer:
    """The viewer with the same role in the new mission."""
    if by.system:
        return by
    return replace(by, roles={**by.roles, made.pk: by.roles[first.pk]})


@transaction.atomic
def _finish(first: Mission, made: Mission, stations: StationList | None, by: Viewer, now: datetime) -> None:
    """From here on the mission is there for its members."""
    if stations:
        StationList.objects.filter(pk=stations.pk).update(published_at=now)
        made.station_list = stations
        made.save(update_fields=["station_list"])
    teams = {team.code: team for team in made.teams.all()}
    institutions = {row.code: row for row in made.institutions.all()}
    areas = {area.code: area for area in made.areas.all()}
    for old in Membership.objects.filter(mission=first).select_related("team", "institution", "user"):
        new, _ = Membership.objects.get_or_create(
            user=old.user,
            mission=made,
            defaults={
                "role": old.role,
                "team": teams.get(old.team.code) if old.team else None,
                "institution": institutions.get(old.institution.code) if old.institution else None,
            },
        )
        new.areas.set(areas[code] for code in old.areas.values_list("code", flat=True) if code in areas)
    body = {
        "first": first.slug,
        "people": made.people.count(),
        "teams": len(teams),
        "stations": stations.n if stations else 0,
        "forms": made.forms.count(),
        "contestants": sorted(made.contestants.values_list("code", flat=True)),
    }
    append(
        mission_id=made.pk, kind="mission.carried-over", subject=f"mission:{made.pk}", body=body, by=by.name, now=now
    )
