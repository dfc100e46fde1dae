"""Charts say what their numbers say, to eyes, to ears and in a table, and take no words for markup."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from paragraph8.charts import (
    Axis,
    Box,
    Chart,
    Dot,
    Hours,
    Mark,
    Moment,
    Point,
    Series,
    Tile,
    axis,
    drawing,
    forest,
    hours,
    spreads,
    tiles,
    trace,
)
from paragraph8.charts.style import STYLE

HOSTILE = '<script>alert("x")</script> & "Қостанай"'
STYLESHEET = Path(drawing.__file__).parents[1] / "web" / "static" / "web" / "charts.css"
PER_CENT = axis(0, 100, lambda value: f"{value:g}%")


def a_forest(**more: object) -> Chart:
    rows = [
        Dot(name=HOSTILE, note="12 of 40", value=30.0, low=20.0, high=45.0, cells=("a", "12", "40")),
        Dot(name="Few", note="3 of 8", cells=("b", "3", "8")),
        Dot(name="Counted", note="9 of 30", value=50.0, weak=True, cells=("c", "9", "30")),
    ]
    return forest("f", "By region", "Three regions.", rows=rows, axis=PER_CENT, header=("Region", "x", "n"), **more)


def a_trace() -> Chart:
    series = [
        Series(
            name="A",
            moments=tuple(Moment(x=x / 4, value=50 + x, low=48 + x, high=52 + x) for x in range(5)),
            truth=53.0,
        ),
        Series(name="B", moments=(Moment(x=0.5, value=40),)),
    ]
    return trace(
        "t",
        "Estimate",
        "It rose from 50 to 54.",
        series=series,
        across=[(0, "20:00"), (1, "24:00")],
        axis=axis(35, 60, lambda value: f"{value:g}%"),
        header=("At", "A"),
        rows=[("20:00", "50")],
        marks=[Mark(0.7, "gate")],
    )


def some_hours() -> Chart:
    rows = [
        Hours(name="Opening", note="3 of 4", came=(3, 0), expected=(4, 0)),
        Hours(name="Voting", note="10", came=(4, 6)),
    ]
    return hours(
        "h",
        "By hour",
        "Thirteen came.",
        rows=rows,
        labels=("07", "08"),
        header=("Hour", "n"),
        cells=[("07", "7")],
        now=0.6,
    )


def some_spreads() -> Chart:
    boxes = [Box(name="10:00", note="118", five=(5, 10, 20, 30, 60)), Box(name="12:00", note="4")]
    return spreads(
        "s", "Turnout", "Half of stations.", boxes=boxes, axis=PER_CENT, header=("At",), rows=[("10:00",)],
        beside=[Point(0, 25)],
    )  # fmt: skip


def some_tiles() -> Chart:
    places = [
        Tile(row=1, column=2, name="KOS", value="40", note="of 90", shade="q4", told="Kostanay: 40", address="/x"),
        Tile(row=2, column=1, name="WES", value="–", note="", corner=True),
    ]
    return tiles("c", "Coverage", "Two areas.", places=places, header=())


ALL = [a_forest, a_trace, some_hours, some_spreads, some_tiles]


@pytest.mark.parametrize("make", ALL)
def test_a_chart_is_well_formed_and_named_for_who_does_not_see_it(make) -> None:
    chart = make()
    for drawn in (chart.svg, chart.standalone(640)):
        root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
        named = {child.get("id"): child.text for child in root if child.tag.endswith(("title", "desc"))}
        assert root.get("role") == "img"
        assert [named[name] for name in root.get("aria-labelledby").split()] == [chart.title, chart.description]


def test_words_are_never_markup() -> None:
    drawn = a_forest().svg
    assert "<script" not in drawn
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert HOSTILE in [text.text for text in root.iter("text")]


@pytest.mark.parametrize("make", ALL)
def test_text_keeps_its_size_because_nothing_is_scaled_but_shapes(make) -> None:
    """Whatever holds words has no view box, which would shrink them on a phone."""
    root = ElementTree.fromstring(make().svg)  # noqa: S314
    scaled = [found for found in root.iter("svg") if found.get("viewBox")]
    assert root.get("viewBox") is None
    assert all(found.find(".//text") is None for found in scaled)


@pytest.mark.parametrize("make", ALL)
def test_nothing_is_drawn_outside(make) -> None:
    root = ElementTree.fromstring(make().svg)  # noqa: S314
    for found in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            value = found.get(name, "")
            if value.endswith("%"):
                assert 0 <= float(value[:-1]) <= 100, (found.tag, value)


def test_an_interval_is_drawn_where_there_is_one_and_never_for_a_count() -> None:
    root = ElementTree.fromstring(a_forest().svg)  # noqa: S314
    spans = [
        (line.get("x1"), line.get("x2"))
        for line in root.iter("line")
        if line.get("class") == "whisker" and line.get("y1") == line.get("y2")
    ]
    assert spans == [("20.9%", "45.15%")]
    assert [(dot.get("cx"), dot.get("class")) for dot in root.iter("circle")] == [("30.6%", "dot"), ("50%", "weak")]


def test_too_few_are_named_and_not_drawn() -> None:
    drawn = some_spreads().svg
    assert "12:00" in drawn
    assert drawn.count('class="mid"') == 1


def test_bars_are_as_tall_as_their_share_of_the_greatest() -> None:
    root = ElementTree.fromstring(some_hours().svg)  # noqa: S314
    tall = [float(bar.get("height")) for bar in root.iter("rect")]
    assert tall == [33, 29.33, 44]  # 3 of 4, 4 of 6, 6 of 6


def test_where_nothing_was_planned_no_step_claims_that_none_were_expected() -> None:
    assert some_hours().svg.count('class="step"') == 1


def test_a_band_has_both_edges_and_a_single_estimate_is_a_dot() -> None:
    root = ElementTree.fromstring(a_trace().svg)  # noqa: S314
    (band,) = root.iter("polygon")
    assert len(band.get("points").split()) == 10
    assert len(list(root.iter("polyline"))) == 1
    assert len(list(root.iter("circle"))) == 6


def test_a_tile_leads_to_its_area_and_two_on_one_place_are_refused() -> None:
    assert 'href="/x"' in some_tiles().svg
    same = [Tile(row=1, column=1, name=name, value="", note="") for name in "AB"]
    with pytest.raises(ValueError, match="one place"):
        tiles("c", "t", "d", places=same, header=())


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 7, [0, 2, 4, 6, 8]),
        (51.2, 53.9, [51, 52, 53, 54]),
        (3, 3, [3.0, 3.2, 3.4, 3.6, 3.8, 4.0]),
    ],
)
def test_ticks_are_round_and_hold_what_is_drawn(low: float, high: float, ticks: list[float]) -> None:
    made = axis(low, high, str)
    assert [value for value, _ in made.ticks] == ticks
    assert made.low <= low
    assert made.high >= high


def test_an_axis_places_values_and_keeps_them_inside() -> None:
    made = Axis(10, 20, ())
    assert [made.at(value) for value in (5, 10, 15, 25)] == [0, 0, 0.5, 1]
    with pytest.raises(ValueError, match="no length"):
        Axis(1, 1, ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Not a name"},
        {"title": " "},
        {"description": ""},
        {"rows": (("one",), ("one", "two"))},
    ],
)
def test_a_chart_without_words_or_with_a_ragged_table_is_refused(wrong: dict[str, object]) -> None:
    right = {"name": "n", "title": "t", "description": "d", "height": 1, "body": "", "header": ("a",), "rows": ()}
    with pytest.raises(ValueError, match=r"chart|table"):
        Chart(**{**right, **wrong})


def test_hours_must_fit_their_labels_and_lines_their_colours() -> None:
    with pytest.raises(ValueError, match="hours"):
        hours("h", "t", "d", rows=[Hours(name="A", note="", came=(1,))], labels=("07", "08"), header=(), cells=())
    with pytest.raises(ValueError, match="told apart"):
        trace(
            "t", "t", "d", series=[Series(name=str(n), moments=()) for n in range(5)], across=(), axis=PER_CENT,
            header=(), rows=(),
        )  # fmt: skip


def test_the_page_and_the_file_know_the_same_classes() -> None:
    own = set(re.findall(r"\.([a-z][a-z0-9]*)", STYLE.replace("'", "")))
    page = set(re.findall(r"\.([a-z][a-z0-9]*)", re.sub(r"\.\d|/\*.*?\*/", "", STYLESHEET.read_text()))) - {
        "chart",
        "alt",
    }
    assert own == page


@pytest.mark.parametrize("make", ALL)
def test_every_class_that_is_drawn_is_coloured(make) -> None:
    root = ElementTree.fromstring(make().svg)  # noqa: S314
    drawn = {name for found in root.iter() for name in found.get("class", "").split()} - {"chart", "alt"}
    known = set(re.findall(r"\.([a-z][a-z0-9]*)", STYLE))
    assert drawn <= known
