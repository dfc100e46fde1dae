"""Counts that are kept up row by row: they give what counting all rows gives, and what counting by hand gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.domain.answers import Missing, answer_from_json
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Key
from paragraph8.statistics.methods import METHODS, compute
from paragraph8.statistics.observations import MIXED, Tally
from paragraph8.statistics.tallies import Tallies

Row = dict[str, Any]
METHOD = {
    "answer": "answer@1",
    "at-least": "at-least@1",
    "part": "part@1",
    "spread": "spread@1",
    "observations": "observations@1",
}
AREAS = ["", "A", "B", "nowhere"]
PARTS = [{}, {"setting": "urban"}, {"kind": "regular"}, {"setting": "rural", "kind": "prison"}]


def keys() -> Iterator[Key]:
    """Every measure of three questions, in every area; the last question is answered by nobody."""
    for area, part, question, unit in product(AREAS, PARTS, ("Q", "R", "Z"), ("", "station")):
        of = {"form": "f", "question": question, **part, **({"area": area} if area else {})}
        by = {"unit": unit} if unit else {}
        yield from (Key.of("eday", "answer", answer=answer, **by, **of) for answer in ("yes", "no", "no+yes"))
        yield from (Key.of("eday", "at-least", n=n, **by, **of) for n in ("0", "1", "3"))
        if not unit:
            yield Key.of("eday", "spread", **of)
            if question == "Q":
                yield Key.of("eday", "part", **{"of": "R", **of})
                yield Key.of("eday", "observations", **{name: of[name] for name in of if name != "question"})


KEYS = list(keys())
PAIRS = [("Q", "R")]

answers = st.one_of(
    st.sampled_from(["yes", "no", "other"]),
    st.integers(0, 4),
    st.sampled_from([{"missing": reason.value} for reason in Missing]),
    st.lists(st.sampled_from(["yes", "no"]), max_size=2, unique=True),
    st.sampled_from([True, {"else": 1}, {"missing": "unheard"}]),
)
# The same station may stand in two areas, or be of two types: a later list says so.
places = st.fixed_dictionaries(
    {"station": st.sampled_from([None, "s1", "s2", "s3"]), "area": st.sampled_from(["A", "B", None])},
    optional={"setting": st.sampled_from(["urban", "rural"]), "kind": st.just("prison")},
)
contents = st.fixed_dictionaries(
    {
        "place": places,
        "team": st.sampled_from([None, "t1", "t2"]),
        "answers": st.dictionaries(st.sampled_from(["Q", "R", "S"]), answers, max_size=3),
        "aside": st.booleans(),
    }
)
events = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), contents)), min_size=1, max_size=25)


def row(number: int, content: dict[str, Any]) -> Row:
    made = {"row": f"r{number}", "team": content["team"], "answers": content["answers"], **content["place"]}
    return {**made, "set_aside": True} if content["aside"] else made


def by_hand(rows: Sequence[Row], key: Key) -> Tally:
    """The tally of a key, counted as its definition says, row by row."""
    area, unit = key.dimension("area"), key.dimension("unit")
    inside = [each for each in rows if (not area or each["area"] == area) and _of_part(each, key)]
    match key.measure:
        case "observations":
            return _reach(Tally(value=len(inside)), inside)
        case "part":
            return _part(inside)
        case "spread":
            return _spread(inside, key.dimension("question"))
    said = [_outcome(each, key) for each in inside]
    used = [each for each, word in zip(inside, said, strict=True) if word in ("in", "out")]
    if unit != "station":
        left = Counter(word for word in said if word not in ("in", "out"))
        return _reach(_share(said.count("in"), len(used), left), used)
    at: dict[str, set[str]] = {}
    left = Counter()
    for each, word in zip(inside, said, strict=True):
        if each["station"] is None:
            left[FORMS_WITHOUT_STATION] += 1
        else:
            at.setdefault(each["station"], set()).add(word)
    outcomes = [_of_station(words) for words in at.values()]
    left += Counter(word for word in outcomes if word not in ("in", "out"))
    answered = sum(word in ("in", "out") for word in outcomes)
    return _reach(_share(outcomes.count("in"), answered, left), [each for each in used if each["station"] is not None])


def _of_part(row: Row, key: Key) -> bool:
    """Setting and type are of stations: a row without one is of none."""
    setting, kind = key.dimension("setting"), key.dimension("kind")
    if row["station"] is None:
        return not setting and not kind
    return setting in ("", row.get("setting")) and kind in ("", row.get("kind", "regular"))


def _of_station(words: set[str]) -> str:
    for word in ("in", "out"):
        if word in words:
            return word
    return next(iter(words)) if len(words) == 1 else MIXED


def _outcome(row: Row, key: Key) -> str:
    value = _value(row, key.dimension("question"))
    if isinstance(value, Missing):
        return value.value
    if key.measure == "at-least":
        if not isinstance(value, int):
            return "unreadable"
        return "in" if value >= int(key.dimension("n")) else "out"
    if isinstance(value, int):
        return "unreadable"
    given = {value} if isinstance(value, str) else set(value)
    return "in" if given & set(key.dimension("answer").split("+")) else "out"


def _value(row: Row, question: str) -> Any:
    return Missing.SET_ASIDE if "set_aside" in row else answer_from_json(row["answers"].get(question))


def _why(value: Any) -> str:
    return value.value if isinstance(value, Missing) else "unreadable"


def _part(rows: Sequence[Row]) -> Tally:
    pairs = [(each, _value(each, "Q"), _value(each, "R")) for each in rows]
    both = [(each, a, b) for each, a, b in pairs if _number(a) and _number(b)]
    left = Counter(_why(b if _number(a) else a) for _, a, b in pairs if not (_number(a) and _number(b)))
    sums = _share(sum(a for _, a, _ in both), sum(b for _, _, b in both), left)
    return _reach(sums, [each for each, _, _ in both])


def _spread(rows: Sequence[Row], question: str) -> Tally:
    used = [each for each in rows if _number(_value(each, question))]
    numbers = [_value(each, question) for each in used]
    five = np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1], method="inverted_cdf") if numbers else []
    left = Counter(_why(_value(each, question)) for each in rows if not _number(_value(each, question)))
    found = Tally(value=len(used), spread=tuple(int(n) for n in five), left_out=tuple(sorted(left.items())))
    return _reach(found, used)


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _share(numerator: int, denominator: int, left: Counter[str]) -> Tally:
    return Tally(numerator=numerator, denominator=denominator, left_out=tuple(sorted(left.items())))


def _reach(tally: Tally, used: Sequence[Row]) -> Tally:
    def distinct(name: str) -> int:
        return len({each[name] for each in used} - {None})

    return replace(tally, n_stations=distinct("station"), n_teams=distinct("team"), n_areas=distinct("area"))


def _where(key: Key) -> dict[str, str]:
    return {name: value for name, value in key.dimensions if name in ("form", "area", "setting", "kind")}


def states(happened: Sequence[tuple[int, dict[str, Any] | None]]) -> Iterator[tuple[Tallies, list[Row]]]:
    """Kept-up counts and the rows there are, after each event: a row comes, changes or goes."""
    tallies, rows = Tallies(pairs=PAIRS), dict[int, Row]()
    for number, content in happened:
        new = row(number, content) if content else None
        tallies.update(rows.pop(number, None), new)
        if new:
            rows[number] = new
        yield tallies, list(rows.values())


@given(events)
@settings(max_examples=25, deadline=None)
def test_counts_that_are_kept_up_give_what_counting_by_hand_gives(happened: list[Any]) -> None:
    tallies, rows = list(states(happened))[-1]
    for key in KEYS:
        assert compute(METHOD[key.measure], tallies, key) == by_hand(rows, key), str(key)
    for key in KEYS[::7]:
        inside = sum(word != "elsewhere" for word in METHODS[METHOD[key.measure]].outcomes(rows, key))
        assert inside == by_hand(rows, Key.of("eday", "observations", **_where(key))).value


@given(events)
@settings(max_examples=25, deadline=None)
def test_no_order_of_reading_and_changing_leaves_something_behind(happened: list[Any]) -> None:
    """Figures are asked for after every event, as the worker does."""
    asked = KEYS[:: max(1, len(KEYS) // 20)]
    for tallies, rows in states(happened):
        for key in asked:
            assert compute(METHOD[key.measure], tallies, key) == by_hand(rows, key), str(key)


@given(st.lists(contents, max_size=12))
@settings(max_examples=25, deadline=None)
def test_counts_of_some_questions_of_all_and_of_rows_are_one(drawn: list[Any]) -> None:
    rows = [row(n, content) for n, content in enumerate(drawn)]
    all_of_them, needed = Tallies(pairs=PAIRS), Tallies.needed(KEYS)
    all_of_them.add(rows)
    for each in rows:
        needed.update(None, each)
    for key in KEYS:
        method = METHOD[key.measure]
        assert compute(method, rows, key) == compute(method, all_of_them, key) == compute(method, needed, key)


@given(st.lists(contents, min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_what_came_and_went_again_is_as_if_it_had_never_come(drawn: list[Any]) -> None:
    rows = [row(n, content) for n, content in enumerate(drawn)]
    tallies = Tallies(pairs=PAIRS)
    tallies.add(rows)
    tallies.add(rows, -1)
    assert not tallies.lines.at_places.any()
    assert not tallies.lines.of_crews.any()
    assert not any(tallies.numbers.values())
    assert not any(tallies.numbers_at.values())


def test_a_question_that_a_later_form_asks_was_not_asked_before() -> None:
    tallies = Tallies()
    tallies.update(
        None, row(1, {"place": {"station": "s1", "area": "A"}, "team": "t1", "answers": {"Q": "yes"}, "aside": False})
    )
    tallies.update(
        None, row(2, {"place": {"station": "s1", "area": "A"}, "team": "t1", "answers": {"N": "no"}, "aside": False})
    )
    tally = tallies.answer(Key.of("eday", "answer", form="f", question="N", answer="no"))
    assert (tally.numerator, tally.denominator, dict(tally.left_out)) == (1, 1, {"not-asked": 1})


def test_counts_tell_of_no_single_row() -> None:
    with pytest.raises(TypeError):
        METHODS["answer@1"].outcomes(Tallies(), KEYS[1])
    with pytest.raises(KeyError):
        Tallies().part(Key.of("eday", "part", form="f", question="Q", of="R"))
