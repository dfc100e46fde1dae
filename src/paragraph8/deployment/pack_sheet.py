"""One team's pack: what stands in it, and its PDF (PDF/UA-1). The same data give the same bytes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from paragraph8.accounts.enrolling import Prepared
from paragraph8.accounts.permissions import Viewer
from paragraph8.documents.labels import DEMONSTRATION
from paragraph8.documents.languages import direction
from paragraph8.documents.tree import TypesettingError
from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text
from paragraph8.missions.models import Contact, Mission, Station
from paragraph8.missions.queries import areas_of, latest_forms
from paragraph8.wording.numbers import format_date, format_integer

from .days import suggested_of
from .drawn_stops import stops_of_teams
from .models import Assignment, Mode, Plan, PlanTeam, Role
from .pack_texts import KINDS, LABELS, ROLES, SAFETY
from .parameters import written
from .problem import areas_of_teams
from .queries import stations_of

ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD, _PART_OF_WORD = re.compile(r"\S{30,}"), re.compile(r".{1,15}")


@dataclass(frozen=True)
class Shared:
    """What the packs of one plan have in common, read once."""

    plan: Plan
    language: str
    now: datetime
    contacts: Sequence[Mapping[str, Any]]
    forms: Mapping[str, Text]
    areas: Mapping[str, Text]
    of_teams: Mapping[int, frozenset[str]]

    @property
    def mission(self) -> Mission:
        """Whose packs they are."""
        return self.plan.mission


def shared(plan: Plan, *, language: str, now: datetime) -> Shared:
    """Read it."""
    mission = plan.mission
    return Shared(
        plan=plan,
        language=language,
        now=now,
        contacts=_contacts(mission, mission.election_date or now.date(), language),
        forms={code: form.title for code, form in latest_forms(mission).items()},
        areas={code: Text.of(area.name) for code, area in areas_of(mission).items()},
        of_teams=areas_of_teams(mission),
    )


def pack(of: Shared, member: PlanTeam, *, prepared: Prepared | None, by: Viewer) -> bytes:
    """The PDF of one team. Raises `TypesettingError`."""
    return typeset(contents(of, member, prepared=prepared, by=by), name=f"{member.team.code}.{of.language}", at=of.now)


def contents(of: Shared, member: PlanTeam, *, prepared: Prepared | None, by: Viewer) -> dict[str, Any]:
    """What stands in a pack. It names no person, and no stop that chance named."""
    language, team, mission = of.language, member.team, of.mission
    say = {name: text.shown(language).string for name, text in LABELS.items()}
    stops = suggested_of(of.plan, viewer=by, team=team)
    hidden = bool(stops_of_teams(mission, [team.pk]))
    areas = [of.areas[code].shown(language).string for code in sorted(of.of_teams.get(team.pk, ()))]
    facts = [
        (say["area"], ", ".join(areas) or say["everywhere"]),
        (say["car"], team.car),
        (say["phone"], team.phone),
        (say["day"], format_date(mission.election_date, language) if mission.election_date else ""),
        (say["made"], _local(of.now, mission, language)),
    ]
    notice = Text.of(mission.notice) if mission.notice else DEMONSTRATION
    return {
        "lang": language.partition("-")[0],
        "rtl": direction(language) == "rtl",
        "notice": notice.shown(language).string if mission.simulated else "",
        "mission": mission.name().shown(language).string,
        "title": f"{say['pack']} {team.code}",
        "facts": [[name, _breakable(value)] for name, value in facts if value],
        "contacts": of.contacts,
        "safety": [text.shown(language).string for text in SAFETY],
        "code": _code(mission, prepared) if prepared else None,
        "own-route": member.mode in (Mode.AREA, Mode.SUGGESTED),
        "stops": [_stop(stop, language) for stop in stops],
        "hidden": hidden,
        "reports": _reports(of, team.pk),
        "forms": [f"{text.shown(language).string} ({code})" for code, text in of.forms.items()],
        "stations": [] if member.mode == Mode.ALL_DAY else [
            _station(station, language) for station in stations_of(mission, team, viewer=by, plan=of.plan)
        ],
        "labels": say,
    }  # fmt: skip


def typeset(data: Mapping[str, Any], *, name: str, at: datetime) -> bytes:
    """The PDF. Raises `TypesettingError`, also on what the typesetter calls a warning."""
    import typst

    try:
        content, warnings = typst.compile_with_warnings(
            _template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"pack": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{name}: {error}") from error
    if warnings or not isinstance(content, bytes):
        raise TypesettingError(f"{name}: {warnings[0] if warnings else 'no single file came out'}")
    return content


@cache
def _template() -> bytes:
    return files(__package__).joinpath("text", "pack.typ").read_bytes()


def _contacts(mission: Mission, day: date, language: str) -> list[dict[str, Any]]:
    """Offices with telephone and address that hold on the day; private ones are for the mission's own people, and a
    pack says so. It names nobody: who answers changes, and a pack may be lost."""
    holding = Contact.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day), mission=mission
    ).order_by("pk")
    return [
        {
            "office": Text.of(contact.office).shown(language).string,
            "reach": _breakable(", ".join(part for part in (contact.phone, contact.email) if part)),
            "private": not contact.public,
        }
        for contact in holding
    ]


def _code(mission: Mission, prepared: Prepared) -> dict[str, str]:
    import segno

    picture = io.BytesIO()
    segno.make(scanned(mission.slug, prepared.code), error="m", micro=False).save(picture, kind="svg", scale=4)
    return {"string": prepared.code, "number": str(prepared.enrolment.number), "picture": picture.getvalue().decode()}


def scanned(slug: str, code: str) -> str:
    """What the picture of a code says; see docs/sending.md."""
    return f"paragraph8:{slug}:{code}"


def _stop(stop: Assignment, language: str) -> dict[str, str]:
    return {
        "role": ROLES[Role(stop.role)].shown(language).string,
        "number": _breakable(stop.station.label or stop.station.key),
        "name": _name(stop.station, language),
        "time": f"{written(stop.arrive)}–{written(stop.leave)}",
    }


def _reports(of: Shared, team_id: int) -> list[dict[str, str]]:
    """What is expected; nothing of drawn stops, for their place and time are told by the phone."""
    rows = of.plan.expected.filter(team_id=team_id).select_related("station")
    zone = ZoneInfo(of.mission.zone)
    return [
        {
            "form": of.forms[row.form].shown(of.language).string if row.form in of.forms else row.form,
            "number": (row.station.label or row.station.key) if row.station else "",
            "time": f"{row.begins.astimezone(zone):%H:%M}–{row.ends.astimezone(zone):%H:%M}",
        }
        for row in rows.order_by("ends", "pk")
    ]


def _station(station: Station, language: str) -> list[str]:
    kind = KINDS[StationKind(station.kind)].shown(language).string
    voters = "" if station.registered is None else format_integer(station.registered, language)
    return [_breakable(station.label or station.key), _name(station, language), kind, voters]


def _name(station: Station, language: str) -> str:
    name = Text.of(station.name).shown(language).string if station.name else ""
    return _breakable(", ".join(part for part in (name, station.address) if part) or "–")


def _local(moment: datetime, mission: Mission, language: str) -> str:
    local = moment.astimezone(ZoneInfo(mission.zone))
    return f"{format_date(local.date(), language)}, {local:%H:%M}"


def _breakable(string: str) -> str:
    return _LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(_PART_OF_WORD.findall(word[0])), string)
