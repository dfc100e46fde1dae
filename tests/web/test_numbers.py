"""How pages write numbers, shares, moments and texts in the three languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from paragraph8.domain.text import Text
from paragraph8.eday.items import Segment
from paragraph8.web.paging import after, number_in

EVENING = datetime(2019, 6, 9, 17, 40, 12, tzinfo=UTC)
NIGHT = datetime(2019, 6, 9, 20, 10, tzinfo=UTC)


def written(template: str, language: str, **values: object) -> str:
    with override(language):
        return Template(template).render(Context(values))


@pytest.mark.parametrize(("language", "expected"), [("en", "1,099"), ("kk", "1\u00a0099"), ("ru", "1\u00a0099")])
def test_a_number_is_grouped(language: str, expected: str) -> None:
    assert written("{{ n|number }}", language, n=1099) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "–"), ("kk", "–"), ("ru", "—")])
def test_no_number_is_a_dash_and_never_a_zero(language: str, expected: str) -> None:
    assert written("{{ n|number }}", language, n=None) == expected
    assert written("{{ n|number }}", language, n=0) == "0"


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_a_number_in_an_address_or_a_style_is_never_grouped(language: str) -> None:
    assert written("{{ n|plain }}", language, n=12345) == "12345"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "369 of 1,099"), ("kk", "1\u00a0099-дың 369-ы"), ("ru", "369 из 1\u00a0099")],
)
def test_the_count_leads(language: str, expected: str) -> None:
    assert written("{% part_of x y %}", language, x=369, y=1099) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "33.6%"), ("kk", "33,6%"), ("ru", "33,6\u00a0%")])
def test_a_percentage_follows_from_thirty_answers_on(language: str, expected: str) -> None:
    assert written("{% percent x y %}", language, x=369, y=1099) == expected
    assert written("{% percent x y %}", language, x=10, y=29) == ""
    assert written("{% percent x y %}", language, x=0, y=0) == ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "9 June 2019, 23:40"),
        ("kk", "2019\u00a0жылғы 9\u00a0маусым, 23:40"),
        ("ru", "9\u00a0июня 2019\u00a0года, 23:40"),
    ],
)
def test_a_moment_is_told_where_it_happened(language: str, expected: str) -> None:
    shown = written('{% moment m "Asia/Almaty" %}', language, m=EVENING).replace("9\u00a0June", "9 June")
    assert expected in shown
    assert 'datetime="2019-06-09T23:40:12+06:00"' in shown


def test_clocks_are_as_far_from_universal_time_as_they_were_on_that_day() -> None:
    assert written('{% offset m "Asia/Almaty" %}', "en", m=EVENING) == "UTC+6"
    assert written('{% offset m "Asia/Kolkata" %}', "en", m=EVENING) == "UTC+5:30"
    assert written('{% offset m "America/St_Johns" %}', "en", m=EVENING) == "UTC−2:30"
    assert written('{% offset m "UTC" %}', "en", m=EVENING) == "UTC+0"


def test_a_visit_names_its_date_once_unless_midnight_passed() -> None:
    same = written('{% visit a b "UTC" %}', "en", a=EVENING, b=NIGHT)
    over = written('{% visit a b "Asia/Almaty" %}', "en", a=EVENING, b=NIGHT)
    assert same.endswith("–20:10")
    assert "June" in over.split("–")[1]


def test_a_text_that_nobody_translated_says_its_language() -> None:
    text = Text.of({"en": "North"})
    assert written("{{ t|say }}", "en", t=text) == "North"
    assert written("{{ t|say }}", "kk", t=text) == '<span class="foreign" lang="en">North</span>'
    assert written("{{ t|plainly }}", "kk", t={"en": "North", "kk": "Солтүстік"}) == "Солтүстік"


def test_texts_are_escaped() -> None:
    for language in ("en", "kk"):
        assert "<script>" not in written("{{ t|say }}", language, t=Text.of({"en": "<script>"}))
        assert "<b>" not in written("{{ t|unbroken }}", language, t="<b>71-і {0}")


def test_no_line_breaks_between_a_number_and_its_ending() -> None:
    shown = written("{{ t|unbroken }}", "kk", t="125 байқаудың 71-інде")
    assert shown == '125 байқаудың <span class="nowrap">71-інде</span>'


def test_a_bar_is_as_long_as_all_reports_and_hides_from_readers_of_the_numbers_beside_it() -> None:
    parts = [Segment(Text.of("a"), 8000, "a1", "", False), Segment(Text.of("b"), 0, "a4", "", True)]
    bar = written("{% share_bar parts 13 %}", "en", parts=parts)
    assert bar == (
        '<div class="share " aria-hidden="true"><i class="a1" style="--v:8000">8,000</i>'
        '<i class="out" style="--v:13"></i></div>'
    )


def test_under_ten_answers_no_bar_is_drawn() -> None:
    assert written("{% share_bar parts 50 %}", "en", parts=[Segment(Text.of("a"), 9, "a1", "", False)]) == ""


def test_a_page_of_rows_goes_on_behind_the_last_one(settings) -> None:
    settings.PAGE_ROWS = 2
    rows = [{"row": letter} for letter in "abcde"]
    first = after(rows, "row", "")
    last = after(rows, "row", "d")
    assert ([row["row"] for row in first.rows], first.further, first.first) == (["a", "b"], "b", True)
    assert ([row["row"] for row in last.rows], last.further, last.first) == (["e"], "", False)


@pytest.mark.parametrize(("given", "expected"), [("12", 12), ("", None), ("x", None), ("-1", None), ("²", None)])
def test_a_row_number_in_an_address_is_digits_or_nothing(given: str, expected: int | None) -> None:
    assert number_in({"before": given}, "before") == expected
