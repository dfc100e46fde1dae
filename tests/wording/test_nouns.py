from __future__ import annotations

import pytest

from paragraph8.domain.figures import Unit
from paragraph8.wording.nouns import CASES, LEXICON, UNIT_NOUNS, noun_of


def test_every_unit_of_a_figure_has_a_noun_that_names_it():
    for unit in Unit:
        assert UNIT_NOUNS[unit] in LEXICON
        assert noun_of(unit).units == {unit}


@pytest.mark.parametrize("key", LEXICON)
def test_every_noun_has_its_forms_in_every_shipped_language(key):
    noun = LEXICON[key]
    for case in CASES:
        for n in (1, 2, 5):
            assert all(noun.counted(n, language, case).strip() for language in ("en", "kk", "ru"))


@pytest.mark.parametrize(
    ("n", "nominative", "genitive", "locative"),
    [
        (0, "наблюдений", "наблюдений", "наблюдениях"),
        (1, "наблюдение", "наблюдения", "наблюдении"),
        (2, "наблюдения", "наблюдений", "наблюдениях"),
        (5, "наблюдений", "наблюдений", "наблюдениях"),
        (11, "наблюдений", "наблюдений", "наблюдениях"),
        (12, "наблюдений", "наблюдений", "наблюдениях"),
        (21, "наблюдение", "наблюдения", "наблюдении"),
        (22, "наблюдения", "наблюдений", "наблюдениях"),
        (101, "наблюдение", "наблюдения", "наблюдении"),
        (111, "наблюдений", "наблюдений", "наблюдениях"),
        (1_099, "наблюдений", "наблюдений", "наблюдениях"),
    ],
)
def test_a_russian_noun_follows_the_number_by_case_and_class(n, nominative, genitive, locative):
    observation = LEXICON["observation"]
    assert [observation.counted(n, "ru", case) for case in CASES] == [nominative, genitive, locative]


def test_an_adjective_follows_the_russian_number_with_its_noun():
    station = LEXICON["polling-station"]
    assert [station.counted(n, "ru") for n in (1, 2, 5)] == [
        "избирательный участок",
        "избирательных участка",
        "избирательных участков",
    ]
    assert station.counted(981, "ru", "gen") == "избирательного участка"


@pytest.mark.parametrize("n", [1, 2, 5, 369])
def test_a_kazakh_noun_never_becomes_plural_after_a_number(n):
    assert LEXICON["observation"].counted(n, "kk") == "байқау"
    assert LEXICON["observation"].counted(n, "kk", "gen") == "байқаудың"


def test_an_english_noun_is_singular_after_one_only():
    assert [LEXICON["country"].counted(n, "en") for n in (0, 1, 2, 21)] == [
        "countries",
        "country",
        "countries",
        "countries",
    ]


def test_a_noun_of_one_unit_does_not_fit_another():
    assert not LEXICON["station"].fits(Unit.OBSERVATION)
    assert LEXICON["report"].fits(Unit.OBSERVATION)
    assert LEXICON["region"].fits(Unit.STATION)
