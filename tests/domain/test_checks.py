"""Every check of the catalogue finds what it names, and leaves alone what is nearly the same."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.checks_voting_day import FORM, FULL, NO_FORM, NOON, asking, blank, form_with, seen
from paragraph8.domain.answers import Missing
from paragraph8.domain.checks import CHECKS, Scope, Seen, check_report, check_station, text_of
from paragraph8.domain.checks.problem_texts import names_in
from paragraph8.domain.problems import Problem, Rule, Severity
from paragraph8.domain.reports import read_body
from paragraph8.domain.xpaths import compiled

SERIES = asking("series-decreases", "at10", "at13", "at16", "at19")
WOMEN = asking("parts-exceed-whole", "members", "women")
BOTH = asking("sum-differs", "members", "women", "men")
CAUSE = asking("answer-without-cause", "refused", "refusals")
FOLLOW_UP = asking("follow-up-missing", "refused", "refusals")
NOBODY = asking("contradiction", "present", "crowded", answers=["nobody", "yes"])
ROUND = asking("round-numbers", fewest=6)
GRADED = asking("same-answer-throughout", "grade1", "grade2", "grade3")
OPPOSITE = asking("opposite-answers-between-forms", "crowded")
BETWEEN = asking("series-decreases-between-visits", "at10")
LIST = asking("list-differs-between-forms", "listed", tolerance=5)
COPIED = asking("copied-report", fewest=10)
HOUR = timedelta(hours=1)


def found(subject: Seen | Sequence[Seen]) -> tuple[Problem, ...]:
    if isinstance(subject, Seen):
        return check_report(subject)
    return tuple(problem for problems in check_station(subject).values() for problem in problems)


def sent(body: bytes, subject: Callable[[], Seen] = seen) -> Seen:
    """The report that the server reads from these bytes."""
    return replace(subject(), sent=read_body(body))


def report_body(**changes: object) -> bytes:
    body = {"report": 1, "id": str(uuid.UUID(int=7)), "form": "voting", "version": "1", "station": "1", "answers": {}}
    return json.dumps({**body, **changes}).encode()


def conditioned(code: str, answers: dict[str, object] | None = None, **expressions: str) -> Seen:
    """The full report under a form of which one question has these expressions."""
    paths = {f"/{question.code}": question.code for question in FORM.questions()}
    said = {name: compiled(xpath, paths, f"/{code}") for name, xpath in expressions.items()}
    blocks = tuple(
        replace(
            block,
            questions=tuple(
                replace(question, **said) if question.code == code else question for question in block.questions
            ),
        )
        for block in FORM.blocks
    )
    form = replace(FORM, blocks=blocks)
    report = seen(answers=answers)
    return replace(report, form=form, answers=form.read(report.sent.answers))


CASES: dict[str, tuple[Seen | list[Seen], Seen | list[Seen]]] = {
    "unreadable": (sent(b"no report"), sent(report_body())),
    "no-id": (sent(report_body(id="seven")), sent(report_body())),
    "wrong-type": (sent(report_body(station=1.5)), sent(report_body(station="1"))),
    "unknown-shape": (sent(report_body(report=9)), sent(report_body(report=1))),
    "unknown-form": (seen(**NO_FORM), seen()),
    "unknown-version": (seen(version_known=False), seen(**NO_FORM)),
    "unknown-station": (seen(station_known=False), seen(station="", station_known=False)),
    "station-code-missing": (seen(station="", station_known=False), seen(station_known=False)),
    "finished-before-started": (seen(started=NOON + HOUR), seen(started=NOON)),
    "finished-in-the-future": (
        seen(received=NOON - timedelta(minutes=6)),
        seen(received=NOON - timedelta(minutes=5)),
    ),
    "sent-long-after": (
        seen(asking("sent-long-after", minutes=60), received=NOON + timedelta(minutes=61)),
        seen(asking("sent-long-after", minutes=60), received=NOON + HOUR),
    ),
    "visit-too-short": (
        seen(asking("visit-too-short", minutes=10), started=NOON - timedelta(minutes=9)),
        seen(asking("visit-too-short", minutes=10), started=NOON - timedelta(minutes=10)),
    ),
    "visit-too-long": (
        seen(asking("visit-too-long", minutes=60), started=NOON - timedelta(minutes=61)),
        seen(asking("visit-too-long", minutes=60), started=NOON - HOUR),
    ),
    "unknown-question": (seen(answers={"B99": "yes"}), seen()),
    "unknown-answer": (seen(answers={"crowded": 22}), seen(answers={"crowded": "yes"})),
    "not-a-number": (seen(answers={"at10": "about 120"}), seen(answers={"at10": {"missing": "not-known"}})),
    "not-a-time": (seen(answers={"left": "19:0j0"}), seen(answers={"left": "24:10"})),
    "unreadable-answer": (
        seen(answers={"crowded": {"missing": "unreadable"}}),
        seen(answers={"crowded": {"missing": "refused"}}),
    ),
    "negative-number": (seen(answers={"women": -1}), seen(answers={"women": 0})),
    "implausible-number": (seen(answers={"at19": 10**10 + 1}), seen(answers={"at19": 10**10})),
    "constraint-broken": (
        conditioned("women", constraint="/women <= /members", answers={"women": 8}),
        conditioned("women", constraint="/women <= /members", answers={"women": 8, "members": None}),
    ),
    "required-missing": (
        conditioned("women", required="true()", answers={"women": None}),
        conditioned("women", required="true()", relevant="/members > 9", answers={"women": None}),
    ),
    "answered-though-not-asked": (
        conditioned("women", relevant="/members > 9"),
        conditioned("women", relevant="/members > 9", answers={"members": None}),
    ),
    "range": (seen(answers={"members": 16}), seen(answers={"members": 15})),
    "nothing-answered": (blank(), blank(crowded={"missing": "not-observed"})),
    "block-missing": (
        blank(asking("block-missing"), crowded="no", listed=900),
        seen(asking("block-missing")),
    ),
    "answer-missing": (
        seen(asking("answer-missing", "crowded"), answers={"crowded": None}),
        seen(asking("answer-missing", "crowded"), answers={"crowded": {"missing": "not-observed"}}),
    ),
    "series-decreases": (seen(SERIES, answers={"at16": 341}), seen(SERIES, answers={"at16": 342})),
    "above": (
        seen(asking("above", "at19", "listed"), answers={"at19": 1001}),
        seen(asking("above", "at19", "listed"), answers={"at19": 1000}),
    ),
    "parts-exceed-whole": (seen(WOMEN, answers={"women": 8}), seen(WOMEN, answers={"women": 7})),
    "sum-differs": (seen(BOTH, answers={"men": 1}), seen(BOTH, answers={"men": 2})),
    "answer-without-cause": (
        seen(CAUSE, answers={"refused": "no"}),
        seen(CAUSE, answers={"refused": "no", "refusals": 0}),
    ),
    "follow-up-missing": (
        seen(FOLLOW_UP, answers={"refusals": None}),
        seen(FOLLOW_UP, answers={"refusals": {"missing": "not-known"}}),
    ),
    "contradiction": (
        seen(NOBODY, answers={"present": ["nobody"], "crowded": "yes"}),
        seen(NOBODY, answers={"present": ["agents"], "crowded": "yes"}),
    ),
    "count-without-yes": (
        seen(asking("count-without-yes", "refused", "refusals"), answers={"refused": "no"}),
        seen(asking("count-without-yes", "refused", "refusals"), answers={"refused": "no", "refusals": 0}),
    ),
    "yes-without-count": (
        seen(asking("yes-without-count", "refused", "refusals"), answers={"refusals": 0}),
        seen(asking("yes-without-count", "refused", "refusals"), answers={"refusals": None}),
    ),
    "round-numbers": (
        seen(
            ROUND,
            answers={
                "at10": 100,
                "at13": 300,
                "at16": 550,
                "at19": 700,
                "members": None,
                "women": None,
                "men": 50,
                "refusals": 50,
            },
        ),
        seen(ROUND),
    ),
    "same-answer-throughout": (seen(GRADED, answers={"grade2": "good"}), seen(GRADED)),
    "time-order": (
        seen(asking("time-order", "arrived", "left"), answers={"left": "06:59"}),
        seen(asking("time-order", "arrived", "left"), answers={"left": "07:00"}),
    ),
    "bucket-order": (
        seen(asking("bucket-order", "opened", "closed"), answers={"opened": "8-to-19", "closed": "7-to-8"}),
        seen(asking("bucket-order", "opened", "closed"), answers={"opened": "8-to-19", "closed": "8-to-19"}),
    ),
    "far-from-register": (
        seen(asking("far-from-register", "listed", tolerance=10), answers={"listed": 899}),
        seen(asking("far-from-register", "listed", tolerance=10), answers={"listed": 900}),
    ),
    "turnout-above-register": (
        seen(asking("turnout-above-register", "at19"), answers={"at19": 1001}),
        seen(asking("turnout-above-register", "at19"), answers={"at19": 1000}),
    ),
    "several-forms": ([seen(), seen(row="r2")], [seen()]),
    "same-team-twice": (
        [seen(team="031"), seen(row="r2", team="031")],
        [seen(team="031"), seen(row="r2", team="052")],
    ),
    "series-decreases-between-visits": (
        [seen(BETWEEN), seen(BETWEEN, row="r2", finished=NOON + HOUR, answers={"at10": 120})],
        [seen(BETWEEN), seen(BETWEEN, row="r2", finished=NOON + HOUR, answers={"at10": 121})],
    ),
    "list-differs-between-forms": (
        [seen(LIST), seen(LIST, row="r2", answers={"listed": 994})],
        [seen(LIST), seen(LIST, row="r2", answers={"listed": 995})],
    ),
    "opposite-answers-between-forms": (
        [seen(OPPOSITE, team="031"), seen(OPPOSITE, row="r2", team="052", answers={"crowded": "yes"})],
        [seen(OPPOSITE, team="031"), seen(OPPOSITE, row="r2", team="031", answers={"crowded": "yes"})],
    ),
    "copied-report": (
        [seen(COPIED), seen(COPIED, row="r2")],
        [seen(COPIED), seen(COPIED, row="r2", answers={"at10": 1})],
    ),
}
"""Code → a report (or the reports of a station) in which the check finds something, and one in which it does not."""
BY_THE_SERVER = {"same-id-other-content", "not-read"}
"""Only whoever keeps the reports can see that one identifier came twice."""


def test_every_check_of_the_catalogue_has_its_two_cases():
    assert set(CASES) | BY_THE_SERVER == set(CHECKS)
    assert len(CASES) >= 28


@pytest.mark.parametrize("code", CASES)
def test_a_check_finds_what_it_names(code):
    assert code in [problem.code for problem in found(CASES[code][0])]


@pytest.mark.parametrize("code", CASES)
def test_a_check_leaves_alone_what_is_nearly_the_same(code):
    assert code not in [problem.code for problem in found(CASES[code][1])]


@pytest.mark.parametrize("code", CASES)
def test_a_problem_carries_what_its_sentence_quotes_and_the_severity_of_its_check(code):
    problem = next(problem for problem in found(CASES[code][0]) if problem.code == code)
    derived = {"expected", *(f"q{place + 1}" for place in range(len(problem.questions)))}
    assert names_in(str(CHECKS[code].text)) <= set(dict(problem.details)) | derived
    assert problem.severity is CHECKS[code].severity
    assert problem == Problem.from_json(json.loads(json.dumps(problem.to_json())))
    assert text_of(problem, FORM).languages() >= {"en", "kk", "ru"}


@pytest.mark.parametrize("code", CASES)
def test_station_checks_look_at_stations_and_all_others_at_one_report(code):
    assert isinstance(CASES[code][0], list) == (CHECKS[code].scope is Scope.STATION)


def test_a_report_in_which_nothing_is_odd_has_no_problem():
    assert check_report(seen(SERIES, WOMEN, BOTH, CAUSE, FOLLOW_UP, NOBODY, ROUND, GRADED)) == ()


def test_a_body_that_is_no_report_has_that_one_problem():
    assert [problem.code for problem in check_report(sent(b"\xff\xfe", lambda: seen(**NO_FORM)))] == ["unreadable"]


def test_a_body_that_is_no_report_is_not_called_blank_although_a_form_is_at_hand():
    assert [problem.code for problem in check_report(sent(b"no report"))] == ["unreadable"]


def test_several_answers_of_which_one_is_unknown_name_that_one():
    problem = next(iter(check_report(seen(answers={"present": ["agents", "judges", "media"]}))))
    assert (problem.code, dict(problem.details)) == ("unknown-answer", {"value": "judges"})


def test_a_list_of_other_things_than_codes_is_not_quoted():
    assert [p.code for p in check_report(seen(answers={"present": ["agents", 3]}))] == ["unreadable-answer"]


def test_what_was_sent_is_quoted_in_one_short_line():
    problem = next(iter(check_report(seen(answers={"at10": "about\n\x00" + "1" * 80}))))
    assert dict(problem.details) == {"value": "about \ufffd" + "1" * 53 + "…"}
    whole = next(iter(check_report(seen(answers={"at10": "x" * 60}))))
    assert dict(whole.details) == {"value": "x" * 60}


def test_many_unknown_questions_are_one_problem_that_names_the_first():
    five = next(iter(check_report(seen(answers={f"Z{place}": 1 for place in range(5)}))))
    nine = next(iter(check_report(seen(answers={f"Z{place}": 1 for place in range(9)}))))
    assert dict(five.details) == {"count": 5, "names": "Z0, Z1, Z2, Z3, Z4"}
    assert dict(nine.details) == {"count": 9, "names": "Z0, Z1, Z2, Z3, Z4, …"}


@pytest.mark.parametrize(
    ("question", "value", "details"),
    [
        ("members", 3, None),
        ("members", 2, {"a1": 2, "high": 15, "low": 3}),
        ("listed", 0, None),
        ("refusals", 10**9, None),
    ],
)
def test_bounds_belong_to_the_range(question, value, details):
    problems = check_report(seen(answers={question: value}))
    assert [dict(problem.details) for problem in problems] == ([details] if details else [])


def test_a_number_below_a_lowest_value_of_zero_is_called_negative():
    assert [p.code for p in check_report(seen(answers={"listed": -1}))] == ["negative-number"]


def test_a_corrected_answer_is_checked_and_not_the_one_that_was_sent():
    wrong = seen(answers={"crowded": "ye", "members": 70})
    corrected = replace(wrong, answers={**wrong.answers, "crowded": "yes", "members": 7})
    assert [problem.code for problem in check_report(wrong)] == ["range", "unknown-answer"]
    assert check_report(corrected) == ()


def test_the_words_of_a_comment_are_never_quoted_in_a_problem():
    problem = next(iter(check_report(seen(answers={"reason": ["Aliya N. told us"]}))))
    assert (problem.code, problem.details) == ("unreadable-answer", ())


def test_a_form_changes_the_severity_of_a_check_that_runs_without_being_asked_for():
    milder = Rule("range", ("members",), severity=Severity.INFO)
    problems = check_report(seen(milder, answers={"members": 70, "listed": 6000}))
    assert [(p.questions, p.severity) for p in problems] == [
        (("listed",), Severity.WARN),
        (("members",), Severity.INFO),
    ]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["yes", "no", "06:10"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.just("missing"), inner, max_size=2)
    ),
    max_leaves=4,
)
ALL_RULES = tuple(
    rule
    for cases in CASES.values()
    for case in (cases[0],)
    if isinstance(case, Seen) and case.form
    for rule in case.form.rules
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*FULL, "B99", "\ud800\x00"]), json_values))
def test_no_answer_whatever_it_is_breaks_a_check_or_its_sentence(answers):
    subject = seen(*ALL_RULES, OPPOSITE, BETWEEN, LIST, COPIED, answers=answers)
    problems = [*check_report(subject), *found([subject, seen(row="r2")])]
    for problem in problems:
        assert str(text_of(problem, subject.form))
        assert all(isinstance(value, int) or value.isprintable() for _, value in problem.details)


def test_a_number_of_five_thousand_digits_is_named_without_being_written_out():
    problems = check_report(seen(SERIES, BOTH, answers={"at19": 10**5000, "crowded": -(10**5000)}))
    assert [problem.code for problem in problems] == ["implausible-number", "unknown-answer"]
    assert "“…”" in str(text_of(problems[1], FORM))


rule_values = (
    st.none() | st.booleans() | st.integers(-3, 60) | st.text(max_size=4) | st.lists(st.text(max_size=4), max_size=3)
)
any_rule = st.builds(
    Rule,
    check=st.sampled_from([*CHECKS, "no-such-check"]),
    questions=st.lists(st.sampled_from([*FULL, "B99"]), max_size=4).map(tuple),
    tolerance=st.integers(-5, 5),
    params=st.dictionaries(st.sampled_from(["when", "answers", "minutes", "fewest", "blocks", "yes"]), rule_values)
    .map(dict.items)
    .map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(any_rule, max_size=4))
def test_no_rule_however_senseless_breaks_the_checking(rules):
    subject = seen(*rules)
    assert isinstance(check_report(subject), tuple)
    assert set(check_station([subject, replace(subject, row="r2")])) == {"r1", "r2"}


ARITHMETIC = (
    SERIES,
    asking("series-decreases", "at10", "at13", "at16", "at19", partial=True, tolerance=3),
    WOMEN,
    BOTH,
    asking("above", "at19", "listed"),
    asking("count-without-yes", "refused", "refusals"),
    asking("yes-without-count", "refused", "refusals"),
    asking("far-from-register", "listed", tolerance=10),
    asking("turnout-above-register", "at19"),
    asking("time-order", "arrived", "left", overnight=True),
    asking("bucket-order", "opened", "closed"),
)
numbers = st.sampled_from(["at10", "at13", "at16", "at19", "listed", "members", "women", "men", "refusals"])


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(numbers, st.integers(-5, 20)),
    st.sets(st.sampled_from(list(FULL)), min_size=1),
    st.sampled_from(list(Missing)),
)
def test_a_missing_answer_never_makes_an_arithmetic_rule_fire(answers, removed, reason):
    form = form_with(*ARITHMETIC)
    whole = seen(*ARITHMETIC, answers=answers)
    gaps = replace(whole, answers={**form.read({**FULL, **answers}), **dict.fromkeys(removed, reason)})
    codes = {rule.check for rule in ARITHMETIC}
    fired, fired_with_gaps = ({p.code for p in check_report(report)} & codes for report in (whole, gaps))
    assert fired_with_gaps <= fired
