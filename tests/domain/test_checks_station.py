"""Reports about one polling station, side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.checks_voting_day import NO_FORM, NOON, asking, form_with, seen
from paragraph8.domain.checks import check_report, check_station
from paragraph8.domain.problems import Problem, Severity

HOUR = timedelta(hours=1)


def codes(found: dict[str, tuple[Problem, ...]]) -> dict[str, list[str]]:
    return {row: [problem.code for problem in problems] for row, problems in found.items()}


def test_every_report_of_a_station_is_told_of_the_others():
    reports = [seen(row=row, answers={"at10": place}) for place, row in enumerate(("r1", "r2", "r3"))]
    found = check_station(reports)
    assert codes(found) == {row: ["several-forms"] for row in ("r1", "r2", "r3")}
    assert dict(found["r1"][0].details) == {"form": "voting", "reports": 3}


def test_one_report_each_on_two_forms_is_nothing_to_remark():
    counting = replace(form_with(), code="counting")
    assert codes(check_station([seen(), seen(row="r2", form=counting)])) == {"r1": [], "r2": []}


def test_two_versions_of_a_form_are_one_form():
    newer = replace(form_with(), version="2")
    assert "several-forms" in codes(check_station([seen(), seen(row="r2", form=newer)]))["r2"]


def test_reports_that_name_no_station_are_not_set_side_by_side():
    nowhere = [seen(row=row, station="", station_known=False) for row in ("r1", "r2")]
    assert check_station(nowhere) == {"r1": (), "r2": ()}


def test_a_report_on_an_unknown_form_stands_alone():
    assert codes(check_station([seen(), seen(row="r2", **NO_FORM)])) == {"r1": [], "r2": []}


def test_a_row_given_twice_is_one_report():
    assert check_station([seen(), seen()]) == {"r1": ()}


def test_the_later_visit_is_the_one_that_must_not_be_lower():
    rule = asking("series-decreases-between-visits", "at10", tolerance=2)
    noon, later = seen(rule), seen(rule, row="r2", finished=NOON + HOUR, answers={"at10": 100})
    found = check_station([later, noon])
    assert codes(found) == {"r1": ["several-forms"], "r2": ["several-forms", "series-decreases-between-visits"]}
    assert dict(found["r2"][1].details) == {"a1": 100, "before": 121, "other": "r1"}
    within = replace(later, answers={**later.answers, "at10": 119})
    assert codes(check_station([within, noon]))["r2"] == ["several-forms"]


def test_visits_that_end_together_have_no_order():
    rule = asking("series-decreases-between-visits", "at10")
    found = codes(check_station([seen(rule), seen(rule, row="r2", answers={"at10": 1})]))
    assert "series-decreases-between-visits" not in found["r1"] + found["r2"]


def test_visits_whose_zone_is_unknown_have_no_order():
    rule = asking("series-decreases-between-visits", "at10")
    naive = seen(rule, row="r2", finished=(NOON + HOUR).replace(tzinfo=None), answers={"at10": 1})
    assert codes(check_station([seen(rule), naive]))["r2"] == ["several-forms"]


def test_rules_that_share_a_name_set_two_forms_side_by_side():
    on_voting = replace(asking("list-differs-between-forms", "listed"), name="list")
    on_opening = replace(asking("list-differs-between-forms", "at19"), name="list")
    opening = replace(form_with(on_opening), code="opening")
    reports = [seen(on_voting), seen(row="r2", form=opening)]
    assert codes(check_station(reports)) == {row: ["list-differs-between-forms"] for row in ("r1", "r2")}
    assert dict(check_station(reports)["r2"][0].details) == {"a1": 703, "highest": 1000, "lowest": 703}
    apart = [seen(asking("list-differs-between-forms", "listed")), seen(row="r2", form=opening)]
    assert codes(check_station(apart)) == {"r1": [], "r2": []}


def test_opposite_answers_of_unknown_senders_count_as_of_two_teams():
    rule = asking("opposite-answers-between-forms", "crowded", "refused")
    found = check_station([seen(rule), seen(rule, row="r2", answers={"crowded": "yes"})])
    assert codes(found)["r1"] == ["several-forms", "opposite-answers-between-forms"]
    assert found["r1"][1].questions == ("crowded",)
    assert dict(found["r1"][1].details) == {"a1": "no", "other": "r2", "others": 1}


def test_a_report_that_could_not_see_is_not_opposite_to_one_that_did():
    rule = asking("opposite-answers-between-forms", "crowded")
    blind = seen(rule, row="r2", answers={"crowded": {"missing": "not-observed"}})
    assert "opposite-answers-between-forms" not in codes(check_station([seen(rule), blind]))["r1"]


def test_identical_reports_name_each_other_and_short_ones_are_let_be():
    assert [p.code for p in check_station([seen(), seen(row="r2")])["r2"]] == ["several-forms", "copied-report"]
    assert dict(check_station([seen(), seen(row="r2")])["r2"][1].details) == {"answers": 20, "other": "r1"}
    rule = asking("copied-report", fewest=21)
    assert codes(check_station([seen(rule), seen(rule, row="r2")]))["r2"] == ["several-forms"]


def test_a_form_may_weigh_several_reports_more_heavily():
    rule = replace(asking("several-forms"), severity=Severity.WARN)
    assert check_station([seen(rule), seen(row="r2", answers={"at10": 1})])["r1"][0].severity is Severity.WARN


def test_checking_changes_nothing_in_a_report():
    report = seen(asking("series-decreases", "at10", "at13"), answers={"at13": 1})
    before = dict(report.answers), dict(report.sent.answers)
    check_report(report)
    check_station([report, seen(row="r2")])
    assert (dict(report.answers), dict(report.sent.answers)) == before
