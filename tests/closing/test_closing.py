"""A closed mission: an archive that holds, people who are erased, a certificate that nobody can exchange."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from contest.conftest import contested_mission
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Action, NotAllowedError, Role, Viewer
from paragraph8.accounts.queries import viewer_of
from paragraph8.audit.models import LogEntry
from paragraph8.audit.refusals import ClosedMissionError
from paragraph8.closing import operations as module
from paragraph8.closing.certificate import WORDS, certificate_text
from paragraph8.closing.operations import AGAINST, RefusedClosingError, against, close, to_erase
from paragraph8.documents.manifest import check_signature, read_public_pem
from paragraph8.domain.canonical import sha256
from paragraph8.domain.figures import Key
from paragraph8.domain.people import Duty, Function
from paragraph8.evidence.operations import freeze
from paragraph8.jobs.models import Job
from paragraph8.missions.models import Contact, Mission
from paragraph8.roster.local_staff import NewLocalPerson, add_local_staff
from paragraph8.roster.models import LocalKey, PersonKey
from paragraph8.roster.operations import Facts, NewPerson, add_people
from paragraph8.roster.personal import Personal


@pytest.fixture(autouse=True)
def _keys(settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def over(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    """Two observers and an interpreter, a private contact, a report that came in; everything is numbered."""
    row = mission.row
    contested_mission(mission)
    new = [NewPerson(personal=Personal(family="Example", given=n), facts=Facts(function=Function.STO)) for n in "AB"]
    add_people(mission=row, people=new, by=SERVER, now=NOW)
    local = NewLocalPerson(personal=Personal(family="Interpreter"), duty=Duty.INTERPRETER)
    add_local_staff(mission=row, people=[local], by=SERVER, now=NOW)
    Contact.objects.create(mission=row, office={"en": "Driver"}, phone="+44 20 7946 0199")
    Contact.objects.create(mission=row, office={"en": "Press"}, email="press@example.org", public=True)
    row.teams.filter(code="T1").update(car="Car 7", phone="+44 20 7946 0150")
    mission.send(mission.body())
    sequenced()
    return mission


def end(mission: SmallMission, target: Path, by: Viewer = SERVER) -> Any:
    return close(mission=Mission.objects.get(pk=mission.row.pk), target=target, by=by, now=NOW)


def test_people_are_erased_and_their_counts_stay(over: SmallMission, tmp_path: Path) -> None:
    closed = end(over, tmp_path)
    assert not PersonKey.objects.exists()
    assert not LocalKey.objects.exists()
    assert over.row.people.count() == 2
    assert all(bytes(person.sealed) == b"" for person in over.row.people.all())
    assert [contact.public for contact in over.row.contact_book.all()] == [True]
    assert not over.row.teams.exclude(car="", phone="").exists()
    assert not over.row.devices.filter(revoked_at=None).exists()
    assert closed.facts["erased"] == {
        "check-ins": 0,
        "devices": 2,
        "lists": 0,
        "local-staff": 1,
        "people": 2,
        "private-contacts": 1,
        "team-telephones": 1,
    }
    assert closed.facts["left"] == {"keys-of-people": 0, "keys-of-local-staff": 0}
    assert Mission.objects.get(pk=over.row.pk).closed_at == NOW


def test_the_archive_holds_what_its_manifest_says_and_names_nobody(over: SmallMission, tmp_path: Path) -> None:
    closed = end(over, tmp_path)
    assert closed.facts["archive"]["sha256"] == sha256(closed.archive.read_bytes())
    with zipfile.ZipFile(closed.archive) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    check_signature(files["manifest.json"], files["manifest.sig"], read_public_pem(files["signer.pem"]))
    hashes = json.loads(files["manifest.json"])["files"]
    assert hashes == {name: sha256(content) for name, content in files.items() if name in hashes}
    assert {"README.txt", "forms/counting-1.json", "log.jsonl", "contest/standing.jsonl"} <= hashes.keys()
    assert files["forms/counting-1.json"].decode() == over.row.forms.get().body
    everything = b"".join(files.values())
    for secret in (b"Example", b"Interpreter", b"7946 0199", b"Car 7"):
        assert secret not in everything


def test_the_log_in_the_archive_follows_the_chain_and_gives_people_numbers(
    over: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    from paragraph8.contest.registers import add_voters

    analyst = Viewer("anna.analyst", roles={over.row.pk: Role.ANALYST})
    add_voters(mission=over.row, n=5, day=date(2019, 6, 1), source="C", by=analyst, now=NOW)
    sequenced()
    with zipfile.ZipFile(end(over, tmp_path).archive) as bundle:
        lines = [json.loads(line) for line in bundle.read("log.jsonl").splitlines()]
    assert [line["number"] for line in lines] == sorted(line["number"] for line in lines)
    assert {line["actor"] for line in lines} >= {"person 1", "command test"}
    assert "anna.analyst" not in str(lines)


def test_the_certificate_is_signed_and_the_log_holds_its_hash(over: SmallMission, tmp_path: Path) -> None:
    closed = end(over, tmp_path)
    signed = closed.certificate.read_bytes()
    signer = read_public_pem((tmp_path / "small-signer.pem").read_bytes())
    check_signature(signed, (tmp_path / "small-certificate.sig").read_bytes(), signer)
    assert json.loads(signed) == closed.facts
    entry = LogEntry.objects.get(mission_id=over.row.pk, kind="mission.closed")
    assert json.loads(entry.body) == {"certificate": sha256(signed)}
    text = (tmp_path / "small-certificate.txt").read_text()
    assert all(WORDS["title"][language] in text for language in ("en", "kk", "ru"))
    assert text == certificate_text(closed.facts)
    assert closed.archive.stat().st_mode & 0o777 == 0o600


def test_something_that_stands_against_it_changes_nothing(
    over: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    row = over.row
    Job.objects.create(mission=row, kind="test", by="x", started_at=NOW)
    freeze(mission=row, keys=[Key.parse("contest.contestants")], texts={}, as_of=sequenced(), by=SERVER, now=NOW)
    Mission.objects.filter(pk=row.pk).update(rehearsing_since=NOW)
    with pytest.raises(RefusedClosingError) as refused:
        end(over, tmp_path / "out")
    assert refused.value.reasons == ("jobs", "unnumbered", "frozen", "rehearsing")
    assert PersonKey.objects.count() == 2
    assert not (tmp_path / "out").exists()
    assert all(text.languages() == {"en", "kk", "ru"} for text in AGAINST.values())


def test_a_mission_is_closed_once(over: SmallMission, sequenced: Callable[[], int], tmp_path: Path) -> None:
    end(over, tmp_path)
    sequenced()
    assert against(Mission.objects.get(pk=over.row.pk), viewer=SERVER) == ("closed",)
    with pytest.raises(RefusedClosingError):
        end(over, tmp_path)


def test_a_call_that_was_cut_off_is_finished_by_calling_again(
    over: SmallMission, sequenced: Callable[[], int], tmp_path: Path, monkeypatch: Any
) -> None:
    def dies(*_args: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(module, "_certify", dies)
    with pytest.raises(RuntimeError):
        end(over, tmp_path)
    monkeypatch.undo()
    assert Mission.objects.get(pk=over.row.pk).closed_at is None
    sequenced()
    closed = end(over, tmp_path)
    assert closed.facts["erased"]["people"] == 0
    assert closed.facts["erased-in-all"] == {"people": 2, "local-staff": 1}


def test_looking_changes_nothing(over: SmallMission) -> None:
    assert to_erase(over.row, viewer=SERVER)["people"] == 2
    assert against(over.row, viewer=SERVER) == ()
    assert PersonKey.objects.count() == 2


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OPERATIONS, Role.SECURITY, Role.OBSERVER])
def test_only_who_may_close_a_mission_does(over: SmallMission, tmp_path: Path, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        end(over, tmp_path, by=over.viewer(role, team="T1"))
    assert PersonKey.objects.count() == 2


def test_the_head_closes_the_mission(over: SmallMission, tmp_path: Path) -> None:
    assert end(over, tmp_path, by=over.viewer(Role.HEAD)).facts["by"] == "person"


def test_in_a_closed_mission_nothing_can_be_written(over: SmallMission, tmp_path: Path) -> None:
    end(over, tmp_path)
    last = LogEntry.objects.filter(mission_id=over.row.pk).latest("pk")
    new = NewPerson(personal=Personal(family="Late"), facts=Facts(function=Function.STO))
    with pytest.raises(ClosedMissionError):
        add_people(mission=over.row, people=[new], by=SERVER, now=NOW)
    assert over.row.people.count() == 2
    assert LogEntry.objects.filter(mission_id=over.row.pk).latest("pk") == last
    assert last.kind == "mission.closed"


def test_of_a_closed_mission_the_head_sees_what_a_head_sees_and_changes_nothing(
    over: SmallMission, tmp_path: Path
) -> None:
    end(over, tmp_path)
    member = add_member(
        mission_id=over.row.pk,
        username="late-head",
        password="correct horse battery",
        role=Role.HEAD,
        by=SERVER,
        now=NOW,
    )
    head = viewer_of(member.user)
    assert head.may(Action.SEE_REPORTS, over.row.pk)
    assert not any(head.may(action, over.row.pk) for action in Action if not action.startswith("see-"))
