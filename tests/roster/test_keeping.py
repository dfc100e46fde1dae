"""What is kept of people, under which key, until when; joined entries; lists that are brought."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.domain.figures import Key
from paragraph8.domain.importing.dates import Order
from paragraph8.domain.importing.roster_columns import Column
from paragraph8.domain.importing.sheets import NotATableError
from paragraph8.domain.people import Duty, Function, Reason, Requirement, Status
from paragraph8.missions.models import Mission
from paragraph8.roster import imports, lists, merging
from paragraph8.roster.erasing import UNDECIDED, erase, erase_due, erase_local
from paragraph8.roster.figures import compute
from paragraph8.roster.local_staff import NewLocalPerson, add_local_staff, local_staff
from paragraph8.roster.models import LocalKey, LocalPerson, Person, PersonKey, PersonVersion, RosterImport, StatusStep
from paragraph8.roster.personal import Personal, opened
from paragraph8.roster.queries import UnknownPersonError, names_of, person_file, roster
from paragraph8.roster.refusals import REFUSED, RefusedPeopleError
from paragraph8.roster.sealing import SealError, new_key, owner_of, seal, unseal
from paragraph8.serving import erase_people
from roster.people import AFTER, DAY, EVE, add, institutions, new, some_people, take

HEAD = "Family name;Given name;Function;Institution;Seconding country;Arrived on\n"


def counted(mission: SmallMission) -> tuple[int, int]:
    sums = roster(mission.row, day=DAY, viewer=SERVER).sums
    return sums.present, sums.countries


def stored(table: str) -> bytes:
    """Every byte of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own name
        return repr([[bytes(c) if isinstance(c, memoryview) else c for c in row] for row in cursor.fetchall()]).encode()


# Keys


def test_names_are_sealed_and_stand_in_no_column(mission: SmallMission) -> None:
    some_people(mission)
    for table in ("roster_person", "roster_statusstep", "roster_personversion", "audit_logentry"):
        assert b"Abenova" not in stored(table)
        assert b"Saule" not in stored(table)
    first = Person.objects.select_related("key").get(code="P0001")
    assert opened([first])[first.pk].name == "Saule Abenova"


