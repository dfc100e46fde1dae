"""What the rules of a form read, tolerate and pass over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.checks_voting_day import FULL, NOON, asking, blank, seen
from paragraph8.domain.checks import CHECKS, check_report
from paragraph8.domain.checks.rules import EVALUATIONS, first_fall
from paragraph8.domain.checks.shapes import SHAPES
from paragraph8.domain.problems import Rule, Severity

HOURS = ("at10", "at13", "at16", "at19")


def only(*reports):
    """The one problem of each report."""
    problems = [check_report(report) for report in reports]
    assert [len(found) for found in problems] == [1] * len(problems)
    return problems[0][0] if len(problems) == 1 else tuple(found[0] for found in problems)


def test_a_form_can_ask_for_every_check_that_is_evaluated_and_for_no_other_name():
    assert set(EVALUATIONS) < set(SHAPES) < set(CHECKS)


def test_the_severity_and_the_name_of_a_problem_are_those_of_the_rule_that_found_it():
    rule = replace(asking("above", "at19", "listed"), severity=Severity.INFO, name="turnout")
    problem = only(seen(rule, answers={"at19": 1200}))
    assert (problem.severity, problem.rule, dict(problem.details)) == (
        Severity.INFO,
        "turnout",
        {"a1": 1200, "a2": 1000},
    )


def test_a_fall_is_held_against_the_highest_number_before_it():
    problem = only(seen(asking("series-decreases", *HOURS), answers={"at10": 400, "at13": 380, "at16": 390}))
    assert (problem.questions, dict(problem.details)) == (("at10", "at13"), {"a1": 400, "a2": 380})
    assert first_fall([("a", 100), ("b", 97), ("c", 94)], 5) == ("a", "c")
    assert first_fall([("a", 100), ("b", 100), ("c", 90)], 5) == ("a", "c")


def test_a_series_with_a_gap_is_judged_only_where_the_form_says_so():
    gap = {"at13": None, "at16": 100}
    assert check_report(seen(asking("series-decreases", *HOURS), answers=gap)) == ()
    assert only(seen(asking("series-decreases", *HOURS, partial=True), answers=gap)).questions == ("at10", "at16")


def test_a_zero_in_a_series_is_a_number_unless_the_form_says_that_it_means_missing():
    zero = {"at19": 0}
    assert only(seen(asking("series-decreases", *HOURS), answers=zero)).questions[1] == "at19"
    assert check_report(seen(asking("series-decreases", *HOURS, zero_is_missing=True), answers=zero)) == ()
    fallen = {"at13": 1, "at19": 0}
    asked = asking("series-decreases", *HOURS, partial=True, zero_is_missing=True)
    assert only(seen(asked, answers=fallen)).questions == ("at10", "at13")


@pytest.mark.parametrize(("difference", "found"), [(3, 0), (4, 1)])
def test_a_sum_may_differ_by_the_tolerance(difference, found):
    rule = asking("sum-differs", "members", "women", "men", tolerance=3)
    assert len(check_report(seen(rule, answers={"women": 5, "men": 2 + difference}))) == found


def test_a_sum_differs_in_both_directions_by_what_it_says():
    rule = asking("sum-differs", "members", "women", "men")
    below, over = only(seen(rule, answers={"men": 1}), seen(rule, answers={"men": 9}))
    assert [dict(problem.details)["difference"] for problem in (below, over)] == [1, 7]


@pytest.mark.parametrize(
    ("check", "questions", "answers"),
    [
        ("above", ("at19", "listed"), {"at19": 1002}),
        ("parts-exceed-whole", ("members", "women"), {"women": 9}),
        ("turnout-above-register", ("at19",), {"at19": 1002}),
    ],
)
def test_a_bound_may_be_passed_by_the_tolerance(check, questions, answers):
    assert check_report(seen(asking(check, *questions, tolerance=2), answers=answers)) == ()
    assert only(seen(asking(check, *questions, tolerance=1), answers=answers)).code == check


def test_parts_that_are_there_can_exceed_the_whole_while_others_are_missing():
    rule = asking("parts-exceed-whole", "members", "women", "men")
    assert only(seen(rule, answers={"women": 8, "men": None})).details == (("a1", 7), ("sum", 8))
    assert check_report(seen(rule, answers={"members": None, "women": 8})) == ()


@pytest.mark.parametrize("missing", ["no-answer", "not-observed", "not-available", "not-known", "refused", "not-asked"])
def test_unknown_is_not_zero(missing):
    rules = (
        asking("sum-differs", "members", "women", "men"),
        asking("yes-without-count", "refused", "refusals"),
        asking("above", "at19", "listed"),
    )
    gone = {code: {"missing": missing} for code in ("men", "refusals", "listed")}
    assert check_report(seen(*rules, answers=gone)) == ()


def test_a_number_that_calls_for_a_follow_up_does_so_above_zero():
    rule = asking("follow-up-missing", "refusals", "reason")
    assert only(seen(rule, answers={"reason": ""})).questions == ("refusals", "reason")
    assert check_report(seen(rule, answers={"refusals": 0, "reason": ""})) == ()


def test_each_missing_follow_up_is_a_problem_of_its_own():
    rule = asking("follow-up-missing", "refused", "refusals", "reason", when=["yes"])
    problems = check_report(seen(rule, answers={"refusals": None, "reason": None}))
    assert [problem.questions[1] for problem in problems] == ["refusals", "reason"]


def test_a_missing_parent_gives_neither_cause_nor_lack_of_cause():
    rules = asking("answer-without-cause", "refused", "refusals"), asking("follow-up-missing", "refused", "refusals")
    assert check_report(seen(*rules, answers={"refused": {"missing": "not-known"}})) == ()


def test_a_block_counts_as_missing_only_when_not_even_a_reason_was_given():
    rule = asking("block-missing", blocks=["grades"])
    gone = dict.fromkeys(("grade1", "grade2", "grade3"))
    problem = only(seen(rule, answers=gone))
    assert (problem.questions, dict(problem.details)) == (tuple(gone), {"block": "grades", "count": 3})
    assert check_report(seen(rule, answers={**gone, "grade3": {"missing": "not-observed"}})) == ()
    assert check_report(seen(asking("block-missing", blocks=["voting"]), answers=gone)) == ()


def test_a_blank_report_has_one_problem_and_not_one_for_each_block():
    assert only(blank(asking("block-missing"))).code == "nothing-answered"


def test_times_may_run_past_midnight_written_either_way():
    plain, overnight = asking("time-order", "arrived", "left"), asking("time-order", "arrived", "left", overnight=True)
    assert check_report(seen(plain, answers={"arrived": "20:00", "left": "25:30"})) == ()
    assert only(seen(plain, answers={"arrived": "20:00", "left": "01:30"})).details == (
        ("a1", "20:00"),
        ("a2", "01:30"),
    )
    assert check_report(seen(overnight, answers={"arrived": "20:00", "left": "01:30"})) == ()


def test_noon_itself_is_not_the_next_day():
    overnight = asking("time-order", "arrived", "left", overnight=True)
    assert only(seen(overnight, answers={"arrived": "20:00", "left": "12:00"})).code == "time-order"


def test_a_share_of_round_numbers_is_remarked_from_the_share_the_form_sets():
    numbers = dict.fromkeys(code for code, answer in FULL.items() if isinstance(answer, int))
    four_of_five = {**numbers, **dict.fromkeys(HOURS, 100), "listed": 999}
    assert only(seen(asking("round-numbers", fewest=5), answers=four_of_five)).code == "round-numbers"
    assert check_report(seen(asking("round-numbers", fewest=5, percent=81), answers=four_of_five)) == ()


def test_few_numbers_are_not_called_round():
    numbers = dict.fromkeys(code for code, answer in FULL.items() if isinstance(answer, int))
    some = {**numbers, **dict.fromkeys(HOURS, 100)}
    assert check_report(seen(asking("round-numbers", fewest=5), answers=some)) == ()
    assert only(seen(asking("round-numbers", fewest=4), answers=some)).details == (
        ("multiple", 50),
        ("numbers", 4),
        ("round", 4),
    )


def test_a_register_without_a_figure_for_the_station_judges_nothing():
    rules = asking("far-from-register", "listed"), asking("turnout-above-register", "at19")
    assert check_report(seen(*rules, answers={"listed": 5000}, registered_voters=None)) == ()
    assert {p.code for p in check_report(seen(*rules, answers={"listed": 999, "at19": 999}))} == {"far-from-register"}


def test_times_without_a_zone_are_not_compared():
    naive = NOON.replace(tzinfo=None)
    assert check_report(seen(asking("sent-long-after", minutes=1), received=naive)) == ()


def test_a_senseless_setting_falls_back_to_the_default():
    rule = Rule("visit-too-short", params=(("minutes", "soon"),))
    assert check_report(seen(rule)) == ()
    assert only(seen(rule, started=NOON)).details == (("limit", 10), ("minutes", 0))
