"""The level follows from who said it, how they know, and whether they are independent of each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paragraph8.domain.ledger.corroboration import (
    LEVELS,
    MODES,
    REASONS,
    STRENGTH,
    Credibility,
    Information,
    Judged,
    Level,
    Mode,
    Reason,
    Reliability,
    independent,
    judge,
)
from paragraph8.domain.ledger.disclosure import LEAST, Band, band, safe_cells


def told(code: str, *shares: str, mode: Mode = Mode.FIRST_HAND, **facts: object) -> Information:
    given_facts = {"reliability": Reliability.B, **facts}
    return Information(code=code, mode=mode, shares=frozenset(shares), **given_facts)  # type: ignore[arg-type]


def test_two_witnesses_with_nothing_in_common_corroborate() -> None:
    found = judge([told("a"), told("b")])
    assert (found.level, found.n) == (Level.CORROBORATED, 2)
    assert "2 first-hand sources" in str(found.why())


def test_two_witnesses_of_one_employer_count_once() -> None:
    found = judge([told("a", "employer-1"), told("b", "employer-1")])
    assert (found.level, found.reason) == (Level.REPORTED, Reason.SAME_ORIGIN)


def test_independence_is_broken_through_a_third() -> None:
    chain = [told("a", "family-1"), told("b", "outlet-1"), told("c", "family-1", "outlet-1")]
    assert independent(chain) == 1
    assert independent(chain[:2]) == 2


def test_what_the_mission_saw_is_above_everything() -> None:
    assert judge([told("a"), told("b"), told("c", mode=Mode.OBSERVED)]).level is Level.OBSERVED


def test_a_document_counts_when_somebody_checked_it() -> None:
    paper = told("a", mode=Mode.DOCUMENT)
    assert judge([paper]).level is Level.ALLEGED
    assert judge([told("a", mode=Mode.DOCUMENT, authenticated=True)]).level is Level.DOCUMENTED


def test_one_witness_is_reported_and_an_unreliable_one_alleged() -> None:
    assert judge([told("a")]) == Judged(Level.REPORTED, Reason.ONE_WITNESS, 1)
    for reliability in (Reliability.D, Reliability.E, Reliability.F):
        assert judge([told("a", reliability=reliability)]).reason is Reason.NOT_RELIED_ON


def test_a_doubtful_account_carries_nothing_even_from_a_reliable_source() -> None:
    assert judge([told("a"), told("b", credibility=Credibility.DOUBTFUL)]).level is Level.REPORTED
    assert judge([told("a", credibility=Credibility.IMPROBABLE)]).level is Level.ALLEGED


def test_what_is_withdrawn_counts_for_nothing() -> None:
    assert judge([told("a"), told("b", withdrawn=True)]).level is Level.REPORTED
    assert judge([told("a", withdrawn=True)]) == Judged(None, Reason.NOTHING, 0)
    assert judge([]).level is None


def test_hearsay_and_media_are_allegations() -> None:
    many = [told(str(n), mode=mode) for n, mode in enumerate((Mode.SECOND_HAND, Mode.OPEN_SOURCE) * 3)]
    assert judge(many) == Judged(Level.ALLEGED, Reason.NOTHING_FIRST_HAND, 6)


informations = st.builds(
    told,
    st.text("abc", min_size=1, max_size=3),
    mode=st.sampled_from(Mode),
    reliability=st.sampled_from(Reliability),
    credibility=st.sampled_from(Credibility),
    authenticated=st.booleans(),
)


@given(st.lists(informations, min_size=1, max_size=6), informations)
def test_more_information_never_makes_a_level_weaker(there: list[Information], one: Information) -> None:
    before, after = judge(there).level, judge([*there, one]).level
    assert before is not None
    assert after is not None
    assert STRENGTH.index(after) <= STRENGTH.index(before)


def test_words_are_there_in_three_languages() -> None:
    for texts in (MODES, LEVELS, REASONS):
        assert all(text.languages() == {"en", "kk", "ru"} for text in texts.values())


def test_a_cell_under_five_is_hidden_and_a_second_one_with_it() -> None:
    found = safe_cells({"A": 3, "B": 12, "C": 40, "D": 7})
    assert found.hidden == ("A", "D")
    assert dict(found.shown) == {"B": Band(10, 19), "C": Band(20, 49)}
    assert found.total == Band(50, 99)


def test_two_small_cells_hide_each_other_only_when_they_are_enough_people() -> None:
    assert safe_cells({"A": 4, "B": 4, "C": 20}).hidden == ("A", "B")
    assert safe_cells({"A": 1, "B": 1, "C": 20, "D": 30}).hidden == ("A", "B", "C")


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 60), min_size=1, max_size=8))
def test_no_hidden_cell_can_be_told_by_subtraction(counts: dict[str, int]) -> None:
    found = safe_cells(counts)
    assert len(found.shown) + len(found.hidden) == len(counts)
    assert all(counts[name] >= LEAST for name, _band in found.shown)
    if found.hidden and found.shown:
        assert len(found.hidden) > 1
        assert sum(counts[name] for name in found.hidden) >= LEAST


def test_bands() -> None:
    assert [band(n) for n in (0, 4)] == [None, None]
    assert band(5) == Band(5, 9)
    assert band(10) == Band(10, 19)
    assert band(1000) == Band(1000, None)