def test_a_sealed_value_opens_for_its_owner_and_with_its_key_alone() -> None:
    key = new_key()
    sealed = seal(key, owner_of(1, "P0001"), {"family": "Abenova"})
    assert unseal(key, owner_of(1, "P0001"), sealed) == {"family": "Abenova"}
    for wrong_key, owner, value in (
        (new_key(), owner_of(1, "P0001"), sealed),
        (key, owner_of(1, "P0002"), sealed),
        (key, owner_of(2, "P0001"), sealed),
        (key, owner_of(1, "P0001"), sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (key, owner_of(1, "P0001"), b""),
    ):
        with pytest.raises(SealError):
            unseal(wrong_key, owner, value)


def test_erasing_leaves_the_counts_and_says_when(mission: SmallMission) -> None:
    people = some_people(mission)
    before = counted(mission)
    assert erase(mission=mission.row, people=people[:2], by=SERVER, now=NOW) == 2
    assert counted(mission) == before
    file = person_file(mission.row, "P0001", day=DAY, viewer=SERVER)
    assert (file.personal, file.person.erased_at, bytes(file.person.sealed)) == (None, NOW, b"")
    assert file.person.gender == "f"
    assert names_of(people, mission.row, viewer=SERVER).keys() == {"P0003", "P0004", "P0005", "P0006"}
    assert erase(mission=mission.row, people=people[:2], by=SERVER, now=NOW) == 0


def test_the_sweep_erases_whose_date_has_come_local_staff_first(mission: SmallMission) -> None:
    Mission.objects.filter(pk=mission.row.pk).update(election_date=DAY)
    mission.row.refresh_from_db()
    some_people(mission)
    add_local_staff(
        mission=mission.row,
        people=[NewLocalPerson(personal=Personal(family="Localname"), duty=Duty.DRIVER)],
        by=SERVER,
        now=NOW,
    )

    def sweep(days: int) -> tuple[int, int]:
        found = erase_due(mission=mission.row, today=DAY + timedelta(days=days), by=SERVER, now=NOW)
        return found.local, found.people

    assert [sweep(29), sweep(30), sweep(89), sweep(90), sweep(91)] == [(0, 0), (1, 0), (0, 0), (0, 6), (0, 0)]
    assert not PersonKey.objects.exists()
    assert not LocalKey.objects.exists()
    assert counted(mission) == (6, 3)


def test_the_worker_erases_in_every_mission_that_is_real_and_open(mission: SmallMission) -> None:
    people = some_people(mission)
    PersonKey.objects.filter(person__in=people).update(retain_until=NOW.date())
    assert mission.row.simulated
    assert erase_people(now=NOW) == 0
    Mission.objects.filter(pk=mission.row.pk).update(origin="real", closed_at=NOW)
    assert erase_people(now=NOW) == 0
    Mission.objects.filter(pk=mission.row.pk).update(closed_at=None)
    assert erase_people(now=NOW) == len(people)
    assert erase_people(now=NOW) == 0


def test_a_person_may_have_an_own_retention_date(mission: SmallMission) -> None:
    people = some_people(mission)
    PersonKey.objects.filter(person=people[0]).update(retain_until=AFTER)
    assert erase_due(mission=mission.row, today=AFTER, by=SERVER, now=NOW).people == 1


def test_only_who_manages_the_roster_erases(mission: SmallMission) -> None:
    people = some_people(mission)
    with pytest.raises(NotAllowedError):
        erase(mission=mission.row, people=people, by=mission.viewer(Role.ANALYST), now=NOW)
    with pytest.raises(NotAllowedError):
        erase_due(mission=mission.row, today=DAY, by=mission.viewer(Role.ANALYST), now=NOW)


@pytest.mark.parametrize("model", [StatusStep, PersonVersion])
def test_history_is_never_rewritten(mission: SmallMission, model) -> None:
    some_people(mission)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(person=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


# Local staff


def test_local_staff_are_seen_by_those_who_look_after_them_alone(mission: SmallMission) -> None:
    person = NewLocalPerson(personal=Personal(family="Localname"), duty=Duty.INTERPRETER, languages=("kk",))
    (row,) = add_local_staff(mission=mission.row, people=[person], by=SERVER, now=NOW)
    for role in Role:
        viewer = mission.viewer(role, "T1")
        if role in (Role.ADMINISTRATOR, Role.HEAD, Role.OPERATIONS):
            assert local_staff(mission.row, viewer=viewer)[0].personal == person.personal
        else:
            with pytest.raises(NotAllowedError):
                local_staff(mission.row, viewer=viewer)
    assert b"Localname" not in stored("roster_localperson") + stored("audit_logentry")
    assert erase_local(mission=mission.row, people=[row], by=SERVER, now=NOW) == 1
    assert local_staff(mission.row, viewer=SERVER)[0].personal is None
    assert LocalPerson.objects.get().languages == []


# Joining


def two_entries(mission: SmallMission) -> tuple[Person, Person]:
    """The same person twice: nominated under one spelling, accredited and arrived under another."""
    institutions(mission)
    first = new("Әбенова", "Сәуле", country="KZ", steps=((Status.NOMINATED, date(2019, 5, 1)),))
    second = new("ABENOVA", "S.", country="KZ", steps=((Status.ARRIVED, date(2019, 6, 1)),))
    one, other = add(mission, first, second)
    return one, other


def test_the_same_person_is_proposed_and_joined_with_both_histories(mission: SmallMission, sequenced) -> None:
    one, other = two_entries(mission)
    (proposal,) = merging.proposed(mission.row, viewer=SERVER)
    assert (proposal.one, proposal.other) == (one, other)
    assert set(proposal.likeness.reasons) == {"other-alphabet", "initial", "same-country"}
    before = sequenced()
    merging.merge(mission=mission.row, kept=one, gone=other, by=SERVER, now=NOW)
    after = sequenced()
    assert merging.proposed(mission.row, viewer=SERVER) == []
    file = person_file(mission.row, one.code, day=DAY, viewer=SERVER)
    assert [step.status for step in file.steps] == ["nominated", "arrived"]
    assert file.standing.present
    assert counted(mission) == (1, 1)
    key = Key.parse("roster.observers[day=2019-05-02]")
    assert [compute(mission.row, [key], as_of=change)[key].value for change in (before, after)] == [0, 0]
    rows = [len(rows_of(mission, change)) for change in (before, after)]
    assert rows == [2, 1]


def rows_of(mission: SmallMission, change: int) -> tuple[object, ...]:
    from paragraph8.roster.figures import populations

    return populations(mission.row, as_of=change)["roster"].rows


def test_joining_is_undone_unless_the_history_went_on(mission: SmallMission) -> None:
    one, other = two_entries(mission)
    merging.merge(mission=mission.row, kept=one, gone=other, by=SERVER, now=NOW)
    merging.undo_merge(mission=mission.row, gone=other, by=SERVER, now=NOW)
    assert len(roster(mission.row, day=DAY, viewer=SERVER).people) == 2
    merging.merge(mission=mission.row, kept=one, gone=other, by=SERVER, now=NOW)
    one.refresh_from_db()
    take(mission.row, one, Status.WITHDRAWN, DAY, Reason.PERSONAL)
    with pytest.raises(RefusedPeopleError, match="steps-since"):
        merging.undo_merge(mission=mission.row, gone=other, by=SERVER, now=NOW)


def test_an_entry_that_other_rooms_name_cannot_go(mission: SmallMission, monkeypatch) -> None:
    one, other = two_entries(mission)
    assert not merging.referred_to(other)
    assert merging.referred_to(other, but="another room")
    monkeypatch.setattr(merging, "referred_to", lambda person: person == other)
    with pytest.raises(RefusedPeopleError, match="referred-to"):
        merging.merge(mission=mission.row, kept=one, gone=other, by=SERVER, now=NOW)
    merging.merge(mission=mission.row, kept=other, gone=one, by=SERVER, now=NOW)


def test_entries_that_are_two_people_are_not_proposed_again(mission: SmallMission) -> None:
    one, other = two_entries(mission)
    merging.refuse(mission=mission.row, one=other, other=one, by=SERVER, now=NOW)
    assert merging.proposed(mission.row, viewer=SERVER) == []


def test_what_cannot_be_joined_is_refused(mission: SmallMission) -> None:
    one, other = two_entries(mission)
    with pytest.raises(RefusedPeopleError, match="same-entry"):
        merging.merge(mission=mission.row, kept=one, gone=one, by=SERVER, now=NOW)
    merging.merge(mission=mission.row, kept=one, gone=other, by=SERVER, now=NOW)
    with pytest.raises(RefusedPeopleError, match="merged"):
        take(mission.row, other, Status.WITHDRAWN, DAY, Reason.PERSONAL)
    with pytest.raises(RefusedPeopleError, match="merged"):
        merging.merge(mission=mission.row, kept=other, gone=one, by=SERVER, now=NOW)
    with pytest.raises(RefusedPeopleError, match="not-merged"):
        merging.undo_merge(mission=mission.row, gone=one, by=SERVER, now=NOW)


# Lists


def bring(mission: SmallMission, text: str | bytes, **more) -> RosterImport:
    data = text if isinstance(text, bytes) else text.encode()
    return imports.keep_list(mission=mission.row, data=data, name="list.csv", by=SERVER, now=NOW, **more)


def look(mission: SmallMission, entry: RosterImport) -> lists.Preview:
    entry.refresh_from_db()
    return lists.preview(mission.row, entry, viewer=SERVER, now=NOW)


def publish(mission: SmallMission, entry: RosterImport) -> tuple[int, int]:
    entry.refresh_from_db()
    return imports.publish(mission=mission.row, entry=entry, by=SERVER, now=NOW)


def test_a_list_is_shown_then_published_and_nothing_of_the_file_stays(mission: SmallMission) -> None:
    institutions(mission)
    entry = bring(mission, HEAD + "Berg;Anna;STO;Office;Sweden;01.06.2019\nLund;Ida;LTO;assembly;NO;\n")
    assert b"Berg" not in stored("roster_rosterimport")
    assert not mission.row.people.exists()
    assert (look(mission, entry).new, look(mission, entry).blocked) == (2, ())
    assert publish(mission, entry) == (2, 0)
    assert counted(mission) == (1, 1)
    entry.refresh_from_db()
    assert (bytes(entry.sealed), bytes(entry.key), entry.open) == (b"", b"", False)
    with pytest.raises(RefusedPeopleError, match="import-over"):
        publish(mission, entry)


def test_a_list_with_one_wrong_row_adds_nobody_until_it_is_left_out(mission: SmallMission) -> None:
    institutions(mission)
    entry = bring(mission, HEAD + "Berg;Anna;STO;Office;Sweden;01.06.2019\nLund;Ida;Cook;Office;Narnia;03/04/2019\n")
    found = {problem.code for line in look(mission, entry).lines for problem in line.person.problems}
    assert found == {"unknown-function", "unknown-country", "two-dates"}
    with pytest.raises(RefusedPeopleError, match="rows-wrong"):
        publish(mission, entry)
    assert not mission.row.people.exists()
    imports.decide(mission=mission.row, entry=entry, decisions={3: lists.SKIP}, by=SERVER)
    assert publish(mission, entry) == (1, 0)


def test_a_half_import_never_remains(mission: SmallMission, monkeypatch) -> None:
    institutions(mission)
    entry = bring(mission, HEAD + "Berg;Anna;STO;Office;Sweden;01.06.2019\n")

    def broken(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr(imports, "_join", broken)
    with pytest.raises(RuntimeError):
        publish(mission, entry)
    assert not mission.row.people.exists()
    entry.refresh_from_db()
    assert entry.open
    assert not LogEntry.objects.filter(kind__in=("people.added", "roster.published")).exists()


def test_a_row_that_is_somebody_on_the_roster_waits_for_a_decision_and_adds_what_is_missing(
    mission: SmallMission,
) -> None:
    institutions(mission)
    (held,) = add(mission, new("Әбенова", "Сәуле", country="KZ", steps=((Status.NOMINATED, date(2019, 5, 1)),)))
    text = "Family name;Given name;Function;Seconding country;Arrived on;E-mail;Briefing\n"
    entry = bring(mission, text + "Abenova;Saule;STO;KZ;01.06.2019;saule@example.org;yes\n")
    (line,) = look(mission, entry).undecided
    assert [match.code for match in line.matches] == ["P0001"]
    with pytest.raises(RefusedPeopleError, match="rows-undecided"):
        publish(mission, entry)
    imports.decide(mission=mission.row, entry=entry, decisions={2: "P0001", 7: "P9999"}, by=SERVER)
    assert publish(mission, entry) == (0, 1)
    file = person_file(mission.row, held.code, day=DAY, viewer=SERVER)
    assert [step.status for step in file.steps] == ["nominated", "arrived"]
    assert file.personal == Personal(
        family="Әбенова", given="Сәуле", other_name="Saule Abenova", email="saule@example.org"
    )
    assert Requirement.BRIEFING not in file.lacks


def test_the_same_person_twice_in_one_list_is_noticed(mission: SmallMission) -> None:
    institutions(mission)
    entry = bring(mission, HEAD + "Berg;Anna;STO;Office;SE;\nBERG;Anna;STO;Office;SE;\n")
    (line,) = look(mission, entry).undecided
    assert (line.person.row, line.matches[0].row) == (3, 2)


def test_columns_and_the_order_of_dates_are_assigned_by_hand(mission: SmallMission) -> None:
    institutions(mission)
    entry = bring(mission, "Wer;Wann\nBerg, Anna;03/06/2019\n")
    assert look(mission, entry).lines == ()
    imports.assign_columns(
        mission=mission.row,
        entry=entry,
        columns={0: Column.NAME, 1: Column.ARRIVED},
        order=Order.DAY_FIRST,
        institution=mission.row.institutions.get(code="office"),
        function=Function.STO,
        by=SERVER,
    )
    (line,) = look(mission, entry).lines
    assert (line.person.family, line.person.institution, line.person.function) == ("Berg", "office", Function.STO)
    assert line.person.steps == ((Status.ARRIVED, date(2019, 6, 3)),)


def test_a_list_of_somebody_of_one_institution_is_that_ones(mission: SmallMission) -> None:
    institutions(mission)
    viewer = mission.viewer(Role.OPERATIONS)
    viewer.institutions[mission.row.pk] = mission.row.institutions.get(code="assembly").pk
    text = "Name;Function\nBerg, Anna;STO\n"
    entry = imports.keep_list(mission=mission.row, data=text.encode(), name="x", by=viewer, now=NOW)
    assert lists.lists_of(mission.row, viewer=viewer) == [entry]
    assert imports.publish(mission=mission.row, entry=entry, by=viewer, now=NOW) == (1, 0)
    foreign = imports.keep_list(
        mission=mission.row, data=(HEAD + "Lund;Ida;STO;Office;;\n").encode(), name="x", by=viewer, now=NOW
    )
    with pytest.raises(RefusedPeopleError, match="other-institution"):
        imports.publish(mission=mission.row, entry=foreign, by=viewer, now=NOW)


def test_a_list_without_headings_leaves_no_name_outside_the_seal(mission: SmallMission) -> None:
    entry = bring(mission, "Berg;Anna;STO\nLund;Ida;STO\n")
    imports.assign_columns(
        mission=mission.row,
        entry=entry,
        columns={0: Column.FAMILY},
        order=Order.UNKNOWN,
        institution=None,
        function=None,
        by=SERVER,
    )
    assert b"Berg" not in stored("roster_rosterimport")


def test_a_workbook_is_read_and_its_formulas_and_merged_cells_block(mission: SmallMission) -> None:
    from openpyxl import Workbook

    institutions(mission)
    book = Workbook()
    sheet = book.active
    sheet.append(["Family name", "Given name", "Function", "Arrived on"])
    sheet.append(["Berg", "Anna", "STO", date(2019, 6, 1)])
    sheet.append(["Lund", "Ida", '=CONCATENATE("S","TO")', date(2019, 6, 1)])
    sheet.append(["Holm", "Ole", "STO", date(2019, 6, 2)])
    sheet.append(["Moe", "Pia", "STO", None])
    sheet.merge_cells("D4:D5")
    data = BytesIO()
    book.save(data)
    lines = look(mission, bring(mission, data.getvalue())).lines
    assert [line.person.blocked for line in lines] == [False, True, True, True]
    assert lines[0].person.steps == ((Status.ARRIVED, date(2019, 6, 1)),)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old"])
def test_a_file_that_is_no_table_is_refused_with_its_reason(mission: SmallMission, data: bytes) -> None:
    with pytest.raises(NotATableError) as refusal:
        bring(mission, data)
    assert {"en", "kk", "ru"} <= refusal.value.text().languages()
    assert not RosterImport.objects.exists()


def test_a_list_without_rows_and_one_with_far_too_many_are_refused(mission: SmallMission) -> None:
    for text, reason in (
        (HEAD, "no-rows"),
        (HEAD + "a;b;c;d;e;f\n" * 5001, "too-many"),
        ("x" * (10 * 2**20 + 1), "too-large"),
    ):
        with pytest.raises(imports.ListRefusedError, match=reason) as refusal:
            bring(mission, text)
        assert refusal.value.text().languages() == {"en", "kk", "ru"}


def test_a_list_that_nobody_decides_about_is_emptied(mission: SmallMission) -> None:
    institutions(mission)
    entry = bring(mission, HEAD + "Berg;Anna;STO;Office;SE;\n")
    assert erase_due(mission=mission.row, today=DAY, by=SERVER, now=NOW + timedelta(days=1)).lists == 0
    assert erase_due(mission=mission.row, today=DAY, by=SERVER, now=NOW + UNDECIDED).lists == 1
    entry.refresh_from_db()
    assert (bytes(entry.key), bytes(entry.sealed)) == (b"", b"")


def test_a_dropped_list_is_over(mission: SmallMission) -> None:
    institutions(mission)
    entry = bring(mission, HEAD + "Berg;Anna;STO;Office;SE;\n")
    imports.drop(mission=mission.row, entry=entry, by=SERVER, now=NOW)
    entry.refresh_from_db()
    with pytest.raises(RefusedPeopleError, match="import-over"):
        look(mission, entry)


def test_four_hundred_rows_are_published_quickly(mission: SmallMission) -> None:
    from time import monotonic

    institutions(mission)
    letters = "bdfgklmnprstvz"
    rows = "".join(
        f"{letters[n % 14]}a{letters[n // 14 % 14]}o{letters[n // 5 % 14]};"
        f"{letters[n * 3 % 14]}u{letters[n // 9 % 14]}i;STO;Office;SE;01.06.2019\n"
        for n in range(400)
    )
    entry = bring(mission, HEAD + rows)
    undecided = {line.person.row: lists.NEW for line in look(mission, entry).undecided}
    imports.decide(mission=mission.row, entry=entry, decisions=undecided, by=SERVER)
    began = monotonic()
    assert publish(mission, entry)[0] == 400
    assert monotonic() - began < 3


def test_every_refusal_has_words_in_three_languages() -> None:
    assert all(text.languages() == {"en", "kk", "ru"} for text in REFUSED.values())
    assert "P1, P2" in str(RefusedPeopleError("merged", ["P1", "P2"]).text())


def test_a_person_of_another_mission_is_unknown(mission: SmallMission) -> None:
    some_people(mission)
    with pytest.raises(UnknownPersonError):
        person_file(mission.row, "P9999", day=EVE, viewer=SERVER)
