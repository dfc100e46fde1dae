"""Figures of a quick count: the room's own until the gate is open, recomputed from sealed rows alone."""

from __future__ import annotations

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import Role
from paragraph8.audit.queries import latest_change
from paragraph8.documents.rows import Rows
from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Audience, Basis, Key, Kind, RefusedFigureError, Unit, figure_from_json
from paragraph8.evidence.operations import snapshot, with_rows
from paragraph8.evidence.queries import catalogue, figures, live, populations, rows
from paragraph8.quickcount.operations import open_gate, shut_gate
from paragraph8.wording.admission import refuse_withheld
from paragraph8.wording.refusals import WordingError

from .counting import counting
from .test_plans import LATER, night

SHARE = Key.of("quickcount", "share", contestant="anna")
LEAD = Key.of("quickcount", "lead")
TURNOUT = Key.of("quickcount", "turnout")
RETURNS = Key.of("quickcount", "returns")
ALL = (SHARE, LEAD, TURNOUT, RETURNS)


def asked(mission: SmallMission, keys: tuple[Key, ...] = ALL, *, as_of: int):
    return figures(mission.row, keys, as_of=as_of, viewer=SERVER)


def test_estimates_come_from_the_drawn_sample(mission, sequenced):
    night(mission, sequenced, n=18)
    found = asked(mission, as_of=latest_change())
    share = found[SHARE]
    assert (share.kind, share.basis, share.unit) == (Kind.ESTIMATE, Basis.PROBABILITY, Unit.VOTE)
    assert share.estimate is not None
    assert (share.estimate.n, share.estimate.drawn, share.estimate.population) == (18, 20, 44)
    assert float(share.estimate.value or 0) == pytest.approx(0.6, abs=0.01)
    assert dict(share.left_out) == {"no-report": 2}
    assert (found[RETURNS].numerator, found[RETURNS].denominator) == (18, 20)
    assert found[TURNOUT].unit is Unit.VOTER
    assert share.to_json() == figure_from_json(share.to_json()).to_json()


def test_votes_stay_refused_as_observations(mission, sequenced):
    """A quick count rests on a drawn sample; what observers saw on their own routes is still no result."""
    night(mission, sequenced)
    with pytest.raises(RefusedFigureError) as refused:
        asked(mission, (Key.of("eday", "part", form="protocol", question="P1", of="P3"),), as_of=latest_change())
    assert refused.value.reason == "reconciliation-only"


def test_figures_are_the_rooms_own_until_the_gate_is_open(mission, sequenced):
    night(mission, sequenced)
    head = mission.viewer(Role.HEAD)
    open_gate(mission=mission.row, by=head, now=LATER)
    opened = sequenced()
    shut_gate(mission=mission.row, reason="A forged protocol", by=head, now=LATER)
    shut = sequenced()
    said = [asked(mission, as_of=change) for change in (opened - 1, opened, shut)]
    assert [found[SHARE].audience for found in said] == [Audience.ROOM, Audience.PUBLIC, Audience.ROOM]
    levels = [found[SHARE].interval.level for found in said if found[SHARE].interval]
    assert levels == ["0.99", "0.95", "0.99"]
    with pytest.raises(WordingError):
        refuse_withheld(said[0][SHARE])


@pytest.mark.parametrize(
    "spelling",
    [
        "quickcount.share",
        "quickcount.share[contestant=nobody]",
        "quickcount.share[contestant=anna,area=A]",
        "quickcount.lead[contestant=anna]",
        "quickcount.lead[contestant=anna,over=anna]",
        "quickcount.seats",
    ],
)
def test_a_key_that_names_nothing_is_refused(mission, sequenced, spelling):
    night(mission, sequenced)
    dimensions = spelling.partition("[")[2].rstrip("]")
    named = dict(part.split("=") for part in dimensions.split(",")) if dimensions else {}
    key = Key.of("quickcount", spelling.partition("[")[0].partition(".")[2], **named)
    with pytest.raises(RefusedFigureError):
        asked(mission, (key,), as_of=latest_change())


