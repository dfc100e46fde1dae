from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.domain.figures import Basis, Unit
from paragraph8.wording.nouns import LEXICON
from paragraph8.wording.quantifiers import QUANTIFIERS
from paragraph8.wording.sentences import WordingError, render
from wording.small_mission import C7, C9, FIGURES, by_key, count, share

BORDERS_OF_SHARES = [
    # name, x and y that just meet the rule, x and y that just do not
    ("none", (0, 40), (1, 40)),
    ("few", (1, 40), (0, 40)),
    ("few", (4, 100), (5, 100)),
    ("some", (5, 100), (20, 100)),
    ("some", (19, 100), (4, 100)),
    ("many", (20, 100), (19, 100)),
    ("many", (49, 100), (50, 100)),
    ("one-third", (369, 1_099), (36, 100)),
    ("one-third", (33, 100), (32, 100)),
    ("one-third", (34, 100), (35, 100)),
    ("almost-half", (45, 100), (44, 100)),
    ("almost-half", (49, 100), (50, 100)),
    ("more-than-half", (51, 100), (50, 100)),
    ("majority", (68, 130), (65, 130)),
    ("large-majority", (75, 100), (74, 100)),
    ("almost-all", (90, 100), (89, 100)),
    ("almost-all", (99, 100), (100, 100)),
    ("all", (40, 40), (39, 40)),
]
BORDERS_OF_COUNTS = [
    ("nearly=10000", 9_968, 10_000),
    ("nearly=10000", 9_900, 9_899),
    ("almost=12000000", 11_960_364, 12_000_001),
    ("almost=12000000", 11_880_000, 11_879_999),
    ("about=5000", 5_100, 5_101),
    ("about=5000", 4_900, 4_899),
    ("more-than=1000", 1_001, 1_000),
    ("at-least=1000", 1_000, 999),
    ("at-most=1000", 1_000, 1_001),
    ("several", 3, 2),
    ("several", 9, 10),
    ("only", 1, 0),
]


def said(form, figure, language="en"):
    return render(f"x {{a.b:{form}}}", by_key(figure), language).text.removeprefix("x ").replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "true", "false"), BORDERS_OF_SHARES)
def test_a_word_for_a_share_is_true_up_to_its_border_and_refused_beyond(name, true, false):
    assert said(name, share("a.b", *true))
    with pytest.raises(WordingError) as refused:
        said(name, share("a.b", *false))
    assert refused.value.code == "false-quantifier"


@pytest.mark.parametrize(("form", "true", "false"), BORDERS_OF_COUNTS)
def test_a_word_for_a_count_is_true_up_to_its_border_and_refused_beyond(form, true, false):
    assert said(form, count("a.b", true, Unit.STATION))
    with pytest.raises(WordingError) as refused:
        said(form, count("a.b", false, Unit.STATION))
    assert refused.value.code == "false-quantifier"


def test_every_quantifier_has_a_true_and_a_false_case_here():
    tried = {name for name, *_ in BORDERS_OF_SHARES} | {form.partition("=")[0] for form, *_ in BORDERS_OF_COUNTS}
    assert tried == set(QUANTIFIERS)


def test_a_refusal_names_the_numbers_and_the_rule_in_each_language():
    with pytest.raises(WordingError) as refused:
        render(f"{{{C7}:more-than-half}}", FIGURES, "kk")
    reasons = dict(refused.value.text.strings)
    assert "369 of 1,099 (33.6 per cent)" in reasons["en"]
    assert "more than half of the whole" in reasons["en"]
    assert "1\u00a0099 ішінен 369 (33,6 пайыз)" in reasons["kk"]
    assert "369 из 1\u00a0099 (33,6 %)" in reasons["ru"]
    assert "больше половины целого" in reasons["ru"]


WORDINGS = [
    # name, x, y, English, Kazakh, Russian: what stands after "in" and its equals
    ("none", 0, 130, "none of 130 observations", "130 байқаудың ешқайсысында", "ни в одном из 130 наблюдений"),
    ("few", 3, 130, "few observations", "байқаулардың аз бөлігінде", "в небольшом числе наблюдений"),
    ("some", 13, 130, "some observations", "кейбір байқауларда", "в некоторых наблюдениях"),
    ("many", 40, 130, "many observations", "көптеген байқауда", "во многих наблюдениях"),
    ("one-third", 43, 130, "one of three observations", "әр үш байқаудың бірінде", "в каждом третьем наблюдении"),
    (
        "almost-half",
        63,
        130,
        "almost half of observations",
        "байқаулардың жартысына жуығында",
        "почти в половине наблюдений",
    ),
    (
        "more-than-half",
        68,
        130,
        "more than half of observations",
        "байқаулардың жартысынан көбінде",
        "более чем в половине наблюдений",
    ),
    ("majority", 68, 130, "the majority of observations", "байқаулардың көпшілігінде", "в большинстве наблюдений"),
    (
        "large-majority",
        110,
        130,
        "a large majority of observations",
        "байқаулардың басым көпшілігінде",
        "в подавляющем большинстве наблюдений",
    ),
    ("almost-all", 129, 130, "almost all observations", "байқаулардың барлығында дерлік", "почти во всех наблюдениях"),
    ("all", 130, 130, "all 130 observations", "барлық 130 байқауда", "во всех 130 наблюдениях"),
    ("several", 5, 130, "several observations", "бірнеше байқауда", "в нескольких наблюдениях"),
    ("nearly=10000", 9_968, 9_968, "nearly 10,000", "10 000-ға жуық", "почти 10 000"),
    ("almost=12000000", 11_960_364, 11_960_364, "almost 12 million", "12 миллионға жуық", "почти 12 миллионов"),
    ("about=5000", 5_010, 5_010, "about 5,000", "шамамен 5 000", "около 5 000"),
    ("more-than=1000", 1_099, 1_099, "more than 1,000", "1 000-нан астам", "более 1 000"),
    ("at-least=350", 369, 369, "at least 350", "кемінде 350", "не менее 350"),
    ("at-most=400", 369, 369, "at most 400", "ең көбі 400", "не более 400"),
    ("only", 12, 130, "only 12", "небәрі 12", "всего 12"),
]


