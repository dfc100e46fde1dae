"""What each team takes along: never a stop that chance named, never a person's name."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.enrolling import prepare_enrolment, redeem
from paragraph8.accounts.models import Enrolment
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.deployment.models import Mode, PackSet, Plan
from paragraph8.deployment.pack_sheet import contents, pack, scanned, shared
from paragraph8.deployment.pack_texts import KINDS, LABELS, MODES, ROLES, SAFETY
from paragraph8.deployment.packs import file_of, order_packs
from paragraph8.deployment.refusals import RefusedError
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import perform
from paragraph8.missions.models import Contact, Station

from .conftest import Planning, given

LANGUAGES = ("en", "kk", "ru")


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def made(plan: Plan, **options: Any) -> PackSet:
    options = {"language": "en", "teams": [], "codes": True, "by": SERVER, "now": NOW, **options}
    packs = order_packs(plan=plan, **options)
    perform(Job.objects.get(pk=packs.job_id))
    return PackSet.objects.select_related("mission").get(pk=packs.pk)


def folder(packs: PackSet) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(file_of(packs, viewer=SERVER)))


def text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def of_team(plan: Plan, team: str = "T1", language: str = "en") -> dict[str, Any]:
    member = plan.teams.select_related("team").get(team__code=team)
    return contents(shared(plan, language=language, now=NOW), member, prepared=None, by=SERVER)


def contact(mission: SmallMission, **facts: Any) -> None:
    Contact.objects.create(
        mission=mission.row,
        **{"office": {"en": "Desk", "kk": "Штаб", "ru": "Штаб"}, "phone": "+7 700 000 0001", **facts},
    )


def test_every_team_gets_a_pack_and_the_forms_lie_beside(plan_of: Planning) -> None:
    files = folder(made(plan_of(accept=True)))
    assert sorted(files.namelist()) == [
        "T1.en.pdf",
        "T2.en.pdf",
        "forms/counting.en.pdf",
        "forms/opening.en.pdf",
        "forms/voting.en.pdf",
    ]
    assert all(files.read(name).startswith(b"%PDF") for name in files.namelist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_says_in_the_language_of_the_team_what_it_needs(
    mission: SmallMission, plan_of: Planning, language: str
) -> None:
    contact(mission)
    mission.teams["T1"].car = "AB 123"
    mission.teams["T1"].save()
    plan = plan_of(Mode.SUGGESTED, accept=True)
    read = text(folder(made(plan, language=language)).read(f"T1.{language}.pdf"))
    for name in ("contacts", "safety", "enrolment", "reports", "stations", "suggested"):
        assert " ".join(LABELS[name].shown(language).string.split()[:3]) in read, name
    assert "+7 700 000 0001" in read
    assert "AB 123" in read
    assert "A11" in read
    assert "B11" not in read
    assert {"en": "Simulated.", "kk": "Үлгіленген.", "ru": "Смоделировано."}[language] in read


def test_every_word_of_a_pack_stands_in_three_languages() -> None:
    for texts in (LABELS.values(), SAFETY, ROLES.values(), KINDS.values(), MODES.values()):
        for said in texts:
            assert {said.shown(language).language for language in LANGUAGES} == set(LANGUAGES)


def test_a_drawn_stop_is_in_no_pack_and_neither_are_its_times(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"], "T2": ["B5"]})
    plan = plan_of(Mode.ALL_DAY, accept=True)
    said = of_team(plan)
    assert said["hidden"]
    assert (said["stops"], said["reports"], said["stations"]) == ([], [], [])
    read = text(folder(made(plan)).read("T1.en.pdf"))
    assert "A5" not in read
    assert "shown on your phone" in read


def test_contacts_are_offices_and_private_ones_say_so(mission: SmallMission, plan_of: Planning) -> None:
    contact(mission, name="Somebody Local", public=False)
    contact(mission, phone="+7 700 000 0002", public=True)
    contact(mission, phone="+7 700 000 0003", valid_until="2019-06-08")
    said = of_team(plan_of(accept=True))
    assert [(each["reach"], each["private"]) for each in said["contacts"]] == [
        ("+7 700 000 0001", True),
        ("+7 700 000 0002", False),
    ]
    assert "Somebody" not in json.dumps(said)


def test_the_code_in_a_pack_opens_nothing_until_the_desk_activates_it(plan_of: Planning) -> None:
    from paragraph8.accounts.enrolling import RefusedCodeError, activate_enrolment
    from paragraph8.accounts.models import Enrolment

    read = text(folder(made(plan_of(accept=True))).read("T1.en.pdf"))
    code = next(word for word in read.split() if word.count("-") == 4)
    with pytest.raises(RefusedCodeError) as refused:
        redeem(slug="small", typed=code, now=NOW)
    assert refused.value.reason == "not-activated"
    activate_enrolment(enrolment=Enrolment.objects.get(team__code="T1"), by=SERVER, now=NOW)
    assert redeem(slug="small", typed=code, now=NOW).device.team.code == "T1"


def test_new_packs_replace_the_codes_of_the_ones_before(plan_of: Planning) -> None:
    plan = plan_of(accept=True)
    made(plan)
    made(plan, teams=["T1"])
    assert Enrolment.objects.filter(team__code="T1", withdrawn_at=None).count() == 1
    assert Enrolment.objects.filter(team__code="T2", withdrawn_at=None).count() == 1
    assert Enrolment.objects.count() == 3


def test_packs_without_codes_prepare_none(plan_of: Planning) -> None:
    made(plan_of(accept=True), codes=False)
    assert not Enrolment.objects.exists()


def test_the_same_pack_is_the_same_bytes(mission: SmallMission, plan_of: Planning) -> None:
    plan = plan_of(accept=True)
    prepared = prepare_enrolment(
        mission_id=mission.row.pk, team_id=mission.teams["T1"].pk, device_name="p", by=SERVER, now=NOW
    )
    member, common = plan.teams.get(team__code="T1"), shared(plan, language="kk", now=NOW)
    assert pack(common, member, prepared=prepared, by=SERVER) == pack(common, member, prepared=prepared, by=SERVER)
    assert scanned("small", prepared.code) == f"paragraph8:small:{prepared.code}"


def test_nothing_in_a_pack_is_read_as_markup(mission: SmallMission, plan_of: Planning) -> None:
    hostile = "#panic(1) *b* @x $y$ <z> \\ " + "w" * 200
    Station.objects.filter(list=mission.row.station_list).update(address=hostile[:300])
    mission.teams["T1"].car = hostile[:60]
    mission.teams["T1"].save()
    read = text(folder(made(plan_of(accept=True))).read("T1.en.pdf"))
    assert "#panic(1) *b* @x $y$ <z>" in read


def test_codes_stand_in_the_file_alone(plan_of: Planning) -> None:
    packs = made(plan_of(accept=True))
    read = text(folder(packs).read("T1.en.pdf"))
    code = next(word for word in read.split() if word.count("-") == 4)
    kept = json.dumps(
        [list(LogEntry.objects.values()), list(Job.objects.values()), list(PackSet.objects.values())], default=str
    )
    assert code not in kept


def test_packs_are_made_of_the_plan_that_holds_and_for_teams_of_it(mission: SmallMission, plan_of: Planning) -> None:
    draft = plan_of()
    for plan, teams, reason in ((draft, [], "no-plan"), (plan_of(accept=True), ["T9"], "unknown-team")):
        with pytest.raises(RefusedError) as refused:
            made(plan, teams=teams)
        assert refused.value.reason == reason
    with pytest.raises(NotAllowedError):
        made(draft, by=mission.viewer(Role.OBSERVER, "T1"))
