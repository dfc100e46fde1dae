"""What happened, who says what about it, and how it is known: as it stood at each moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conftest import SERVER, SmallMission
from ledger.conftest import facts, moment, say
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.domain.ledger.claims import Amount, Bound, Link
from paragraph8.domain.ledger.corroboration import Level, Mode, Reliability
from paragraph8.domain.ledger.scopes import Scope
from paragraph8.domain.ledger.typologies import Term, Typology
from paragraph8.domain.text import Text
from paragraph8.ledger.claims import amount_of, link_claims
from paragraph8.ledger.events import add_event, add_outcome, change_event, merge
from paragraph8.ledger.information import Told, add_information, establish, protect_information, week_of, withdraw
from paragraph8.ledger.models import Event
from paragraph8.ledger.queries import (
    UnknownEntryError,
    claims_of,
    event_of,
    events_of,
    known_by,
    links_of,
    standing_of,
)
from paragraph8.ledger.refusals import REFUSALS, RefusedEntryError
from paragraph8.ledger.terms import set_terms, terms, titles

Sequenced = Callable[[], int]


def test_an_event_is_described_anew_and_the_old_words_stay(
    mission: SmallMission, event: Event, sequenced: Sequenced
) -> None:
    before = sequenced()
    change_event(event=event, facts=facts(title=Text.of("People were detained")), by=SERVER, now=moment(10))
    now = sequenced()
    assert [str(Text.of(v.title)) for v in events_of(mission.row, viewer=SERVER, as_of=before)] == [
        "People are detained"
    ]
    assert [str(Text.of(v.title)) for v in events_of(mission.row, viewer=SERVER, as_of=now)] == ["People were detained"]


def test_merged_events_are_one_until_that_is_taken_back(
    mission: SmallMission, event: Event, sequenced: Sequenced
) -> None:
    other = add_event(mission=mission.row, facts=facts(), by=SERVER, now=moment(9, 15))
    add_information(event=other, told=Told(mode=Mode.OBSERVED), by=SERVER, now=moment(9, 15))
    merge(kept=event, gone=other, reason="same square", by=SERVER, now=moment(9, 16))
    at = sequenced()
    assert [v.event.code for v in events_of(mission.row, viewer=SERVER)] == ["E0001"]
    assert known_by(event, viewer=SERVER).judged.level is Level.OBSERVED
    merge(kept=event, gone=other, reason="two squares", by=SERVER, now=moment(9, 17), undo=True)
    assert len(events_of(mission.row, viewer=SERVER)) == 2
    assert len(events_of(mission.row, viewer=SERVER, as_of=at)) == 1, "as it was read then"
    assert known_by(event, viewer=SERVER).judged.level is None


def test_the_evening_of_the_tenth_knows_nothing_of_the_eighteenth(mission: SmallMission, sequenced: Sequenced) -> None:
    say(mission, "evening", 9, 500)
    on_the_tenth = sequenced()
    say(mission, "minister", 18, 4000)
    sequenced()

    def codes(**at: Any) -> list[str]:
        return [row.code for row in claims_of(mission.row, viewer=SERVER, topic="detentions", **at)]

    assert codes(as_of=on_the_tenth) == ["evening"]
    assert codes(at=moment(10, 20)) == ["evening"]
    assert codes() == ["evening", "minister"]


def test_a_claim_entered_late_was_not_known_before_it_was_entered(mission: SmallMission, sequenced: Sequenced) -> None:
    before = sequenced()
    say(mission, "late", 9, 100, now=moment(20))
    assert claims_of(mission.row, viewer=SERVER, as_of=before, at=moment(10)) == []
    assert len(claims_of(mission.row, viewer=SERVER, as_of=sequenced(), at=moment(10))) == 1


def test_an_author_supersedes_himself_and_contradicts_others(mission: SmallMission) -> None:
    first, second = say(mission, "first", 9, 100), say(mission, "second", 10, 700)
    other = say(mission, "ngo", 10, 400, author=Text.of("A rights group"))
    with pytest.raises(RefusedEntryError) as refused:
        link_claims(claim=other, other=first, link=Link.SUPERSEDES, reason="later", by=SERVER, now=moment(11))
    assert refused.value.reason == "other-author"
    link_claims(claim=second, other=first, link=Link.SUPERSEDES, reason="said anew", by=SERVER, now=moment(11))
    link_claims(claim=other, other=second, link=Link.CONTRADICTS, reason="one city", by=SERVER, now=moment(11))

    def stood(day: int) -> list[str]:
        return [row.code for row in standing_of(mission.row, viewer=SERVER, topic="detentions", at=moment(day, 14))]

    assert stood(9) == ["first"]
    assert stood(12) == ["ngo", "second"]
    link_claims(
        claim=second, other=first, link=Link.SUPERSEDES, reason="other people", by=SERVER, now=moment(12), undo=True
    )
    assert len(links_of(claims_of(mission.row, viewer=SERVER))) == 1
    assert stood(13) == ["first", "ngo", "second"]


def test_a_withdrawn_account_counts_for_nothing_from_then_on(
    mission: SmallMission, event: Event, sequenced: Sequenced
) -> None:
    told = Told(mode=Mode.FIRST_HAND, reliability=Reliability.B)
    one = add_information(event=event, told=told, by=SERVER, now=moment(9, 15))
    add_information(event=event, told=told, by=SERVER, now=moment(9, 16))
    before = sequenced()
    withdraw(information=one, reason="afraid", by=SERVER, now=moment(10))
    sequenced()
    assert known_by(event, viewer=SERVER).judged.level is Level.REPORTED
    assert known_by(event, viewer=SERVER, as_of=before).judged.level is Level.CORROBORATED
    with pytest.raises(RefusedEntryError):
        withdraw(information=one, reason="again", by=SERVER, now=moment(10))


def test_a_protected_meeting_leaves_a_week_a_region_and_a_role(mission: SmallMission, event: Event) -> None:
    analyst = mission.viewer(Role.ANALYST)
    area = mission.row.areas.get(code="A")
    told = Told(mode=Mode.FIRST_HAND, week=date(2019, 6, 3), area=area, shares=("p-1",))
    row = protect_information(event=event, told=told, role="rights", by=analyst, now=moment(6, 17))
    entry = LogEntry.objects.get(pk=row.entry_id)
    assert (row.by, entry.actor) == ("case:rights", "case:rights")
    assert row.at == entry.at == week_of(moment(6, 17)) == moment(3, 0)
    assert analyst.name not in entry.body


@pytest.mark.parametrize(
    "too_much",
    [{"source": "A teacher of school 5"}, {"week": date(2019, 6, 5)}],
)
def test_whatever_narrows_a_protected_source_down_is_refused(
    mission: SmallMission, event: Event, too_much: dict[str, Any]
) -> None:
    told = Told(mode=Mode.FIRST_HAND, **too_much)
    with pytest.raises(RefusedEntryError, match="protected meeting"):
        protect_information(event=event, told=told, role="rights", by=SERVER, now=moment(6))


def test_a_protected_event_has_no_clock_and_no_place(mission: SmallMission) -> None:
    add_event(mission=mission.row, facts=facts(protected=True, precision="week"), by=SERVER, now=moment(6))
    for too_much in ({"place": "Canteen of the plant"}, {"precision": "day"}):
        with pytest.raises(RefusedEntryError, match="protected meeting"):
            add_event(
                mission=mission.row,
                facts=facts(**{"protected": True, "precision": "week", **too_much}),
                by=SERVER,
                now=moment(6),
            )


def test_established_is_signed_by_two_people(mission: SmallMission, event: Event) -> None:
    head, analyst = mission.viewer(Role.HEAD), mission.viewer(Role.ANALYST)
    establish(event=event, office="head", reason="seen by four teams", by=head, now=moment(10))
    for office, by in (("legal-analyst", head), ("head", analyst), ("cook", head)):
        with pytest.raises(RefusedEntryError):
            establish(event=event, office=office, reason="so it is", by=by, now=moment(10))
    establish(event=event, office="legal-analyst", reason="court decisions", by=analyst, now=moment(10))
    assert event.establishings.count() == 2
    with pytest.raises(NotAllowedError):
        establish(event=event, office="head", reason="x", by=mission.viewer(Role.PRESS), now=moment(10))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": Text(())}, "no-title"),
        ({"kind": "nonsense"}, "unknown-term"),
        ({"rights": ("nonsense",)}, "unknown-term"),
        ({"since": date(2019, 6, 10)}, "bad-period"),
        ({"note": "ә" * 200_001}, "too-long"),
        ({"precision": "century"}, "unknown-term"),
        ({"reading": "9 June", "verbatim": "9 July"}, "reading-needs-reason"),
    ],
)
def test_what_is_no_event_is_refused_with_its_reason(
    mission: SmallMission, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(RefusedEntryError) as refused:
        add_event(mission=mission.row, facts=facts(**changes), by=SERVER, now=moment(9))
    assert refused.value.reason == reason
    assert not Event.objects.exists()


def test_a_misprint_is_kept_beside_its_corrected_reading(mission: SmallMission) -> None:
    read = facts(verbatim="9 July 2019", reading="9 June 2019", reading_because="election day was 9 June")
    event = add_event(mission=mission.row, facts=read, by=SERVER, now=moment(10))
    version = event.versions.get()
    assert (version.verbatim, version.reading) == ("9 July 2019", "9 June 2019")


def test_a_long_note_in_three_scripts_is_kept_whole(mission: SmallMission) -> None:
    note = "Ә ғ қ · Latin · العربية " * 4000
    event = add_event(mission=mission.row, facts=facts(note=note), by=SERVER, now=moment(10))
    assert event.versions.get().note == note


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"author": Text(())}, "no-author"),
        ({"verbatim": "  "}, "no-words"),
        ({"source": ""}, "no-source"),
        ({"said_at": moment(20)}, "not-yet-said"),
        ({"scope": Scope(counted="nonsense")}, "unknown-term"),
        ({"scope": Scope(counted="detained", areas=("Z/",))}, "unknown-area"),
        ({"reading": "617"}, "reading-needs-reason"),
    ],
)
def test_what_is_no_claim_is_refused_with_its_reason(
    mission: SmallMission, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(RefusedEntryError) as refused:
        say(mission, "x", 9, 100, **changes)
    assert refused.value.reason == reason


def test_a_code_is_given_once_and_an_amount_must_make_sense(mission: SmallMission) -> None:
    say(mission, "x", 9, Amount(bound=Bound.MORE_THAN, point=950))
    with pytest.raises(RefusedEntryError, match="taken"):
        say(mission, "x", 9, 100)
    with pytest.raises(RefusedEntryError):
        amount_of(bound="between", point=4, low=None, high=None)


def test_an_outcome_needs_a_source_and_a_term(mission: SmallMission, event: Event) -> None:
    add_outcome(
        event=event, outcome="fined", n=305, day=date(2019, 6, 13), source="A briefing", by=SERVER, now=moment(18)
    )
    for bad in ({"source": " "}, {"outcome": "nonsense"}):
        with pytest.raises(RefusedEntryError):
            add_outcome(**{"event": event, "outcome": "fined", "source": "x", "by": SERVER, "now": moment(18), **bad})
    assert event.outcomes.count() == 1


def test_a_term_that_is_retired_is_offered_no_more_and_still_read(mission: SmallMission) -> None:
    new = [Term("arrest", Text.of("administrative arrest")), Term("detained", Text.of("detained"))]
    set_terms(
        mission=mission.row,
        typology=Typology.OUTCOME,
        new=new,
        retired=["arrest"],
        source="Own list",
        by=SERVER,
        now=moment(1),
    )
    assert set(terms(mission.row, Typology.OUTCOME)) == {"detained"}
    assert {"arrest", "fined"} <= set(titles(mission.row, Typology.OUTCOME))
    with pytest.raises(RefusedEntryError):
        set_terms(mission=mission.row, typology=Typology.OUTCOME, new=[], source="x", by=SERVER, now=moment(1))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRESS, Role.READER, Role.OBSERVER, Role.TRANSLATOR])
def test_who_has_no_business_with_it_reads_and_writes_nothing(mission: SmallMission, event: Event, role: Role) -> None:
    viewer = mission.viewer(role, team="T1" if role is Role.OBSERVER else "")
    for read in (events_of, claims_of):
        with pytest.raises(NotAllowedError):
            read(mission.row, viewer=viewer)
    with pytest.raises(NotAllowedError):
        add_event(mission=mission.row, facts=facts(), by=viewer, now=moment(9))
    with pytest.raises(NotAllowedError):
        known_by(event, viewer=viewer)


def test_an_event_of_another_mission_is_not_found(mission: SmallMission, event: Event) -> None:
    assert event_of(mission.row, "E0001", viewer=SERVER) == event
    with pytest.raises(UnknownEntryError):
        event_of(mission.row, "E0002", viewer=SERVER)


def test_refusals_are_written_in_three_languages() -> None:
    assert all(text.languages() == {"en", "kk", "ru"} for text in REFUSALS.values())
