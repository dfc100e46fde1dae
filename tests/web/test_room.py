"""The election-day room as different people meet it: now, then, on a wall, and its tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

import pytest

from conftest import NOW
from paragraph8.evidence.models import Snapshot
from paragraph8.evidence.operations import snapshot

from .conftest import Pages, in_language, many, text_of


@pytest.fixture
def room(pages: Pages) -> Pages:
    pages.mission.row.election_date = date(2019, 6, 9)
    pages.mission.row.save()
    return pages


def test_the_room_answers_one_question_with_every_block(room: Pages) -> None:
    text = text_of(room.clients["head"].get(room.at("election-day/")))
    for heading in (
        "How is it going?",
        "How observers assessed each process",
        "Reports in, against expected by now",
        "Worst items",
        "Turnout at the stations visited",
        "Stations visited",
        "Silent teams",
        "Problems open",
        "Incidents",
    ):
        assert heading in text


def test_who_sees_no_reports_sees_neither_teams_nor_problems_nor_turnout(room: Pages) -> None:
    for name in ("reader", "press", "translator", "operations"):
        text = text_of(room.clients[name].get(room.at("election-day/")))
        for heading in ("Silent teams", "Problems open", "Turnout at the stations visited"):
            assert heading not in text, name
        assert "Stations visited" in text
        assert "/reports/" not in text


def test_a_past_hour_is_shown_once_and_asks_for_nothing(room: Pages) -> None:
    text = text_of(room.clients["analyst"].get(room.at("election-day/?at=27:00")))
    assert "hx-trigger" not in text
    assert "htmx.min.js" not in text
    assert "This is the day as it was known at 03:00" in text
    assert "Follow live" in text


def test_an_hour_before_the_first_report_knows_nothing_and_stands(room: Pages) -> None:
    """The small mission reports at midnight where it is."""
    text = text_of(room.clients["analyst"].get(room.at("election-day/?at=09:00")))
    assert "Nothing has been heard yet" in text
    assert "no observation yet" in text or "No form of the mission asks for an overall assessment." in text


@pytest.mark.parametrize("query", ["as_of=0", "as_of=999999", "as_of=x", "at=noon", "at=99:99", "as_of=1%00"])
@pytest.mark.parametrize("page", ["election-day/", "election-day/tables/", "election-day/tables/csv"])
def test_a_moment_that_there_is_not_is_not_found(room: Pages, page: str, query: str) -> None:
    assert room.clients["head"].get(room.at(f"{page}?{query}")).status_code == 404


@pytest.mark.parametrize("query", ["form=x", "area=x", "setting=x", "kind=x", "question=x", "question=%27%22%3E"])
def test_a_choice_that_there_is_not_is_not_found(room: Pages, query: str) -> None:
    for page in ("election-day/tables/", "election-day/tables/xlsx"):
        assert room.clients["head"].get(room.at(f"{page}?{query}")).status_code == 404


def test_the_wall_is_the_same_page(room: Pages) -> None:
    desk, wall = (text_of(room.clients["head"].get(room.at(f"election-day/{query}"))) for query in ("", "?wall=yes"))
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", desk) == re.findall(r"<h2[^>]*>(.*?)</h2>", wall)
    assert 'class="room wall"' in wall
    assert 'class="room wall"' not in desk


def test_every_chart_has_its_numbers_as_a_table(room: Pages) -> None:
    text = text_of(room.clients["head"].get(room.at("election-day/")))
    charts = re.findall(r'<svg[^>]*class="chart"[^>]*aria-labelledby="([a-z-]+)-title', text)
    assert charts == ["hours"]
    for name in charts:
        assert f'id="{name}-table"' in text


def test_the_slider_works_by_links_and_a_button(room: Pages) -> None:
    text = text_of(room.clients["head"].get(room.at("election-day/")))
    assert 'type="range" id="at" name="at"' in text
    shown = text_of(room.clients["head"].get(room.at("election-day/?at=1440")))
    assert "00:00 of the night after" in shown
    assert "?at=23%3A00" in text


def test_the_tables_keep_their_choice_when_the_hour_changes(room: Pages) -> None:
    text = text_of(room.clients["head"].get(room.at("election-day/tables/?form=counting&question=C02&at=27:00")))
    assert '<input type="hidden" name="question" value="C02">' in text
    assert "?form=counting&amp;question=C02&amp;at=23%3A00" in text


def test_a_comparison_over_time_is_refused_in_words(room: Pages) -> None:
    for language, said in (
        ("en", "Observed counts are not compared over time."),
        ("kk", "Байқау сандары уақыт бойынша салыстырылмайды."),
        ("ru", "Числа наблюдений не сравнивают во времени."),
    ):
        client = in_language(room.clients["analyst"], language)
        assert said in text_of(client.get(room.at("election-day/tables/?compare=yes")))


def test_no_page_of_counts_has_an_arrow_or_a_word_of_trend(room: Pages, sequenced: Callable[[], int]) -> None:
    many(room.mission, 40, C01="no")
    sequenced()
    snapshot(mission=room.mission.row, now=NOW)
    for page in ("election-day/", "election-day/tables/?question=C01", "election-day/?at=27:00"):
        text = text_of(room.clients["head"].get(room.at(page)))
        words = re.sub(r"<[^>]+>", " ", text)
        assert not re.search(r"[↑↓▲▼⬆⬇]|\b(increas|decreas|rising|falling|trend|up from|down from)", words), page


@pytest.mark.parametrize(
    ("kind", "media"),
    [
        ("csv", "application/zip"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("parquet", "application/zip"),
    ],
)
def test_a_table_can_be_taken_away(room: Pages, kind: str, media: str) -> None:
    if kind == "parquet":
        pytest.importorskip("polars")
    response = room.clients["reader"].get(room.at(f"election-day/tables/{kind}?form=counting"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media
    assert response.headers["Content-Disposition"].startswith('attachment; filename="small-counting-')
    assert response.content


def test_another_format_there_is_not(room: Pages) -> None:
    assert room.clients["head"].get(room.at("election-day/tables/pdf")).status_code == 404


def test_a_server_without_the_extra_says_which_is_missing(room: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    response = room.clients["head"].get(room.at("election-day/tables/parquet"))
    assert response.status_code == 501
    assert "paragraph8[big]" in text_of(response)


def test_a_table_of_a_mission_without_statistics_is_refused(room: Pages) -> None:
    room.mission.row.format = "limited"
    room.mission.row.save()
    assert room.clients["head"].get(room.at("election-day/tables/csv")).status_code == 422


def test_the_tag_changes_with_the_board_the_figures_and_the_minute(room: Pages) -> None:
    from paragraph8.eday.queries import Freshness, State

    base = Freshness(5, State.LIVE, 0, 4, 600)
    others = [
        Freshness(6, State.LIVE, 0, 4, 600),
        Freshness(5, State.LIVE, 0, 5, 600),
        Freshness(5, State.LIVE, 0, 4, 601),
        Freshness(5, State.BEHIND, 0, 4, 600),
        Freshness(5, State.LIVE, 1, 4, 600),
    ]
    tags = [each.tag("en") for each in (base, *others)] + [base.tag("kk")]
    assert len(set(tags)) == len(tags)


def test_worst_items_say_where_and_hide_single_teams_from_who_may_not_know(
    room: Pages, sequenced: Callable[[], int]
) -> None:
    many(room.mission, 40, C01="no")
    sequenced()
    snapshot(mission=room.mission.row, now=NOW)
    analyst, reader = (text_of(room.clients[name].get(room.at("election-day/"))) for name in ("analyst", "reader"))
    assert "North <span" in analyst
    assert "40 of 42" in analyst
    assert "North <span" not in reader, "all of the north comes from one team"


def test_without_figures_tables_say_that_nothing_was_known(room: Pages) -> None:
    Snapshot.objects.all().delete()
    assert "Nothing was known yet." in text_of(room.clients["head"].get(room.at("election-day/tables/")))


def test_a_reports_words_cannot_enter_the_page_as_markup(room: Pages, sequenced: Callable[[], int]) -> None:
    """Names of teams and areas come from people."""
    room.mission.row.areas.filter(code="A").update(name={"en": "<b>North</b>"})
    many(room.mission, 1)
    sequenced()
    snapshot(mission=room.mission.row, now=NOW)
    for page in ("election-day/", "election-day/tables/?question=C02"):
        assert "<b>North</b>" not in text_of(room.clients["head"].get(room.at(page)))


def test_reports_of_no_form_are_counted_apart(room: Pages, sequenced: Callable[[], int]) -> None:
    room.mission.send(b"not a report")
    room.mission.send(json.dumps({**json.loads(room.mission.body()), "form": "unheard-of"}).encode())
    sequenced()
    snapshot(mission=room.mission.row, now=NOW)
    assert "Kept, and of no form that can be read: 2." in text_of(room.clients["head"].get(room.at("election-day/")))
