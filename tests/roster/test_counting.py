"""Who counts on which day, and the figures of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import monotonic

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.documents.rows import Rows
from paragraph8.domain.figures import Audience, Basis, Figure, Key, Origin, Unit
from paragraph8.domain.people import Function, Gender, Reason, Requirement, Status
from paragraph8.evidence.operations import freeze
from paragraph8.roster.figures import catalogue, compute, populations, rows
from paragraph8.roster.models import PersonVersion, StatusStep
from paragraph8.roster.operations import change_person, meet, step, take_back
from paragraph8.roster.personal import Personal
from paragraph8.roster.queries import Filter, people_seen, person_file, present_on, roster
from paragraph8.roster.refusals import RefusedPeopleError
from paragraph8.statistics.methods import compute as compute_method
from roster.people import AFTER, DAY, EVE, HERE, add, institutions, new, some_people, take


def present(mission: SmallMission, day: date) -> int:
    return roster(mission.row, day=day, viewer=SERVER).sums.present


def figure(mission: SmallMission, spelling: str, as_of: int) -> Figure:
    key = Key.parse(spelling)
    return compute(mission.row, [key], as_of=as_of)[key]


def test_a_withdrawal_of_accreditation_dated_tomorrow_changes_tomorrows_sum_and_not_yesterdays(
    mission: SmallMission, sequenced
) -> None:
    people = some_people(mission)
    take(mission.row, people[0], Status.REVOKED, AFTER, Reason.AUTHORITIES)
    assert [present(mission, day) for day in (EVE, DAY, AFTER)] == [6, 6, 5]
    change = sequenced()
    assert figure(mission, "roster.observers", change).value == 6
    assert figure(mission, "roster.observers[day=2019-06-11]", change).value == 5
    assert figure(mission, "roster.observers[day=2019-06-09]", change).value == 6


def test_a_figure_as_of_a_change_stays_what_it_was(mission: SmallMission, sequenced) -> None:
    people = some_people(mission)
    before = sequenced()
    held = rows_of(mission, before)
    take(mission.row, people[0], Status.WITHDRAWN, EVE, Reason.PERSONAL)
    facts = person_file(mission.row, people[1].code, day=DAY, viewer=SERVER)
    change_person(
        mission=mission.row,
        person=facts.person,
        facts=new(country="NO", institution="assembly", gender=Gender.WOMAN).facts,
        personal=Personal(family="Berg"),
        by=SERVER,
        now=NOW,
    )
    after = sequenced()
    assert rows_of(mission, before) == held
    for key, was, now in (("roster.observers", 6, 5), ("roster.observers[institution=assembly]", 1, 2)):
        assert (figure(mission, key, before).value, figure(mission, key, after).value) == (was, now)


def rows_of(mission: SmallMission, change: int) -> object:
    return populations(mission.row, as_of=change)["roster"].rows


def test_sums_add_up_and_countries_count_once(mission: SmallMission) -> None:
    some_people(mission)
    sums = roster(mission.row, day=DAY, viewer=SERVER).sums
    assert sums.adds_up
    assert sums.institutions == {"office": 4, "assembly": 1, "": 1}
    assert sums.categories == {"experts": 2, "lto": 1, "sto": 2, "parliamentarians-and-staff": 1}
    assert sums.genders == {"f": 3, "m": 2, "x": 0, "": 1}
    assert (sums.countries, sums.without_country) == (3, 1)
    assert sums.institution_countries == {"office": 3, "assembly": 1, "": 1}


def test_whoever_belongs_to_two_institutions_counts_with_the_first(mission: SmallMission, sequenced) -> None:
    some_people(mission)
    change = sequenced()
    parts = [figure(mission, f"roster.observers[institution={code}]", change).value for code in ("office", "assembly")]
    assert parts == [4, 1]


def test_figures_say_what_they_are(mission: SmallMission, sequenced) -> None:
    some_people(mission)
    change = sequenced()
    countries = figure(mission, "roster.countries", change)
    assert (countries.value, countries.unit, countries.basis) == (3, Unit.COUNTRY, Basis.REGISTER)
    assert countries.origin is Origin.SIMULATED
    assert figure(mission, "roster.accredited", change).value == 6
    assert figure(mission, "roster.observers[gender=f]", change).value == 3
    assert figure(mission, "roster.observers[function=lto]", change).value == 1
    assert figure(mission, "roster.observers[category=sto,institution=office]", change).value == 2
    assert {"en", "kk", "ru"} <= figure(mission, "roster.observers[gender=f]", change).title.languages()


def test_what_points_at_people_stays_in_the_room(mission: SmallMission, sequenced) -> None:
    some_people(mission)
    change = sequenced()
    for spelling in ("roster.observers[function=lto,gender=f]", "roster.observers[country=SE]"):
        assert figure(mission, spelling, change).audience is Audience.ROOM
    key = Key.parse("roster.observers")
    assert list(rows(mission.row, key, as_of=change, audience=Audience.PUBLIC)) == []
    behind = list(rows(mission.row, key, as_of=change, audience=Audience.ROOM))
    assert len(behind) == 6
    assert behind[0] == {"row": "P0001", "institution": "office", "function": "lto"}
    assert all(spec.audience is Audience.PUBLIC for spec in catalogue(mission.row))


@pytest.mark.parametrize(
    "spelling",
    [
        "roster.observers[institution=nobody]",
        "roster.observers[function=cook]",
        "roster.observers[day=09-06-2019]",
        "roster.observers[day=2019-02-30]",
        "roster.observers[team=T1]",
        "roster.observers[country=XX]",
        "roster.nothing",
    ],
)
def test_a_key_that_names_what_is_not_there_is_unknown(mission: SmallMission, sequenced, spelling: str) -> None:
    some_people(mission)
    assert compute(mission.row, [Key.parse(spelling)], as_of=sequenced()) == {}


def test_a_mission_without_people_has_no_figures_of_them(mission: SmallMission) -> None:
    assert list(catalogue(mission.row)) == []
    assert populations(mission.row, as_of=0) == {}


def test_every_figure_of_the_catalogue_is_recomputed_from_frozen_rows_that_name_nobody(
    mission: SmallMission, sequenced
) -> None:
    people = some_people(mission)
    take(mission.row, people[0], Status.REVOKED, AFTER, Reason.AUTHORITIES)
    change = sequenced()
    keys = [spec.key for spec in catalogue(mission.row)]
    freeze(mission=mission.row, keys=keys, texts={}, as_of=change, by=SERVER, now=NOW)
    frozen = Rows.of("roster", populations(mission.row, as_of=change)["roster"].rows)
    for key, computed in compute(mission.row, keys, as_of=change).items():
        assert frozen.tally(computed).value == computed.value == compute_method(computed.method, frozen.rows, key).value
        assert frozen.commitment(computed, b"salt")
    text = frozen.lines().decode()
    assert not any(name in text for name in ("Abenova", "Saule", "Fischer"))


def test_a_step_taken_back_counts_no_more_and_stays_readable(mission: SmallMission) -> None:
    person = some_people(mission)[0]
    take(mission.row, person, Status.WITHDRAWN, EVE, Reason.PERSONAL)
    assert present(mission, DAY) == 5
    taken = StatusStep.objects.get(status=Status.WITHDRAWN)
    take_back(mission=mission.row, taken=taken, by=SERVER, now=NOW)
    assert present(mission, DAY) == 6
    assert taken in person_file(mission.row, person.code, day=DAY, viewer=SERVER).steps
    with pytest.raises(RefusedPeopleError, match="taken-back"):
        take_back(mission=mission.row, taken=taken, by=SERVER, now=NOW)


def test_a_step_that_changes_nothing_is_not_recorded_twice(mission: SmallMission) -> None:
    people = some_people(mission)
    assert step(mission=mission.row, people=people, status=Status.ARRIVED, day=DAY, by=SERVER, now=NOW) == []


@pytest.mark.parametrize(
    ("status", "day", "reason", "refusal"),
    [
        (Status.WITHDRAWN, DAY, None, "no-reason"),
        (Status.REVOKED, date(2019, 5, 2), Reason.AUTHORITIES, "never-accredited"),
        (Status.ARRIVED, date(2029, 6, 9), None, "day-far"),
    ],
)
def test_a_step_that_cannot_be_right_is_refused(mission: SmallMission, status, day, reason, refusal: str) -> None:
    people = some_people(mission)
    mission.row.origin = Origin.REAL.value
    with pytest.raises(RefusedPeopleError, match=refusal):
        step(mission=mission.row, people=people, status=status, day=day, reason=reason, by=SERVER, now=NOW)
    assert StatusStep.objects.count() == 18


def test_nobody_is_added_when_one_of_them_cannot_be(mission: SmallMission) -> None:
    institutions(mission)
    for wrong, refusal in (
        (new(institution="nowhere"), "unknown-institution"),
        (new(country="XX"), "unknown-country"),
        (new(""), "no-name"),
        (new(also="office"), "two-institutions"),
    ):
        with pytest.raises(RefusedPeopleError, match=refusal):
            add(mission, new(), wrong)
    assert not mission.row.people.exists()


def test_what_people_still_lack_is_counted_among_those_present(mission: SmallMission) -> None:
    people = some_people(mission)
    take(mission.row, people[5], Status.WITHDRAWN, EVE, Reason.PERSONAL)
    meet(mission=mission.row, people=people[:2], requirement=Requirement.BRIEFING, day=EVE, by=SERVER, now=NOW)
    lacking = roster(mission.row, day=DAY, viewer=SERVER).lacking
    assert (lacking[Requirement.BRIEFING], lacking[Requirement.CARD]) == (3, 5)
    meet(mission=mission.row, people=people[:1], requirement=Requirement.BRIEFING, day=None, by=SERVER, now=NOW)
    assert roster(mission.row, day=DAY, viewer=SERVER).lacking[Requirement.BRIEFING] == 4


def test_the_list_is_searched_in_either_alphabet_and_narrowed(mission: SmallMission) -> None:
    some_people(mission)

    def found(**wanted: str) -> list[str]:
        people = roster(mission.row, day=DAY, wanted=Filter(**wanted), viewer=SERVER).people
        return [each.personal.family for each in people if each.personal]

    assert found(words="Әбенова") == found(words="saule aben") == found(words="P0001") == ["Abenova"]
    assert found(institution="assembly") == ["Costa", "Dahl"]
    assert found(function="press", status="present") == ["Fischer"]
    assert found(status="withdrawn") == found(words="!") == []


def test_what_changed_between_two_days_and_what_it_does_to_the_sum(mission: SmallMission) -> None:
    people = some_people(mission)
    take(mission.row, people[0], Status.WITHDRAWN, AFTER, Reason.PERSONAL)
    add(mission, new("Late", steps=((Status.ARRIVED, AFTER),)))
    moves = roster(mission.row, day=AFTER, since=DAY, viewer=SERVER).moves
    assert [(move.row, move.counted) for move in moves] == [("P0001", -1), ("P0007", 1)]


def test_a_member_of_one_institution_sees_the_people_of_others_only_if_they_share(mission: SmallMission) -> None:
    people = some_people(mission)
    assembly, office = (mission.row.institutions.get(code=code) for code in ("assembly", "office"))
    viewer = mission.viewer(Role.OPERATIONS)
    viewer.institutions[mission.row.pk] = assembly.pk

    def seen() -> list[str]:
        return [row.code for row in people_seen(mission.row, viewer=viewer)]

    assert seen() == ["P0003", "P0004", "P0006"]
    assert [row.code for row in present_on(mission.row, day=DAY, viewer=viewer)] == seen()
    mission.row.sharings.create(owner=office, reader=assembly, subject="roster")
    assert len(seen()) == 6
    with pytest.raises(RefusedPeopleError, match="other-institution"):
        step(mission=mission.row, people=people[:1], status=Status.NOMINATED, day=DAY, by=viewer, now=NOW)
    with pytest.raises(NotAllowedError):
        people_seen(mission.row, viewer=mission.viewer(Role.PRESS))


def test_the_log_names_nobody(mission: SmallMission) -> None:
    people = some_people(mission)
    take(mission.row, people[0], Status.WITHDRAWN, DAY, Reason.PERSONAL)
    said = " ".join(LogEntry.objects.values_list("body", flat=True))
    assert "P0001" in said
    assert not any(name in said for name in ("Abenova", "Saule", "Fischer"))


def test_codes_go_on_and_a_given_one_is_kept_once(mission: SmallMission) -> None:
    institutions(mission)
    given = replace(new(), code="P0040")
    assert [row.code for row in add(mission, new(), given, new())] == ["P0041", "P0040", "P0042"]
    with pytest.raises(RefusedPeopleError, match="code-taken"):
        add(mission, given)
    with pytest.raises(RefusedPeopleError, match="code-wrong"):
        add(mission, replace(new(), code="new/../x"))


def test_four_hundred_people_are_added_in_well_under_two_seconds(mission: SmallMission) -> None:
    institutions(mission)
    began = monotonic()
    add(mission, *(new(f"Name{n}", country="SE", function=Function.STO) for n in range(400)))
    assert monotonic() - began < 2
    assert PersonVersion.objects.count() == 400
    assert StatusStep.objects.count() == 400 * len(HERE)
