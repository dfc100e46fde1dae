"""Setting a mission up, and the figures of its registers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conftest import NOW, SmallMission
from paragraph8.accounts.permissions import command
from paragraph8.audit.models import LogEntry
from paragraph8.domain.figures import Basis, Key, Origin, Unit
from paragraph8.domain.text import Text
from paragraph8.missions.figures import catalogue, compute
from paragraph8.missions.models import Contestant, RegisterLine
from paragraph8.missions.operations import (
    FormChangedError,
    add_contestants,
    add_register_lines,
    create_mission,
    store_form,
)
from paragraph8.missions.setting_up import add_institutions

SERVER = command("test")


def figure(mission: SmallMission, spelling: str) -> object:
    key = Key.parse(spelling)
    return compute(mission.row, [key], as_of=0)[key]


@pytest.fixture
def registered(mission: SmallMission) -> SmallMission:
    row = mission.row
    contestants = [
        Contestant(mission=row, code="a", name={"en": "A"}, gender="f", source="List"),
        Contestant(mission=row, code="b", name={"en": "B"}, gender="m", source="List"),
        Contestant(mission=row, code="c", name={"en": "C"}, gender="f", status="refused", source="List"),
    ]
    add_contestants(mission=row, contestants=contestants, by=SERVER, now=NOW)
    add_institutions(mission=row, names={"office": Text.of("Office")}, by=SERVER, now=NOW)
    lines = [
        RegisterLine(mission=row, register="voters", code="lists", n=11_960_364, source="Commission"),
        RegisterLine(mission=row, register="observers", code="o", institution="office", n=290, source="Roster"),
        RegisterLine(mission=row, register="observers", code="p", institution="assembly", n=49, source="Roster"),
    ]
    add_register_lines(mission=row, lines=lines, by=SERVER, now=NOW)
    return mission


def test_registered_candidates_are_counted_and_refused_ones_are_not(registered: SmallMission) -> None:
    assert figure(registered, "missions.contestants").value == 2
    assert figure(registered, "missions.contestants[gender=f]").value == 1


def test_a_total_comes_with_its_source_and_counts_as_real(registered: SmallMission) -> None:
    voters = figure(registered, "missions.voters")
    assert (voters.value, voters.source, voters.basis, voters.unit) == (
        11_960_364,
        "Commission",
        Basis.REGISTER,
        Unit.VOTER,
    )
    assert voters.origin is Origin.REAL


def test_stations_that_reports_name_are_no_register_of_the_country(registered: SmallMission) -> None:
    assert Key.of("missions", "stations") not in [spec.key for spec in catalogue(registered.row)]


def test_roster_sums_add_up(registered: SmallMission) -> None:
    assert figure(registered, "missions.observers").value == 339
    assert figure(registered, "missions.observers[institution=office]").value == 290


def test_the_catalogue_holds_what_can_be_computed_and_nothing_else(registered: SmallMission) -> None:
    keys = [spec.key for spec in catalogue(registered.row)]
    assert set(compute(registered.row, keys, as_of=0)) == set(keys)
    assert Key.of("missions", "countries") not in keys


def test_a_register_line_without_a_source_is_refused(mission: SmallMission) -> None:
    line = RegisterLine(mission=mission.row, register="voters", code="x", n=1, source="")
    with pytest.raises(ValueError, match="source"):
        add_register_lines(mission=mission.row, lines=[line], by=SERVER, now=NOW)


def test_a_form_version_never_changes(mission: SmallMission) -> None:
    assert store_form(mission=mission.row, form=mission.form, by=SERVER, now=NOW).version == "1"
    changed = replace(mission.form, title=Text.of("Other"))
    with pytest.raises(FormChangedError):
        store_form(mission=mission.row, form=changed, by=SERVER, now=NOW)
    assert store_form(mission=mission.row, form=replace(changed, version="2"), by=SERVER, now=NOW).version == "2"


def test_a_server_with_a_simulated_clock_makes_no_real_mission(mission: SmallMission, settings: object) -> None:
    settings.SIMULATED_CLOCK = True
    with pytest.raises(PermissionError):
        create_mission(slug="real", title=Text.of("Real"), by=SERVER, now=NOW, origin=Origin.REAL)


def test_every_write_of_setting_up_stands_in_the_log(registered: SmallMission) -> None:
    kinds = set(LogEntry.objects.filter(mission_id=registered.row.pk).values_list("kind", flat=True))
    assert kinds >= {
        "mission.created",
        "areas.added",
        "stations.added",
        "teams.added",
        "form.stored",
        "device.added",
        "contestants.added",
        "institutions.added",
        "register.added",
    }