def test_the_lead_of_one_over_another_can_be_asked_for(mission, sequenced):
    night(mission, sequenced)
    key = Key.of("quickcount", "lead", contestant="berik", over="anna")
    found = asked(mission, (key, LEAD), as_of=latest_change())
    assert found[key].estimate is not None
    assert found[LEAD].estimate is not None
    assert float(found[key].estimate.value or 0) == pytest.approx(-float(found[LEAD].estimate.value or 0))


def test_a_mission_without_a_plan_offers_nothing(mission, sequenced):
    counting(mission)
    assert [spec for spec in catalogue(mission.row, viewer=SERVER) if spec.key.app == "quickcount"] == []
    with pytest.raises(RefusedFigureError):
        asked(mission, (SHARE,), as_of=sequenced())


def test_everything_offered_can_be_computed_and_what_is_counted_is_kept(mission, sequenced):
    night(mission, sequenced, n=5)
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    _, kept = live(mission.row, viewer=SERVER)
    assert kept[RETURNS].numerator == 5  # estimates are computed when somebody asks
    offered = [spec.key for spec in catalogue(mission.row, viewer=SERVER) if spec.key.app == "quickcount"]
    assert set(asked(mission, tuple(offered), as_of=latest_change())) == {
        *ALL,
        SHARE.of("quickcount", "share", contestant="berik"),
    }


def test_figures_before_the_first_return_have_no_value(mission, sequenced):
    counting(mission).fix()
    found = asked(mission, as_of=sequenced())
    assert found[SHARE].estimate is not None
    assert (found[SHARE].estimate.value, found[SHARE].interval) == (None, None)
    assert dict(found[SHARE].left_out) == {"no-report": 20}


def test_a_stranger_computes_the_same_from_the_sealed_rows(mission, sequenced):
    count = night(mission, sequenced, n=17)
    count.send(count.stations[17], (300, 200), P4=100)
    as_of = sequenced()
    found = with_rows(mission.row, asked(mission, as_of=as_of), as_of=as_of, by=SERVER)
    held = populations(mission.row, as_of=as_of, viewer=SERVER)["quick-count"]
    sealed = Rows.of("quick-count", held.rows)
    canonical(list(held.rows))
    for figure in found.values():
        tally = sealed.tally(figure)
        assert figure.rows == sealed.digest
        assert (tally.estimate, tally.interval, tally.left_out) == (
            figure.estimate,
            figure.interval,
            figure.left_out,
        )
        assert sealed.commitment(figure, b"salt") != sealed.commitment(figure, b"other")


def test_one_changed_vote_gives_another_figure(mission, sequenced):
    night(mission, sequenced)
    as_of = latest_change()
    held = populations(mission.row, as_of=as_of, viewer=SERVER)["quick-count"].rows
    figure = asked(mission, (SHARE,), as_of=as_of)[SHARE]
    changed = [dict(row) for row in held]
    changed[1]["votes"] = {"anna": 1, "berik": 499}
    other = Rows.of("quick-count", changed).tally(figure)
    assert other.estimate != figure.estimate


def test_the_past_stays_what_it_was(mission, sequenced):
    count = night(mission, sequenced, n=10)
    before = latest_change()
    early = asked(mission, as_of=before)
    for station in count.stations[10:]:
        count.send(station, (10, 490))
    sequenced()
    assert asked(mission, as_of=before) == early


def test_rows_behind_a_figure_are_for_analysts(mission, sequenced):
    count = night(mission, sequenced, n=3)
    as_of = latest_change()
    behind = rows(mission.row, SHARE, as_of=as_of, viewer=mission.viewer(Role.ANALYST))
    assert {row["station"] for row in behind} == set(count.stations[:3])
    assert {row["outcome"] for row in behind} == {"in"}
