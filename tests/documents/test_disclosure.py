"""What stays inside the mission, and why nobody can work it out from the rest."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from documents.sample import Sample
from paragraph8.documents.disclosure import Disclosed, disclose
from paragraph8.documents.labels import WITHHELD
from paragraph8.domain.figures import Audience, Basis, Figure, Key, Kind, Origin, Unit
from paragraph8.domain.text import Text


def counted(
    stations: int | None, *, area: str = "", answer: str = "yes", question: str = "q", **more: object
) -> Figure:
    where = {"area": area} if area else {}
    facts: dict[str, object] = {
        "key": Key.of("eday", "answer", form="voting", question=question, answer=answer, **where),
        "kind": Kind.SHARE,
        "basis": Basis.OBSERVED,
        "origin": Origin.SIMULATED,
        "unit": Unit.OBSERVATION,
        "title": Text.of("observations"),
        "as_of": 1,
        "method": "answer@1",
        "numerator": 1,
        "denominator": (stations or 0) + 3,
        "n_stations": stations,
    }
    return Figure(**{**facts, **more})  # type: ignore[arg-type]


def areas(disclosed: Disclosed) -> dict[str, str]:
    return {Key.parse(key).dimension("area"): reason for key, reason in disclosed.withheld.items()}


@pytest.mark.parametrize(("stations", "reasons"), [(4, ["few-stations"]), (5, []), (None, ["stations-unknown"])])
def test_an_observed_figure_needs_five_stations(stations: int | None, reasons: list[str]) -> None:
    assert list(disclose([counted(stations)]).withheld.values()) == reasons


def test_a_register_is_public_however_small() -> None:
    assert disclose([counted(None, basis=Basis.REGISTER)]).withheld == {}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"audience": Audience.ROOM}, "room-only"),
        ({"unit": Unit.VOTE}, "reconciliation-only"),
        ({"unit": Unit.BALLOT}, "reconciliation-only"),
    ],
)
def test_what_no_sentence_may_hold_no_data_file_holds(change: dict[str, object], reason: str) -> None:
    assert list(disclose([counted(100, **change)]).withheld.values()) == [reason]


def test_a_lone_withheld_region_takes_the_next_smallest_with_it() -> None:
    figures = [counted(n, area=area) for area, n in (("a", 3), ("b", 30), ("c", 7), ("d", 9))]
    assert areas(disclose([counted(49), *figures])) == {"a": "few-stations", "c": "complementary"}


def test_two_withheld_regions_protect_each_other_when_they_have_enough_stations_together() -> None:
    figures = [counted(n, area=area) for area, n in (("a", 3), ("b", 2), ("c", 7))]
    assert areas(disclose([counted(12), *figures])) == {"a": "few-stations", "b": "few-stations"}


def test_two_tiny_regions_do_not() -> None:
    figures = [counted(n, area=area) for area, n in (("a", 1), ("b", 2), ("c", 7))]
    assert areas(disclose([counted(10), *figures]))["c"] == "complementary"


def test_every_answer_of_a_question_is_withheld_in_the_same_regions() -> None:
    figures = [
        counted(n, area=area, answer=answer) for area, n in (("a", 3), ("b", 8), ("c", 9)) for answer in ("yes", "no")
    ]
    withheld = disclose(figures).withheld
    assert {(Key.parse(key).dimension("area"), Key.parse(key).dimension("answer")) for key in withheld} == {
        (area, answer) for area in ("a", "b") for answer in ("yes", "no")
    }


def test_another_question_is_not_touched() -> None:
    figures = [counted(n, area=area) for area, n in (("a", 3), ("b", 8))]
    others = [counted(n, area=area, question="other") for area, n in (("a", 6), ("b", 8))]
    assert {Key.parse(key).dimension("question") for key in disclose([*figures, *others]).withheld} == {"q"}


def test_the_decision_does_not_depend_on_the_order_of_figures(mission: Sample) -> None:
    figures = list(mission.figures)
    decided = disclose(figures)
    random.Random(1).shuffle(figures)  # noqa: S311 - an order, not a secret
    assert disclose(figures) == decided
    assert set(decided.withheld.values()) <= WITHHELD.keys()


def test_a_reason_has_words_in_every_language_of_the_product() -> None:
    assert all(text.languages() == {"en", "kk", "ru"} for text in WITHHELD.values())


def test_a_withheld_figure_cannot_be_worked_out_from_the_whole(mission: Sample) -> None:
    """Whole minus published regions leaves at least two regions and five stations."""
    disclosed = disclose(mission.figures)
    published = {str(figure.key): figure for figure in disclosed.figures}
    everything = {str(figure.key): figure for figure in mission.figures}
    for key in disclosed.withheld:
        parsed = Key.parse(key)
        if not parsed.dimension("area"):
            continue
        siblings = [
            name
            for name in disclosed.withheld
            if replace(Key.parse(name), dimensions=_rest(Key.parse(name))) == replace(parsed, dimensions=_rest(parsed))
        ]
        assert len(siblings) >= 2
        assert sum(everything[name].n_stations or 0 for name in siblings) >= 5
        assert key not in published


def _rest(key: Key) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in key.dimensions if pair[0] != "area")