@pytest.mark.parametrize(("form", "x", "y", "words"), [(form, x, y, words) for form, x, y, *words in WORDINGS])
def test_the_words_fit_where_something_was_seen(form, x, y, words):
    figure = share("a.b", x, y)
    assert [said(form, figure, language) for language in ("en", "kk", "ru")] == words


WORDINGS_BY_UNIT = [
    (
        "more-than-half|nom",
        Unit.PERSON,
        68,
        130,
        "more than half of people",
        "адамдардың жартысынан көбі",
        "более половины людей",
    ),
    ("one-third|nom", Unit.TEAM, 43, 130, "one of three teams", "әр үш топтың бірі", "каждая третья группа"),
    (
        "none|nom",
        Unit.CONTESTANT,
        0,
        7,
        "none of 7 contestants",
        "7 кандидаттың ешқайсысы",
        "ни один из 7 кандидатов",
    ),
    (
        "almost-all|nom",
        Unit.OBSERVER,
        120,
        130,
        "almost all observers",
        "байқаушылардың барлығы дерлік",
        "почти все наблюдатели",
    ),
    (
        "more-than-half",
        Unit.STATION,
        68,
        130,
        "more than half of polling stations",
        "сайлау учаскелерінің жартысынан көбінде",
        "более чем на половине избирательных участков",
    ),
    ("many|station", Unit.STATION, 40, 130, "many stations", "көптеген учаскеде", "на многих участках"),
    (
        "all|commission:nom",
        Unit.STATION,
        130,
        130,
        "all 130 commissions",
        "барлық 130 комиссия",
        "все 130 комиссий",
    ),
    (
        "nearly=10000|unit",
        Unit.STATION,
        9_968,
        9_968,
        "nearly 10,000 polling stations",
        "10 000-ға жуық сайлау учаскесі",
        "почти 10 000 избирательных участков",
    ),
    (
        "at-least=121|peaceful-protester",
        Unit.PERSON,
        121,
        121,
        "at least 121 peaceful protesters",
        "кемінде 121 бейбіт наразылыққа қатысушы",
        "не менее 121 участника мирного протеста",
    ),
    ("only|unit", Unit.OBSERVATION, 21, 130, "only 21 observations", "небәрі 21 байқау", "всего 21 наблюдение"),
]


@pytest.mark.parametrize(
    ("form", "unit", "x", "y", "words"), [(form, unit, x, y, words) for form, unit, x, y, *words in WORDINGS_BY_UNIT]
)
def test_the_words_take_the_unit_and_the_role(form, unit, x, y, words):
    figure = share("a.b", x, y, unit)
    assert [said(form, figure, language) for language in ("en", "kk", "ru")] == words


def test_almost_twelve_million_voters():
    template = "{missions.voters:almost=12000000|unit}"
    assert render(template, FIGURES, "en").text == "Almost 12\u00a0million\u00a0voters"
    assert render(template, FIGURES, "kk").text == "12\u00a0миллионға жуық\u00a0сайлаушы"
    assert render(template, FIGURES, "ru").text == "Почти 12\u00a0миллионов\u00a0избирателей"


@pytest.mark.parametrize(("name", "y"), [("all", 2), ("none", 1)])
def test_one_or_two_observations_are_not_all_observations(name, y):
    with pytest.raises(WordingError) as refused:
        said(name, share("a.b", y if name == "all" else 0, y))
    assert refused.value.code == "small-n"


def test_all_and_none_name_their_denominator_and_so_stand_under_thirty():
    assert said("none", share("a.b", 0, 12)) == "none of 12 observations"
    assert said("all", share("a.b", 12, 12)) == "all 12 observations"


@given(st.integers(30, 5_000).flatmap(lambda y: st.tuples(st.integers(0, y), st.just(y))))
@settings(max_examples=200, deadline=None)
def test_few_some_many_never_overlap_and_leave_no_gap_under_half(pair):
    x, y = pair
    true = [name for name in ("none", "few", "some", "many") if QUANTIFIERS[name].holds(x, y)]
    assert len(true) == (1 if 2 * x < y else 0)


@pytest.mark.parametrize("name", QUANTIFIERS)
def test_every_quantifier_is_worded_for_every_noun_in_every_language(name):
    quantifier = QUANTIFIERS[name]
    assert quantifier.rule.languages() == {"en", "kk", "ru"}
    whole, stated = 1_000, 900
    x = next(x for x in range(whole + 1) if quantifier.holds(x, stated if quantifier.takes_argument else whole))
    form = f"{name}={stated}" if quantifier.takes_argument else name
    for key, noun in LEXICON.items():
        figure = share("a.b", x, whole, next(iter(noun.units), Unit.OBSERVATION), basis=Basis.REGISTER)
        for language in ("en", "kk", "ru"):
            words = said(f"{form}|{key}", figure, language)
            assert "{" not in words
            assert words == words.strip()


def test_the_majority_of_the_count_was_bad():
    assert said("majority|nom", share("a.b", 68, 130), "ru") == "большинство наблюдений"
    assert render(f"{{{C9}:majority}}", FIGURES, "ru").text == "В большинстве наблюдений"
