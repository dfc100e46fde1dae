"""Setting a mission up: who may, what is refused, and what follows from its format and from what institutions share."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.models import Membership, User
from paragraph8.accounts.operations import add_member, found, make_founder
from paragraph8.accounts.permissions import Action, NotAllowedError, Role, Viewer
from paragraph8.accounts.queries import viewer_of
from paragraph8.audit.queries import latest_change
from paragraph8.domain.figures import Key, RefusedFigureError
from paragraph8.domain.missions import Format, Subject
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import catalogue, figures, rows
from paragraph8.missions.models import Mission
from paragraph8.missions.operations import create_mission
from paragraph8.missions.queries import teams_seen
from paragraph8.missions.setting_up import (
    MissionFacts,
    NewContact,
    SettingUpError,
    add_contact,
    add_institutions,
    change_mission,
    mention_first,
    share,
)
from paragraph8.review.queries import current

SHARE = Key.parse("eday.answer[answer=no,form=counting,question=C01]")
COUNT = Key.parse("eday.observations[form=counting]")


def joint(mission: SmallMission) -> tuple[Viewer, Viewer]:
    """Two institutions with a team each; an analyst of each."""
    names = {"office": Text.of("Office"), "assembly": Text.of("Assembly")}
    add_institutions(mission=mission.row, names=names, by=SERVER, now=NOW)
    viewers = []
    for code, team in (("office", "T1"), ("assembly", "T2")):
        institution = mission.row.institutions.get(code=code)
        mission.row.teams.filter(code=team).update(institution=institution)
        viewers.append(
            Viewer(code, roles={mission.row.pk: Role.ANALYST}, institutions={mission.row.pk: institution.pk})
        )
    return viewers[0], viewers[1]


def let(mission: SmallMission, owner: str, reader: str, *subjects: Subject) -> None:
    institutions = mission.row.institutions
    share(
        mission=mission.row,
        owner=institutions.get(code=owner),
        reader=institutions.get(code=reader),
        subjects=subjects,
        by=SERVER,
        now=NOW,
    )


def facts(mission: Mission, **changes: object) -> MissionFacts:
    held = {
        "title": Text.of(mission.title),
        "format": mission.kind,
        "languages": tuple(mission.languages),
        "zone": mission.zone,
        "election_date": mission.election_date,
    }
    return MissionFacts(**{**held, **changes})  # type: ignore[arg-type]


def test_a_mission_has_five_institutions_at_most_in_the_order_of_mention(mission: SmallMission) -> None:
    names = {f"i{n}": Text.of(f"Institution {n}") for n in range(1, 6)}
    add_institutions(mission=mission.row, names=names, by=SERVER, now=NOW)
    with pytest.raises(SettingUpError, match="five"):
        add_institutions(mission=mission.row, names={"i6": Text.of("Sixth")}, by=SERVER, now=NOW)
    with pytest.raises(SettingUpError, match="already"):
        add_institutions(mission=mission.row, names={"i1": Text.of("First again")}, by=SERVER, now=NOW)
    mention_first(institution=mission.row.institutions.get(code="i4"), by=SERVER, now=NOW)
    assert [row.code for row in mission.row.institutions.all()] == ["i4", "i1", "i2", "i3", "i5"]


@pytest.mark.parametrize("chosen", [Format.LIMITED, Format.EXPERT, Format.NEEDS_ASSESSMENT])
def test_a_limited_mission_counts_its_observations_and_has_no_other_figure_of_election_day(
    mission: SmallMission, sequenced, chosen: Format
) -> None:
    mission.send(mission.body())
    change = sequenced()
    change_mission(mission=mission.row, facts=facts(mission.row, format=chosen), by=SERVER, now=NOW)
    assert [str(spec.key) for spec in catalogue(mission.row, viewer=SERVER) if spec.key.app == "eday"] == [str(COUNT)]
    assert figures(mission.row, [COUNT], as_of=change, viewer=SERVER)[COUNT].value == 1
    with pytest.raises(RefusedFigureError, match="no systematic observation"):
        figures(mission.row, [SHARE], as_of=change, viewer=SERVER)


def test_changing_the_format_back_brings_the_figures_back(mission: SmallMission, sequenced) -> None:
    mission.send(mission.body())
    change = sequenced()
    for chosen in (Format.LIMITED, Format.FULL):
        change_mission(mission=mission.row, facts=facts(mission.row, format=chosen), by=SERVER, now=NOW)
    assert figures(mission.row, [SHARE], as_of=change, viewer=SERVER)[SHARE].denominator == 1


def test_setting_the_same_facts_again_is_not_logged(mission: SmallMission, sequenced) -> None:
    before = sequenced()
    change_mission(mission=mission.row, facts=facts(mission.row), by=SERVER, now=NOW)
    assert sequenced() == before
    change_mission(mission=mission.row, facts=facts(mission.row, election_date=date(2019, 6, 9)), by=SERVER, now=NOW)
    assert sequenced() == before + 1


@pytest.mark.parametrize(
    ("contact", "reason"),
    [
        ({}, "contact-unreachable"),
        ({"email": "press@@example.org"}, "no-mail-address"),
        ({"email": "press@example"}, "no-mail-address"),
        ({"email": "press@exam ple.org"}, "no-mail-address"),
        ({"phone": "+44 20"}, "no-phone-number"),
        ({"phone": "020 7946 0101"}, "no-phone-number"),
        ({"phone": "+44 20 7946 0101 x"}, "no-phone-number"),
        (
            {"email": "a@example.org", "valid_from": date(2019, 6, 9), "valid_until": date(2019, 6, 8)},
            "ends-before-it-begins",
        ),
    ],
)
def test_a_contact_that_reaches_nobody_is_refused_with_its_reason(
    mission: SmallMission, contact: dict[str, object], reason: str
) -> None:
    with pytest.raises(SettingUpError) as refused:
        add_contact(mission=mission.row, contact=NewContact(office=Text.of("Press"), **contact), by=SERVER, now=NOW)
    assert refused.value.reason == reason
    assert refused.value.text().languages() == {"en", "kk", "ru"}
    assert not mission.row.contact_book.exists()


def test_a_good_contact_is_kept_and_the_log_does_not_say_whose_it_is(mission: SmallMission) -> None:
    contact = NewContact(
        office=Text.of("Press"), name="Ada Nobody", email="press@example.org", phone="+44 20 7946 0101"
    )
    add_contact(mission=mission.row, contact=contact, by=SERVER, now=NOW)
    from paragraph8.audit.models import LogEntry

    assert "Ada" not in "".join(LogEntry.objects.values_list("body", flat=True))


def test_an_institution_sees_of_another_what_that_one_shares_subject_by_subject(
    mission: SmallMission, sequenced
) -> None:
    office, assembly = joint(mission)
    for team in ("T1", "T2"):
        mission.send(mission.body(), team=team)
    change = sequenced()

    def reports(viewer: Viewer) -> set[str]:
        return set(current(mission.row, as_of=change, viewer=viewer).values_list("report__team__code", flat=True))

    assert reports(office) == {"T1"}
    assert reports(assembly) == {"T2"}
    let(mission, "office", "assembly", Subject.REPORTS)
    assert reports(office) == {"T1"}
    assert reports(assembly) == {"T1", "T2"}
    let(mission, "office", "assembly")
    assert reports(assembly) == {"T2"}


def test_live_tables_are_seen_only_when_every_other_institution_shares_them(mission: SmallMission, sequenced) -> None:
    office, _assembly = joint(mission)
    mission.send(mission.body(), team="T2")
    change = sequenced()
    with pytest.raises(NotAllowedError):
        figures(mission.row, [COUNT], as_of=change, viewer=office)
    let(mission, "assembly", "office", Subject.TABLES)
    assert figures(mission.row, [COUNT], as_of=change, viewer=office)[COUNT].value == 1


def test_rows_behind_a_figure_are_those_of_teams_whose_institution_shares_rows(
    mission: SmallMission, sequenced
) -> None:
    office, _assembly = joint(mission)
    for team in ("T1", "T2"):
        mission.send(mission.body(), team=team)
    change = sequenced()
    let(mission, "assembly", "office", Subject.TABLES)
    assert [row["team"] for row in rows(mission.row, SHARE, as_of=change, viewer=office)] == ["T1"]
    let(mission, "assembly", "office", Subject.TABLES, Subject.ROWS)
    assert {row["team"] for row in rows(mission.row, SHARE, as_of=change, viewer=office)} == {"T1", "T2"}


def test_a_long_term_observer_sees_the_teams_below_the_own_areas(mission: SmallMission) -> None:
    north, south = mission.row.areas.get(code="A"), mission.row.areas.get(code="B")
    below = mission.row.areas.create(code="A-1", name={"en": "Below"}, parent=north, path="A/A-1/")
    mission.row.teams.filter(code="T1").update(area=below)
    mission.row.teams.filter(code="T2").update(area=south)
    user = User.objects.create_user("lto")
    add_member(
        username="lto",
        password="",
        mission_id=mission.row.pk,
        role=Role.LONG_TERM,
        area_ids=[north.pk],
        by=SERVER,
        now=NOW,
    )
    seen = teams_seen(mission.row, viewer=viewer_of(user), action=Action.SEE_REPORTS, subject=Subject.REPORTS)
    assert seen.ids == {mission.teams["T1"].pk}
    assert not seen.teamless


def test_a_founder_makes_a_mission_and_becomes_its_head_and_of_no_other(mission: SmallMission) -> None:
    user = make_founder(username="anna", password="long-enough-for-anybody", by=SERVER, now=NOW)
    row = create_mission(slug="new", title=Text.of("New"), by=viewer_of(user), now=NOW)
    found(user=user, mission_id=row.pk, now=NOW)
    assert Membership.objects.get(user=user).role == Role.HEAD
    with pytest.raises(PermissionError):
        found(user=user, mission_id=row.pk, now=NOW)
    somebody = User.objects.create_user("somebody")
    with pytest.raises(PermissionError):
        create_mission(slug="newer", title=Text.of("Newer"), by=viewer_of(somebody), now=NOW)
    with pytest.raises(PermissionError):
        make_founder(username="bad", password="long-enough-for-anybody", by=viewer_of(user), now=NOW)
    assert latest_change() >= 0
