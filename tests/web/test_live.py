"""The election-day room follows what comes in, and says so when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import NOW, SmallMission
from paragraph8.accounts.permissions import Role, Viewer
from paragraph8.eday.items import tones
from paragraph8.eday.queries import Asked, State, freshness, room
from paragraph8.eday.tables import Asked as Choice
from paragraph8.eday.tables import tables
from paragraph8.evidence.models import Snapshot
from paragraph8.evidence.operations import snapshot

from .conftest import Pages, in_language, many, text_of

PIECE = {"HX-Request": "true"}


def test_the_page_and_its_live_piece_carry_the_tag_of_the_snapshot(pages: Pages) -> None:
    page = pages.clients["analyst"].get(pages.at("election-day/"))
    piece = pages.clients["analyst"].get(pages.at("election-day/"), headers=PIECE)
    assert page.headers["ETag"] == piece.headers["ETag"]
    assert text_of(page).startswith("<!doctype html>")
    assert text_of(piece).startswith('<div id="live"')
    assert 'id="stamp" hx-swap-oob="true"' in text_of(piece)


def test_nothing_is_sent_again_while_nothing_has_changed(pages: Pages) -> None:
    analyst = pages.clients["analyst"]
    tag = analyst.get(pages.at("election-day/"), headers=PIECE).headers["ETag"]
    again = analyst.get(pages.at("election-day/"), headers={**PIECE, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_a_new_snapshot_is_sent(pages: Pages, sequenced: Callable[[], int]) -> None:
    analyst = pages.clients["analyst"]
    tag = analyst.get(pages.at("election-day/"), headers=PIECE).headers["ETag"]
    many(pages.mission, 1)
    sequenced()
    snapshot(mission=pages.mission.row, now=NOW)
    again = analyst.get(pages.at("election-day/"), headers={**PIECE, "If-None-Match": tag})
    assert again.status_code == 200
    assert "Reports in: 5." in text_of(again)


def test_another_language_is_another_piece(pages: Pages) -> None:
    analyst = pages.clients["analyst"]
    tag = analyst.get(pages.at("election-day/"), headers=PIECE).headers["ETag"]
    again = in_language(analyst, "kk").get(pages.at("election-day/"), headers={**PIECE, "If-None-Match": tag})
    assert again.status_code == 200
    assert "4-" in text_of(again)


def test_what_waits_for_the_worker_is_told_and_ends_the_silence_of_304(pages: Pages) -> None:
    """The report was sent long ago and nobody has numbered it: the worker stands still."""
    analyst = pages.clients["analyst"]
    tag = analyst.get(pages.at("election-day/"), headers=PIECE).headers["ETag"]
    many(pages.mission, 3)
    again = analyst.get(pages.at("election-day/"), headers={**PIECE, "If-None-Match": tag})
    assert "the worker is behind; not counted yet: 3" in text_of(again)


def test_what_has_just_come_in_is_no_sign_of_a_worker_that_is_behind(mission: SmallMission, sequenced) -> None:
    snapshot(mission=mission.row, now=NOW)
    now = datetime.now(UTC)
    mission.send(mission.body(), now=now)
    sequenced()
    snapshot(mission=mission.row, now=now)
    mission.send(mission.body(), now=now)
    assert freshness(mission.row, viewer=_analyst(mission), now=now).state is State.LIVE


def test_without_a_snapshot_the_page_says_what_to_do(pages: Pages) -> None:
    Snapshot.objects.all().delete()
    text = text_of(pages.clients["analyst"].get(pages.at("election-day/")))
    assert "The worker has computed no figures yet." in text
    assert "p8 serve" in text
    assert "no figures yet" in text


def test_a_piece_that_is_asked_for_after_the_session_ended_loads_the_page_anew(pages: Pages) -> None:
    response = Client().get(pages.at("election-day/"), headers=PIECE)
    assert response.status_code == 204
    assert response.headers["HX-Refresh"] == "true"


def test_a_paused_page_asks_for_nothing(pages: Pages) -> None:
    running = text_of(pages.clients["analyst"].get(pages.at("election-day/")))
    paused = text_of(pages.clients["analyst"].get(pages.at("election-day/?paused=yes")))
    assert 'hx-trigger="every 2s"' in running
    assert "htmx" in running
    assert "hx-trigger" not in paused
    assert "Follow live" in paused


def test_shares_are_shown_from_thirty_answers_on_and_bars_from_ten(pages: Pages, sequenced: Callable[[], int]) -> None:
    def shown(n: int) -> str:
        many(pages.mission, n)
        sequenced()
        snapshot(mission=pages.mission.row, now=NOW)
        return text_of(pages.clients["analyst"].get(pages.at("election-day/")))

    few = shown(0)
    assert "count only" in few
    assert 'class="share ' not in few
    some = shown(6)
    assert 'class="share ' in some
    assert "count only" in some
    enough = shown(20)
    assert "6.7%" in enough  # 2 of 30


def test_the_worst_items_lead_and_need_thirty_answers(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    many(mission, 20, C01="no", C02="bad")
    many(mission, 9)
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    assert room(mission.row, Asked(), viewer=_analyst(mission), now=NOW).worst == ()
    many(mission, 1, C01="no")
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    worst = room(mission.row, Asked(), viewer=_analyst(mission), now=NOW).worst
    assert [(line.item.question.code, line.figure.numerator) for line in worst] == [("C01", 21)]


def test_what_was_left_out_stands_behind_the_answers(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    many(mission, 12, C01={"missing": "not-observed"})
    many(mission, 11, C01="no")
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    shown = tables(mission.row, Choice(), viewer=_analyst(mission), now=NOW)
    (item,) = [item for part in shown.parts for item in part.items if item.question.code == "C01"]
    assert (item.answered, item.left_out) == (11, 12)
    assert [(segment.n, segment.tone) for segment in item.segments] == [(0, "a1"), (11, "a4")]


def test_only_a_scale_with_grades_of_good_and_bad_is_an_assessment(pages: Pages) -> None:
    """Whether something was shown to all is an answer; how good or bad the whole was is an assessment."""
    shown = room(pages.mission.row, Asked(), viewer=_analyst(pages.mission), now=NOW)
    assert [item.question.code for item in shown.assessments] == ["C02"]


@pytest.mark.parametrize("negative", [[False, False], [True, False], [False, True, True], [True] * 3, [False] * 9])
def test_every_answer_has_a_colour_and_only_the_worst_the_hatched_one(negative: list[bool]) -> None:
    for ordered in (True, False):
        classes = tones(negative, ordered=ordered)
        assert len(classes) == len(negative)
        assert classes.count("a4") == (1 if any(negative) else 0)
        assert set(classes) <= {f"{scale}{step}" for scale in "aq" for step in range(1, 6)}


def _analyst(mission: SmallMission) -> Viewer:
    return mission.viewer(Role.ANALYST)
