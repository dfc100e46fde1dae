"""A form that cannot work is refused when it is uploaded, with every reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.checks_voting_day import FORM, asking, form_with
from paragraph8.domain.checks import problems_of_form
from paragraph8.domain.forms import Block, Kind, Question, Scale
from paragraph8.domain.problems import Rule
from paragraph8.domain.text import Text


def test_a_form_with_sensible_rules_has_no_problem():
    rules = (
        asking("series-decreases", "at10", "at13", partial=True),
        asking("above", "at19", "listed", tolerance=2),
        asking("above", "at16", "listed"),
        asking("contradiction", "present", "crowded", answers=["nobody", ["yes"]]),
        asking("block-missing", blocks=["voting", "grades"]),
        asking("bucket-order", "opened", "closed"),
        asking("follow-up-missing", "refusals", "reason"),
        asking("round-numbers"),
        asking("range", "listed"),
        asking("visit-too-long", minutes=0),
        Rule("above", ("at13", "listed"), text=Text.of("{a1} voters, {a2} listed in “{q2}”.")),
    )
    assert problems_of_form(form_with(*rules)) == []


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (asking("no-such-check"), "there is no such check"),
        (asking("unreadable"), "this check cannot be set by a form"),
        (asking("above", "at19", "B99"), "the form has no question B99"),
        (asking("above", "at19"), "it names 1 questions, and the check takes 2"),
        (asking("sum-differs", "members"), "it names 1 questions, and the check takes at least 2"),
        (asking("above", "at19", "crowded"), "question crowded is of kind choice, not integer"),
        (asking("above", "at19", "listed", tolerance=-1), "its tolerance is below zero"),
        (asking("above", "at19", "listed", partial=True), "the check has no setting partial"),
        (asking("series-decreases", "at10", "at13", partial="yes"), "setting partial must be true or false"),
        (asking("visit-too-long", minutes=-5), "setting minutes must be a number of minutes"),
        (asking("round-numbers", multiple=0), "setting multiple must be a number above zero"),
        (asking("follow-up-missing", "refused", "refusals", when="ja"), "question refused has no answer ja"),
        (asking("count-without-yes", "opened", "refusals"), "question opened has no answer no"),
        (asking("opposite-answers-between-forms", "crowded", "opened"), "question opened has no answer yes"),
        (asking("contradiction", "present", "crowded"), "setting answers is missing"),
        (asking("contradiction", "present", "crowded", answers=["nobody"]), "setting answers must be two lists"),
        (asking("contradiction", "present", "crowded", answers=["nobody", "si"]), "question crowded has no answer si"),
        (asking("block-missing", blocks=["night"]), "the form has no block night"),
        (asking("contradiction", "present", "crowded", answers=["nobody", []]), "setting answers must be two lists"),
        (asking("bucket-order", "grade1", "grade2"), "scale grades is not ordered"),
        (asking("bucket-order", "opened", "crowded"), "its questions have different scales: hours, yes-no"),
        (Rule("above", ("at19", "listed"), text=Text.of("{a1.real}")), "its text in en is malformed"),
        (Rule("above", ("at19", "listed"), text=Text.of("{a1")), "its text in en is malformed"),
        (Rule("above", ("at19", "listed"), text=Text.of("{voters}")), "quotes what the check does not give: voters"),
    ],
)
def test_a_rule_that_cannot_work_is_named_with_the_reason(rule, reason):
    found = problems_of_form(form_with(rule))
    assert any(reason in sentence for sentence in found), found
    assert all(sentence.startswith(f"rule {rule.check} (") for sentence in found)


def test_the_same_rule_twice_is_named():
    rule = asking("above", "at19", "listed")
    assert problems_of_form(form_with(rule, rule)) == ["rule above stands 2 times with the same name and questions"]


def test_a_rule_goes_by_its_name_else_by_its_questions():
    named = Rule("above", ("at19",), name="turnout")
    assert [sentence.split(":")[0] for sentence in problems_of_form(form_with(named, asking("above", "at19")))] == [
        "rule above (turnout)",
        "rule above (at19)",
    ]
    assert problems_of_form(form_with(asking("unreadable")))[0].startswith("rule unreadable (whole form)")


def test_bounds_that_leave_one_value_are_bounds():
    one = Block("one", Text.of("One"), (Question("boxes", Text.of("Boxes"), Kind.INTEGER, low=1, high=1),))
    assert problems_of_form(replace(FORM, blocks=(*FORM.blocks, one))) == []


def test_codes_that_stand_twice_and_questions_without_answers_are_named():
    odd = Block(
        "voting",
        Text.of("Again"),
        (
            Question("crowded", Text.of("Overcrowded"), Kind.CHOICE, "yes-no"),
            Question("weather", Text.of("Weather"), Kind.CHOICE, "skies"),
            Question("queue", Text.of("Queue"), Kind.INTEGER, low=9, high=1),
            Question("calm", Text.of("Calm"), Kind.CHOICE, "yes-no", negative=("never",)),
        ),
    )
    form = replace(FORM, blocks=(*FORM.blocks, odd), scales=(*FORM.scales, Scale("yes-no", FORM.scales[0].options)))
    assert problems_of_form(form) == [
        "block code voting stands 2 times",
        "question code crowded stands 2 times",
        "scale code yes-no stands 2 times",
        "question weather has no answers: scale “skies” is unknown or empty",
        "question queue: its lowest value 9 is above its highest 1",
        "question calm: negative answers are not on its scale: never",
    ]
