"""Results out of a table, and what of them does not add up."""

from __future__ import annotations

import pytest

from paragraph8.domain.contests import Count
from paragraph8.domain.importing.sheets import read_sheet
from paragraph8.domain.result_checks import FINDINGS, Finding, check_results
from paragraph8.domain.results import Known, Read, ReportedLine, read_results

KNOWN = Known(
    contestants={"a": frozenset({"a"}), "anna a": frozenset({"a"}), "b": frozenset({"b"}), "x": frozenset({"a", "b"})},
    areas={"n": "N", "north": "N", "s": "S"},
    stations=frozenset({"N1", "N2"}),
)
FINAL_2019 = {
    "tokayev": (6_539_715, "70.96"),
    "kosanov": (1_495_401, "16.23"),
    "yespayeva": (465_714, "5.05"),
    "rakhimbekov": (280_451, "3.04"),
    "taspikhov": (182_898, "1.98"),
    "akhmetbekov": (167_649, "1.82"),
    "tugel": (84_582, "0.92"),
}


def reading(text: str) -> Read:
    return read_results(read_sheet(text.encode()), KNOWN)


def votes(who: str, n: int | None, share: str = "", area: str = "", station: str = "") -> ReportedLine:
    return ReportedLine(Count.VOTES, who, area, station, n, share)


def total(kind: Count, n: int, area: str = "", station: str = "") -> ReportedLine:
    return ReportedLine(kind, "", area, station, n)


def codes(*lines: ReportedLine) -> list[str]:
    return [finding.code for finding in check_results(lines)]


def test_a_sheet_is_read_by_code_or_spelling_in_any_order_of_columns() -> None:
    read = reading('N;Line;Contestant;Area;Share\n"1 200";votes;ANNA  A;North;"60,5 %"\n40;Votes;b;;\n;invalid;;;0.5\n')
    assert not read.problems
    assert read.lines == (
        votes("a", 1200, "60.5", "N"),
        votes("b", 40),
        ReportedLine(Count.INVALID, share="0.5"),
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ballots,,,,5,", "row-line"),
        ("votes,Nobody,,,5,", "row-contestant"),
        ("votes,,,,5,", "row-contestant"),
        ("votes,x,,,5,", "row-ambiguous"),
        ("votes,a,Moon,,5,", "row-area"),
        ("votes,a,,N9,5,", "row-station"),
        ("votes,a,,,-5,", "row-number"),
        ("votes,a,,,many,", "row-number"),
        ("votes,a,,,5,120", "row-share"),
        ("votes,a,,,5,1e1", "row-share"),
        ("votes,a,,,5,NaN", "row-share"),
        ("votes,a,,,,", "row-empty"),
        ("votes,b,,,7,", "row-twice"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file_and_is_named(row: str, reason: str) -> None:
    read = reading(f"line,contestant,area,station,n,share\nvotes,b,,,1,\n{row}\n")
    assert [problem.reason for problem in read.problems] == [reason]
    assert read.problems[0].facts["row"] == 3


def test_a_file_without_the_columns_or_the_rows_is_refused() -> None:
    assert reading("a,b\n1,2\n").problems[0].reason == "no-columns"
    assert reading("line,n\n").problems[0].reason == "no-rows"


def test_the_final_result_of_2019_recomputes_exactly_on_the_sum_of_votes() -> None:
    found = check_results([votes(who, n, share) for who, (n, share) in FINAL_2019.items()])
    assert found == (Finding("share-base", {"base": "sum", "n": 9_216_410}),)


def test_a_transposed_digit_is_found_by_recomputing_the_share() -> None:
    changed = {**FINAL_2019, "kosanov": (1_595_401, "16.23")}
    found = check_results([votes(w, n, s) for w, (n, s) in changed.items()])
    assert {finding.facts["what"] for finding in found if finding.code == "share-differs"} >= {"kosanov"}


def test_the_denominator_that_fits_is_named() -> None:
    lines = [votes("a", 60, "54.55"), votes("b", 40, "36.36"), total(Count.VALID, 100), total(Count.RECEIVED, 110)]
    assert Finding("share-base", {"base": "received", "n": 110}) in check_results(lines)
    assert "share-differs" not in codes(*lines)


def test_sums_are_held_against_the_whole() -> None:
    lines = [votes("a", 60), votes("a", 30, area="N"), votes("a", 29, area="S")]
    assert check_results(lines) == (Finding("areas-sum", {"what": "a", "together": 59, "whole": 60}),)
    lines = [votes("a", 30, area="N"), votes("a", 10, area="N", station="N1"), votes("a", 21, area="N", station="N2")]
    assert codes(*lines) == ["stations-sum"]


def test_votes_ballots_and_voters_are_held_against_each_other() -> None:
    assert codes(votes("a", 60), votes("b", 39), total(Count.VALID, 100)) == ["votes-not-valid"]
    assert codes(total(Count.VALID, 100), total(Count.INVALID, 5), total(Count.RECEIVED, 104)) == ["more-than-received"]
    assert codes(total(Count.RECEIVED, 104), total(Count.REGISTERED, 100)) == ["more-than-registered"]
    assert codes(votes("a", 60), total(Count.VALID, 60), total(Count.INVALID, 1), total(Count.RECEIVED, 70)) == []


def test_shares_alone_are_said_to_be_so_and_rounding_is_no_fault() -> None:
    preliminary = ("70.76", "16.02", "5.2", "3.2", "2.07", "1.82", "0.92")
    found = check_results([votes(str(i), None, share) for i, share in enumerate(preliminary)])
    assert found == (Finding("share-alone", {"n": 7}),)
    assert codes(votes("a", None, "70"), votes("b", None, "20")) == ["shares-sum", "share-alone"]


def test_every_finding_has_words_in_three_languages_with_the_same_places() -> None:
    for code, sentences in FINDINGS.items():
        places = {tuple(sorted(part.partition("}")[0] for part in text.split("{")[1:])) for text in sentences.values()}
        assert sentences.keys() == {"en", "kk", "ru"}
        assert len(places) == 1, code
