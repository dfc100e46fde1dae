"""Rival figures of June 2019 stand side by side, each for what it is about and from when it was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from paragraph8.domain.ledger.claims import (
    Amount,
    AuthorKind,
    Bound,
    Claim,
    Link,
    Linked,
    Part,
    SumState,
    known,
    range_of,
    rounding_step,
    standing,
    sum_of,
)
from paragraph8.domain.ledger.scopes import RELATIONS, Relation, Scope, relation, scope_from_json


def moment(day: int, hour: int = 12) -> datetime:
    return datetime(2019, 6, day, hour, tzinfo=UTC)


JUNE_9_10 = Scope(counted="jailed", areas=("",), since=date(2019, 6, 9), until=date(2019, 6, 10))
JUNE_9_13 = Scope(counted="jailed", areas=("",), since=date(2019, 6, 9), until=date(2019, 6, 13))
EXACT = Bound.EXACT


def claim(code: str, day: int, amount: Amount, scope: Scope = JUNE_9_10, **facts: object) -> Claim:
    base = Claim(
        code=code,
        topic="detentions",
        author="Prosecutor",
        author_kind=AuthorKind.AUTHORITY,
        amount=amount,
        scope=scope,
        said_at=moment(day),
        known_at=moment(day, 14),
        language="ru",
        verbatim="…",
        source="A briefing",
    )
    return replace(base, **facts)  # type: ignore[arg-type]


def about(n: int) -> Amount:
    return Amount(bound=Bound.ABOUT, point=n)


def exactly(n: int) -> Amount:
    return Amount(bound=EXACT, point=n)


PROSECUTOR = claim("prosecutor", 13, exactly(617))
MINISTER = claim(
    "minister",
    18,
    about(4000),
    replace(JUNE_9_13, counted="detained"),
    parts=(
        Part(label="jailed", amount=exactly(677)),
        Part(label="fined", amount=exactly(305)),
        Part(label="released", amount=about(3000)),
    ),
)


def test_a_text_of_the_tenth_cannot_use_what_was_said_on_the_eighteenth() -> None:
    evening = claim("evening", 9, about(500))
    claims = [MINISTER, PROSECUTOR, evening]
    assert [c.code for c in known(claims, at=moment(10, 20))] == ["evening"]
    assert [c.code for c in known(claims, at=moment(18, 13))] == ["evening", "prosecutor"], "said, but not entered yet"
    assert [c.code for c in known(claims, at=moment(18, 14))] == ["evening", "prosecutor", "minister"]


def test_dates_inside_other_dates_make_no_part_of_a_whole() -> None:
    assert relation(JUNE_9_10, JUNE_9_13) is Relation.INSIDE
    assert relation(JUNE_9_13, JUNE_9_10) is Relation.AROUND
    assert "no part" in str(RELATIONS[Relation.INSIDE])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Relation.SAME),
        ({"counted": "fined"}, Relation.OTHER_THINGS),
        ({"population": "journalists"}, Relation.OTHER_THINGS),
        ({"since": date(2019, 6, 11), "until": date(2019, 6, 13)}, Relation.APART),
        ({"since": date(2019, 6, 10), "until": date(2019, 6, 12)}, Relation.CROSSING),
        ({"since": None, "until": None}, Relation.UNKNOWN),
        ({"areas": ()}, Relation.UNKNOWN),
        ({"areas": ("ALA/",)}, Relation.AROUND),
        ({"areas": ("ALA/",), "since": date(2019, 6, 8), "until": date(2019, 6, 11)}, Relation.CROSSING),
        ({"areas": ("ALA/",), "since": date(2019, 6, 9), "until": date(2019, 6, 9)}, Relation.AROUND),
    ],
)
def test_scopes_are_compared_by_all_that_they_say(facts: dict[str, object], expected: Relation) -> None:
    other = replace(JUNE_9_10, **facts)  # type: ignore[arg-type]
    assert relation(JUNE_9_10, other) is expected
    assert scope_from_json(other.to_json()) == other


def test_two_cities_apart() -> None:
    almaty, astana = (replace(JUNE_9_10, areas=(path,)) for path in ("ALA/", "AST/"))
    assert relation(almaty, astana) is Relation.APART
    assert relation(replace(almaty, areas=("ALA/", "AST/")), replace(astana, areas=("AST/", "SHY/"))) is (
        Relation.CROSSING
    )


def test_a_claim_that_is_superseded_no_longer_stands_from_then_on() -> None:
    first, second = claim("first", 9, about(100)), claim("second", 9, about(500), said_at=moment(9, 18))
    second = replace(second, known_at=moment(9, 19))
    links = [Linked(link=Link.SUPERSEDES, claim="second", other="first", reason="said anew", at=moment(9, 19))]
    assert [c.code for c in standing([first, second], links, at=moment(9, 17))] == ["first"]
    assert [c.code for c in standing([first, second], links, at=moment(9, 20))] == ["second"]


def test_a_contradiction_takes_nothing_away() -> None:
    links = [Linked(link=Link.CONTRADICTS, claim="a", other="b", reason="other outlet", at=moment(13, 15))]
    both = [claim("a", 13, exactly(957)), claim("b", 13, exactly(670))]
    assert len(standing(both, links, at=moment(14))) == 2


def test_the_minister_s_parts_round_to_his_whole() -> None:
    found = sum_of(MINISTER)
    assert found is not None
    assert (found.state, found.parts, found.whole) == (SumState.ROUNDED, 3982, 4000)


@pytest.mark.parametrize(
    ("whole", "parts", "state"),
    [
        (exactly(957), (670, 115, 172), SumState.FITS),
        (exactly(958), (670, 115, 172), SumState.DIFFERS),
        (about(700), (500, 200), SumState.ROUNDED),
        (about(700), (500, 260), SumState.DIFFERS),
        (Amount(bound=Bound.MORE_THAN, point=950), (617, 333), SumState.DIFFERS),
        (Amount(bound=Bound.MORE_THAN, point=950), (617, 334), SumState.FITS),
        (Amount(bound=Bound.BETWEEN, low=900, high=1000), (617, 400), SumState.DIFFERS),
        (Amount(bound=Bound.AT_MOST, point=1000), (617, 383), SumState.FITS),
    ],
)
def test_an_author_s_arithmetic_is_checked(whole: Amount, parts: tuple[int, ...], state: SumState) -> None:
    named = tuple(Part(label=str(n), amount=exactly(n)) for n in parts)
    found = sum_of(claim("x", 13, whole, parts=named))
    assert found is not None
    assert found.state is state


def test_parts_that_are_about_leave_an_exact_whole_open() -> None:
    found = sum_of(claim("x", 13, exactly(700), parts=(Part(label="a", amount=about(700)),)))
    assert found is not None
    assert found.state is SumState.OPEN
    assert sum_of(claim("y", 13, exactly(700))) is None
    assert sum_of(claim("z", 13, Amount(bound=Bound.NO_FIGURE), parts=(Part(label="a", amount=about(7)),))) is None


def test_a_range_is_of_words_about_one_thing() -> None:
    found = range_of([claim("a", 13, exactly(617)), claim("b", 13, Amount(bound=Bound.BETWEEN, low=600, high=670))])
    assert (found.low, found.high) == (600, 670)
    with pytest.raises(ValueError, match="different things"):
        range_of([PROSECUTOR, MINISTER])


@pytest.mark.parametrize(("number", "step"), [(4000, 1000), (950, 10), (617, 1), (0, 1), (100, 100)])
def test_a_round_number_tells_how_it_was_rounded(number: int, step: int) -> None:
    assert rounding_step(number) == step


@pytest.mark.parametrize(
    "facts",
    [
        {"bound": EXACT},
        {"bound": EXACT, "point": -1},
        {"bound": Bound.BETWEEN, "low": 5, "high": 4},
        {"bound": Bound.BETWEEN, "point": 4},
        {"bound": Bound.NO_FIGURE, "point": 4},
        {"bound": Bound.ABOUT, "point": 4, "low": 3},
    ],
)
def test_an_amount_that_says_nothing_clear_is_none(facts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="does not go"):
        Amount(**facts)  # type: ignore[arg-type]


def test_days_in_the_wrong_order_are_no_scope() -> None:
    with pytest.raises(ValueError, match="before"):
        Scope(counted="jailed", since=date(2019, 6, 10), until=date(2019, 6, 9))
