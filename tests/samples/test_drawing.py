"""Nobody can have chosen the sample: seed, contribution, design and draw come in this order, and everything stays."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import TABLE, Action, NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.domain.missions import Format
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.jobs.models import Job, State
from paragraph8.jobs.operations import perform
from paragraph8.missions.models import Station
from paragraph8.missions.operations import NewStation, add_stations
from paragraph8.samples import refusals
from paragraph8.samples.models import Commitment, Draw, DrawRequest
from paragraph8.samples.operations import ask, commit_seed, contribute, perform_draw, start_draw
from paragraph8.samples.queries import design_of, disclosure_of, frame_drawn_from, polls_close_of, standing
from paragraph8.samples.refusals import RefusedSampleError
from paragraph8.samples.sealing import unseal
from paragraph8.statistics.sampling.design import Method, Request
from paragraph8.statistics.sampling.disclosure import check
from paragraph8.statistics.sampling.randomness import commitment_to
from paragraph8.statistics.sampling.refusals import RefusedDrawError

from .drawing import CLOSE, asked, drawn


def refused(why, work, **facts) -> None:
    with pytest.raises(RefusedSampleError) as caught:
        work(**facts)
    assert caught.value.text == why


# The seed


def test_a_seed_is_known_by_its_hash_alone(mission: SmallMission) -> None:
    row = commit_seed(mission=mission.row, by=SERVER, now=NOW)
    seed = unseal(bytes(row.sealed), mission_id=mission.row.pk)
    assert row.sha256 == commitment_to(seed)
    assert seed not in bytes(row.sealed)
    entry = LogEntry.objects.get(kind="seed.committed")
    assert json.loads(entry.body)["sha256"] == row.sha256
    assert entry.at == row.at == NOW
    assert seed.hex() not in entry.body


def test_a_sealed_seed_of_one_mission_is_none_of_another(mission: SmallMission) -> None:
    from cryptography.exceptions import InvalidTag

    row = commit_seed(mission=mission.row, by=SERVER, now=NOW)
    with pytest.raises(InvalidTag):
        unseal(bytes(row.sealed), mission_id=mission.row.pk + 1)


def test_nobody_may_have_two_seeds_to_choose_from(mission: SmallMission) -> None:
    commit_seed(mission=mission.row, by=SERVER, now=NOW)
    refused(refusals.OPEN_SEED, commit_seed, mission=mission.row, by=SERVER, now=NOW)
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("format_", Format)
def test_a_mission_that_observes_nothing_systematically_draws_no_sample(mission: SmallMission, format_) -> None:
    mission.row.format = format_
    mission.row.save()
    if format_ in (Format.FULL, Format.CITIZEN):
        assert commit_seed(mission=mission.row, by=SERVER, now=NOW)
    else:
        refused(refusals.FORMAT, commit_seed, mission=mission.row, by=SERVER, now=NOW)


def test_a_draw_without_a_seed_is_refused(mission: SmallMission) -> None:
    facts = {"name": "x", "purpose": Purpose.OTHER, "strata_by": StrataBy.NOTHING, "polls_close": CLOSE}
    request = Request(method=Method.SIMPLE, n=2)
    refused(refusals.NO_SEED, ask, mission=mission.row, by=SERVER, now=NOW, request=request, **facts)
    commit_seed(mission=mission.row, by=SERVER, now=NOW)
    earlier = NOW - timedelta(minutes=1)
    refused(refusals.NO_SEED, ask, mission=mission.row, by=SERVER, now=earlier, request=request, **facts)


def test_a_contribution_comes_after_the_seed_and_not_before_its_time(mission: SmallMission) -> None:
    due = NOW + timedelta(hours=1)
    for facts, why in (
        ({"source": "dice"}, refusals.NO_DUE),
        ({"source": "dice", "due": NOW}, refusals.NO_DUE),
        ({"due": due}, refusals.NO_SOURCE),
    ):
        refused(why, commit_seed, mission=mission.row, by=SERVER, now=NOW, **facts)
    row = commit_seed(mission=mission.row, by=SERVER, now=NOW, source="three dice at the briefing", due=due)
    design = {
        "mission": mission.row,
        "name": "x",
        "purpose": Purpose.OTHER,
        "strata_by": StrataBy.NOTHING,
        "polls_close": CLOSE,
        "request": Request(method=Method.SIMPLE, n=2),
        "by": SERVER,
    }
    refused(refusals.NO_CONTRIBUTION, ask, now=due, **design)
    refused(refusals.TOO_EARLY, contribute, commitment=row, value="3 5 1", by=SERVER, now=NOW)
    refused(refusals.NO_VALUE, contribute, commitment=row, value="  ", by=SERVER, now=due)
    contribute(commitment=row, value=" 3  5 1", by=SERVER, now=due)
    refused(refusals.NOT_AWAITED, contribute, commitment=row, value="6 6 6", by=SERVER, now=due)
    draw = perform_draw(asked=ask(now=due, **design), by=SERVER, now=due)
    told = json.loads(disclosure_of(draw, viewer=SERVER, now=due))
    assert told["contribution"] == "3 5 1"
    assert all(found.ok for found in check(json.dumps(told).encode()))


def test_a_seed_without_a_source_awaits_nothing(mission: SmallMission) -> None:
    row = commit_seed(mission=mission.row, by=SERVER, now=NOW)
    refused(refusals.NOT_AWAITED, contribute, commitment=row, value="3", by=SERVER, now=NOW)


# The draw


def test_a_draw_holds_its_design_and_can_be_drawn_again_by_a_stranger(mission: SmallMission) -> None:
    draw = drawn(mission)
    design = design_of(draw)
    assert [(s.code, s.there, s.drawn) for s in design.strata] == [("A", 2, 1), ("B", 2, 1)]
    assert all(unit.probability == 1 / design.weights()[unit.station] for unit in design.drawn)
    assert {len(stations) for _, stations in design.reserves} == {1}
    assert design.seed == ""
    assert design.frame == draw.request.frame_sha256 == frame_drawn_from(draw).sha256
    assert draw.request.station_list == mission.row.station_list
    found = check(disclosure_of(draw, viewer=SERVER, now=NOW), commitment=draw.commitment.sha256)
    assert [one.ok for one in found] == [True] * 7
    assert draw.commitment.at < draw.request.at < draw.at


def test_the_log_tells_what_was_drawn_to_nobody_who_has_not_the_seed(mission: SmallMission) -> None:
    from paragraph8.domain.canonical import digest

    draw = drawn(mission)
    body = json.loads(LogEntry.objects.get(kind="draw.made").body)
    stored = json.loads(draw.design)
    assert body["design"] != digest(stored)
    seed = unseal(bytes(draw.commitment.sealed), mission_id=mission.row.pk)
    assert body["design"] == digest([seed.hex(), stored])
    assert [entry.kind for entry in LogEntry.objects.filter(kind__regex="^(seed|draw)").order_by("pk")] == [
        "seed.committed",
        "draw.asked",
        "draw.made",
    ]


def test_a_seed_serves_one_draw_and_a_second_for_the_same_purpose_needs_a_reason(mission: SmallMission) -> None:
    first = drawn(mission)
    refused(refusals.SEED_USED, perform_draw, asked=first.request, by=SERVER, now=NOW)
    refused(refusals.NO_REASON, asked, mission=mission, reason=" ")
    request = ask(
        mission=mission.row,
        name="again",
        purpose=Purpose.CITIZEN,
        request=Request(method=Method.SIMPLE, n=2, minimum=1),
        strata_by=StrataBy.AREA,
        polls_close=CLOSE,
        reason="a region was added",
        by=SERVER,
        now=NOW + timedelta(minutes=5),
    )
    second = perform_draw(asked=request, by=SERVER, now=NOW + timedelta(minutes=6))
    assert second.request.reason == "a region was added"
    assert set(Draw.objects.all()) == {first, second}


def test_a_list_that_changed_after_the_design_was_fixed_is_refused(mission: SmallMission) -> None:
    request = asked(mission)
    add_stations(mission=mission.row, stations=[NewStation(key="A9", area="A")], by=SERVER, now=NOW)
    refused(refusals.FRAME_CHANGED, perform_draw, asked=request, by=SERVER, now=NOW)
    assert not Draw.objects.exists()


def test_seeds_requests_and_draws_cannot_be_rewritten(mission: SmallMission) -> None:
    draw = drawn(mission)
    for row, field in ((draw, "n"), (draw.request, "name"), (draw.commitment, "sha256")):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{field: 1})
        with pytest.raises(DatabaseError), transaction.atomic():
            row.__class__.objects.filter(pk=row.pk)._raw_delete("default")


def test_the_frame_is_ordered_the_same_on_every_database(mission: SmallMission) -> None:
    add_stations(
        mission=mission.row,
        stations=[NewStation(key=key, area="A") for key in ("a1", "Ä1", "A-1", "A10", "А1")],
        by=SERVER,
        now=NOW,
    )
    frame = frame_drawn_from(drawn(mission, request=Request(method=Method.SYSTEMATIC, n=4)))
    assert list(frame.stations[:7]) == sorted(["a1", "Ä1", "A-1", "A10", "А1", "A1", "A2"])


def test_types_that_were_not_asked_for_are_not_in_the_frame(mission: SmallMission) -> None:
    Station.objects.filter(key="B1").update(kind="prison")
    draw = drawn(mission, kinds=["regular"], strata_by=StrataBy.NOTHING)
    assert set(frame_drawn_from(draw).stations) == {"A1", "A2", "B2"}


@pytest.mark.parametrize("request_", [Request(method=Method.SPATIAL, n=2), Request(method=Method.SIMPLE, n=5)])
def test_what_cannot_be_drawn_is_refused_before_anything_is_written(mission: SmallMission, request_) -> None:
    with pytest.raises(RefusedDrawError):
        asked(mission, request=request_)
    assert not DrawRequest.objects.exists()


def test_a_mission_without_a_list_has_nothing_to_draw_from(mission: SmallMission) -> None:
    mission.row.station_list = None
    mission.row.save()
    refused(refusals.NO_LIST, asked, mission=mission)


def test_polls_close_at_eight_in_the_last_zone_unless_the_mission_says_later(mission: SmallMission) -> None:
    from datetime import UTC, date, datetime

    mission.row.election_date = date(2019, 6, 9)
    mission.row.areas.filter(code="A").update(zone="Asia/Aqtobe")
    assert polls_close_of(mission.row) == datetime(2019, 6, 9, 15, 0, tzinfo=UTC)
    refused(refusals.CLOSES_TOO_EARLY, asked, mission=mission, polls_close=datetime(2019, 6, 9, 14, 0, tzinfo=UTC))
    mission.row.election_date = None
    assert polls_close_of(mission.row) is None


# The job


def test_a_draw_is_a_job_that_says_what_it_drew_or_why_not(mission: SmallMission) -> None:
    request = asked(mission)
    job = start_draw(asked=request, by=SERVER, now=NOW)
    perform(job)
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"draw": Draw.objects.get().pk})
    assert (job.done, job.total) == (2, 2)
    again = start_draw(asked=request, by=SERVER, now=NOW)
    perform(again)
    again.refresh_from_db()
    assert again.state == State.REFUSED
    assert again.result["text"] == refusals.SEED_USED.to_json()
    assert Job.objects.count() == 2


# Who may


@pytest.mark.parametrize("role", Role)
def test_only_who_may_draw_commits_and_draws(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role, team="T1")
    if Action.DRAW_SAMPLE in TABLE[role]:
        assert commit_seed(mission=mission.row, by=viewer, now=NOW)
        return
    request = asked(mission)
    for work in (
        lambda: commit_seed(mission=mission.row, by=viewer, now=NOW),
        lambda: contribute(commitment=request.commitment, value="1", by=viewer, now=NOW),
        lambda: perform_draw(asked=request, by=viewer, now=NOW),
        lambda: start_draw(asked=request, by=viewer, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            work()
    assert not Draw.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_before_polls_close_few_see_what_was_drawn_and_then_who_sees_the_deployment(
    mission: SmallMission, role: Role
) -> None:
    draw = drawn(mission)
    viewer = mission.viewer(role, team="T1")
    before, after = CLOSE - timedelta(seconds=1), CLOSE

    def sees(moment) -> bool:
        seen = []
        for look in (standing, disclosure_of):
            try:
                look(draw, viewer=viewer, now=moment)
                seen.append(True)
            except NotAllowedError:
                seen.append(False)
        assert len(set(seen)) == 1
        return seen[0]

    assert sees(before) is (Action.SEE_SAMPLE in TABLE[role])
    assert sees(after) is (Action.SEE_DEPLOYMENT in TABLE[role])
