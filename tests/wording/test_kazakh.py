from __future__ import annotations

from datetime import time

import pytest

from paragraph8.wording.kazakh import CASES, MONTHS, NUMERALS, last_word, relative_time, suffix

READ_IN_SOURCES = [
    (350, "abl", "ден"),
    (300, "dat", "ге"),
    (80, "dat", "ге"),
    (40, "dat", "қа"),
    (256, "poss", "сы"),
    (150, "poss", "і"),
    (495, "abl", "тен"),
    (62, "poss", "сі"),
    (69, "poss", "ы"),
    (21, "poss", "і"),
]
OF_MODEL_SENTENCES = [
    (300, "pacc", "ін"),
    (41, "pacc", "ін"),
    (369, "in", "ында"),
    (2, "in", "сінде"),
    (50, "in", "інде"),
    (40, "in", "ында"),
    (10, "in", "ында"),
    (6, "in", "сында"),
    (20, "pacc", "сын"),
    (12, "poss", "сі"),
    (31, "poss", "і"),
    (10_000, "dat", "ға"),
    (12_000_000, "dat", "ға"),
    (1_000_000_000, "dat", "қа"),
]


@pytest.mark.parametrize(("n", "case", "expected"), READ_IN_SOURCES + OF_MODEL_SENTENCES)
def test_the_suffix_is_the_one_read_in_kazakh_texts(n, case, expected):
    assert suffix(n, case) == expected


@pytest.mark.parametrize(
    ("n", "word"),
    [
        (0, "нөл"),
        (10, "он"),
        (369, "тоғыз"),
        (350, "елу"),
        (1_100, "жүз"),
        (1_000, "мың"),
        (12_000, "мың"),
        (112_000, "мың"),
        (2_000_000, "миллион"),
        (2_000_100, "жүз"),
        (5_000_000_000, "миллиард"),
        (7_000_000_000_000, "триллион"),
    ],
)
def test_the_suffix_follows_the_last_spoken_word(n, word):
    assert last_word(n) == word


FRONT_WORDS = {"нөл", "бір", "екі", "үш", "төрт", "бес", "жеті", "сегіз", "елу", "жетпіс", "сексен", "жүз"}


@pytest.mark.parametrize("word", NUMERALS)
def test_every_suffix_keeps_the_harmony_of_its_word(word):
    front = set("іеүөэ")
    for case, ending in NUMERALS[word].items():
        if case == "ins":
            continue  # -мен, -бен, -пен are the same after every word
        vowels = set(ending) & set("іеыа")
        assert vowels <= (front if word in FRONT_WORDS else set("ыа")), (word, case)


@pytest.mark.parametrize("word", NUMERALS)
def test_a_word_that_ends_in_a_vowel_takes_the_possessive_with_s(word):
    assert NUMERALS[word]["poss"].startswith("с") == (word[-1] in "іыа")
    assert set(NUMERALS[word]) == set(CASES)


@pytest.mark.parametrize(
    ("clock", "written"),
    [
        (time(20, 0), "20:00-дегі"),
        (time(22, 10), "22:10-дағы"),
        (time(8, 15), "08:15-тегі"),
        (time(7, 30), "07:30-дағы"),
    ],
)
def test_as_of_a_clock_time(clock, written):
    assert relative_time(clock) == written


def test_months_in_the_cases_of_a_date():
    exceptions = {
        "сәуір": ("сәуірге", "сәуірде"),
        "шілде": ("шілдеге", "шілдеде"),
        "қыркүйек": ("қыркүйекке", "қыркүйекте"),
    }
    for month in MONTHS:
        name = month[""]
        assert (month["dat"], month["loc"]) == exceptions.get(name, (name + "ға", name + "да"))
    assert len(MONTHS) == 12
