"""An estimate in words: never without its interval, its stations, and the part of the sample that reported."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from paragraph8.domain.estimates import Estimate, Interval, Scale
from paragraph8.domain.figures import Basis, Figure, Key, Kind, Origin, Unit
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text
from paragraph8.wording.linter import lint
from paragraph8.wording.sentences import WordingError, render
from wording.small_mission import C7, FIGURES, by_key

KEY = "eday.estimate[answer=bad,form=count,question=Q,sample=1]"


def estimate(**changes: Any) -> Figure:
    """18.18 per cent of stations from 174 of 178 drawn, unless changes say otherwise."""
    told = {
        "value": "0.1818226589",
        "standard_error": "0.0322977833",
        "df": 162,
        "n": 174,
        "reported": 174,
        "drawn": 178,
        "population": 5286,
    }
    bounds = {"low": "0.1222441092", "high": "0.2551027325", "level": "0.95", "method": "korn-graubard"}
    for name in changes.keys() & (told.keys() | {"scale"}):
        told[name] = changes.pop(name)
    for name in changes.keys() & bounds.keys():
        bounds[name] = changes.pop(name)
    facts: dict[str, Any] = {
        "key": Key.parse(KEY),
        "kind": Kind.ESTIMATE,
        "basis": Basis.PROBABILITY,
        "origin": Origin.SIMULATED,
        "unit": Unit.STATION,
        "title": Text.of("bad counts"),
        "as_of": 1,
        "method": "estimate@1",
        "estimate": Estimate(**told),  # type: ignore[arg-type]
        "interval": Interval(**bounds),
    }
    return Figure(**{**facts, **changes})


def said(language: str, figure: Figure | None = None, form: str = "estimate") -> str:
    return (
        render(f"… {{{KEY}:{form}}}", by_key(figure or estimate()), language)
        .text.removeprefix("… ")
        .replace("\u00a0", " ")
    )


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en", "estimate", "an estimated 18 per cent of polling stations (95% CI 12–26%; 174 stations, 98% reported)"),
        (
            "kk",
            "estimate",
            "кездейсоқ іріктемеден алынған бағаланған мән бойынша сайлау учаскелерінің 18 пайызында (95%-дық сенім "
            "аралығы: 12–26%; 174 учаске, іріктеменің 98%-ынан есеп келді)",
        ),
        (
            "kk",
            "estimate|nom",
            "кездейсоқ іріктемеден алынған бағаланған мән бойынша сайлау учаскелерінің 18 пайызы (95%-дық сенім "
            "аралығы: 12–26%; 174 учаске, іріктеменің 98%-ынан есеп келді)",
        ),
        (
            "ru",
            "estimate",
            "по статистической оценке на основе случайной выборки, на 18 % избирательных участков (95-процентный "
            "доверительный интервал: 12–26 %; 174 участка, отчеты получены с 98 % отобранных)",
        ),
        (
            "ru",
            "estimate|station:nom",
            "по статистической оценке на основе случайной выборки, 18 % участков (95-процентный доверительный "
            "интервал: 12–26 %; 174 участка, отчеты получены с 98 % отобранных)",
        ),
    ],
)
def test_an_estimate_is_said_natively(language: str, form: str, words: str) -> None:
    assert said(language, form=form) == words


def test_votes_have_a_decimal_and_bounds_are_rounded_outward() -> None:
    votes = estimate(
        unit=Unit.VOTE,
        value="0.534948",
        standard_error="0.001593",
        low="0.531830",
        high="0.538070",
        n=6307,
        reported=6307,
        drawn=7787,
        population=156899,
    )
    assert said("en", votes) == "an estimated 53.5 per cent of votes (95% CI 53.1–53.9%; 6,307 stations, 81% reported)"
    assert "53,1–53,9 %; 6 307 участков" in said("ru", votes)


def test_a_lead_is_in_points_and_a_bound_below_zero_is_spelled_out() -> None:
    lead = estimate(
        scale=Scale.POINTS, value="0.0114", standard_error="0.009", low="-0.0064", high="0.0292", unit=Unit.VOTE
    )
    assert said("en", lead).startswith("an estimated 1.1 percentage points (95% CI −0.7 to 3.0; ")
    assert "от −0,7 до 3,0" in said("ru", lead)
    assert "1,1 пайыздық тармақ" in said("kk", lead)


@pytest.mark.parametrize(("reported", "words"), [(178, "100% reported"), (177, "99% reported"), (174, "98% reported")])
def test_all_have_reported_only_when_all_have(reported: int, words: str) -> None:
    assert words in said("en", estimate(reported=reported))


@pytest.mark.parametrize(
    "form", ["x", "y", "left", "of", "share", "p", "if|words", "majority", "more-than-half", "nearly=20"]
)
def test_no_other_format_takes_the_number_alone(form: str) -> None:
    with pytest.raises(WordingError) as refused:
        said("en", form=form)
    assert refused.value.code == "estimate-only"
    assert "{" + KEY + ":estimate}" in refused.value.text.shown("en").string


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"n": 29, "reported": 29, "drawn": 30}, "imprecise"),
        ({"low": "0.01", "high": "0.5", "standard_error": "0.12"}, "imprecise"),
        ({"n": 88, "reported": 88}, "few-reported"),
        ({"interval": None}, "too-few-for-interval"),
        ({"value": None, "standard_error": None, "interval": None}, "too-few-for-interval"),
    ],
)
def test_an_estimate_that_says_too_little_is_not_told(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(WordingError) as refused:
        said("en", estimate(**changes))
    assert refused.value.code == code
    assert {tag for tag, _ in refused.value.text.strings} == {"en", "kk", "ru"}


def test_observations_are_never_quoted_as_an_estimate() -> None:
    with pytest.raises(WordingError) as refused:
        render(f"{{{C7}:estimate}}", FIGURES, "en")
    assert refused.value.code == "interval-on-observations"
    with pytest.raises(WordingError) as refused:
        render("{missions.voters:estimate}", FIGURES, "en")
    assert refused.value.code == "needs-estimate"


def test_a_model_is_called_one() -> None:
    model = replace(estimate(), basis=Basis.MODEL)
    assert "95% credible interval 12–26%" in said("en", model)
    assert "модельден" in said("kk", model)


@pytest.mark.parametrize(
    ("language", "template"),
    [
        ("en", "In {%s:estimate} the count was bad; the margin of error is in brackets."),
        ("kk", "Санау {%s:estimate} нашар бағаланды, сенім аралығы жақшада."),
        ("ru", "Подсчет, {%s:estimate}, оценен плохо; доверительный интервал в скобках."),
    ],
)
def test_the_linter_finds_nothing_in_a_sentence_that_quotes_an_estimate(language: str, template: str) -> None:
    assert lint(template % KEY, language, by_key(estimate()), ()) == ()


@pytest.mark.parametrize(
    ("language", "template"),
    [("en", "In {%s:of}, ± a little."), ("ru", "В {%s:of}, ± немного."), ("kk", "{%s:of} ± аз ғана.")],
)
def test_a_sign_of_error_on_observations_blocks(language: str, template: str) -> None:
    found = [finding for finding in lint(template % C7, language, FIGURES, ()) if finding.code == "hand-interval"]
    assert [finding.severity for finding in found] == [Severity.BLOCK]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "with a small margin of error"),
        ("en", "a statistically significant share"),
        ("kk", "қателік шегі аз"),
        ("ru", "с небольшой погрешностью"),
    ],
)
def test_words_of_sampling_error_on_observations_warn(language: str, words: str) -> None:
    found = lint(f"{{{C7}:of}}, {words}.", language, FIGURES, ())
    assert [(finding.code, finding.severity) for finding in found] == [("hand-interval", Severity.WARN)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "which has increased"),
        ("en", "more than in the previous election"),
        ("kk", "бұл көбейді"),
        ("ru", "это число увеличилось"),
        ("ru", "больше по сравнению с прошлым годом"),
    ],
)
def test_words_of_change_beside_observations_warn(language: str, words: str) -> None:
    found = [finding.code for finding in lint(f"{{{C7}:of}}, {words}.", language, FIGURES, ())]
    assert found == ["trend-word"]


def test_words_of_change_beside_a_register_are_the_authors() -> None:
    assert lint("The list has {missions.voters:x}, which has increased.", "en", FIGURES, ()) == ()
