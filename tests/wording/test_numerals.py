from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paragraph8.wording.kazakh import CASES, suffix
from paragraph8.wording.numbers import format_integer, format_share
from paragraph8.wording.numerals import find_numbers
from paragraph8.wording.reading import read
from wording.spelling import in_english, in_kazakh, in_russian


def found(text, language):
    reading = read(text)
    return [
        (text[slice(*reading.span(number.start, number.end))], number.doubtful)
        for number in find_numbers(reading, language)
    ]


def certain(text, language):
    return [excerpt for excerpt, doubtful in found(text, language) if not doubtful]


SENTENCES = {
    "en": "It was seen in {} observations.",
    "kk": "Бұл {} байқауда тіркелді.",
    "ru": "Это отмечено в {} наблюдениях.",
}


@given(st.integers(0, 9_999_999))
@example(0)
@example(2_019)
@example(1_990)
@settings(max_examples=200, deadline=None)
def test_every_whole_number_in_digits_is_found_whole(n):
    for language, sentence in SENTENCES.items():
        written = format_integer(n, language)
        assert certain(sentence.format(written), language) == [written]


@given(st.integers(0, 9_999_999))
@settings(max_examples=100, deadline=None)
def test_every_number_without_its_grouping_is_found(n):
    for language, sentence in SENTENCES.items():
        assert certain(sentence.format(n), language) == [str(n)]


@given(st.integers(0, 999_999), st.sampled_from(CASES))
@settings(max_examples=100, deadline=None)
def test_every_kazakh_number_with_its_suffix_is_found_whole(n, case):
    written = f"{format_integer(n, 'kk')}-{suffix(n, case)}"
    assert certain(f"Байқаулардың {written} тіркелді.", "kk") == [written]


@given(st.integers(2, 999_999))
@example(21)
@example(100)
@example(369)
@example(1_000)
@settings(max_examples=200, deadline=None)
def test_every_number_in_words_is_found_whole(n):
    for language, words in (("en", in_english(n)), ("kk", in_kazakh(n)), ("ru", in_russian(n))):
        assert certain(SENTENCES[language].format(words), language) == [words]


@given(st.integers(2, 999_999), st.sampled_from(CASES))
@settings(max_examples=200, deadline=None)
def test_a_kazakh_number_in_words_is_found_in_every_case(n, case):
    *before, last = in_kazakh(n).split()
    stem = last[:-1] + "ғ" if last == "қырық" and suffix(n, case)[0] == "ы" else last
    words = " ".join((*before, stem + suffix(n, case)))
    assert certain(f"Байқаулардың {words} тіркелді.", "kk") == (
        [] if words in ("үшін", "оны", "онда", "онын") else [words]
    )


@pytest.mark.parametrize("share", [(369, 1_099), (0, 30), (30, 30)])
def test_every_share_is_found_with_its_word_or_sign(share):
    for language in ("en", "kk", "ru"):
        written = format_share(*share, language)
        assert certain(f"– {written} –", language) == [written]


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("in 1 099 observations", "1 099"),
        ("in 1\u202f099 observations", "1\u202f099"),
        ("20–30 observations", "20–30"),
        ("20 to 30 observations", "20 to 30"),
        ("33.6% of them", "33.6%"),
        ("by 1.4 percentage points", "1.4 percentage points"),
        ("12 million voters", "12 million"),
        ("one in three observations", "one in three"),
        ("one of every three observations", "one of every three"),
        ("one out of 12 stations", "one out of 12"),
        ("two thirds of stations", "two thirds"),
        ("two-thirds", "two-thirds"),
        ("a third of observations", "a third"),
        ("every third observation", "every third"),
        ("three quarters", "three quarters"),
        ("half of observations", "half"),
        ("more than half the stations", "half"),
        ("dozens of people", "dozens"),
        ("tens of thousands of people", "tens of thousands"),
        ("a couple of cases", "a couple"),
        ("twenty first-time voters", "twenty"),
        ("½ of them", "½"),
        ("in 1990 observations", "1990"),
        ("in 2019 polling stations", "2019"),
        ("in 2000% of them", "2000%"),
        ("\ufffc of 2000.", "2000"),
        ("under Article 43, 30 stations", "30"),
        ("on 9 June 30 observers", "30"),
    ],
)
def test_english_quantities(text, excerpt):
    assert certain(text, "en") == [excerpt]


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("байқаулардың төртеуі", "төртеуі"),
        ("бесеуінің жауабы", "бесеуінің"),
        ("жүздеген адам", "жүздеген"),
        ("ондаған адам", "ондаған"),
        ("мыңға жуық адам", "мыңға"),
        ("миллионнан астам", "миллионнан"),
        ("миллиардқа жуық", "миллиардқа"),
        ("отыздан астам", "отыздан"),
        ("сегізбен", "сегізбен"),
        ("алтысында", "алтысында"),
        ("қырығында", "қырығында"),
        ("екі-үш адам", "екі-үш"),
        ("үштен бірі", "үштен бірі"),
        ("байқаулардың жартысынан көбінде", "жартысынан"),
        ("әрбір үшінші байқауда", "әрбір үшінші"),
        ("үш жүз алпыс тоғызында", "үш жүз алпыс тоғызында"),
        ("онда он адам", "он"),
        ("жиырма үшін", "жиырма үшін"),
        ("369‑ында", "369‑ында"),
        ("33,6 пайызында", "33,6 пайызында"),
        ("1,5 миллион адам", "1,5 миллион"),
        ("20-дан астам", "20-дан"),
    ],
)
def test_kazakh_quantities(text, excerpt):
    assert certain(text, "kk") == [excerpt]


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("из двух участков", "двух"),
        ("двумя участками", "двумя"),
        ("трёх участков", "трёх"),
        ("в сорока наблюдениях", "сорока"),
        ("около ста", "ста"),
        ("более двухсот", "двухсот"),
        ("трехсот шестидесяти девяти", "трехсот шестидесяти девяти"),
        ("тремстам шестидесяти девяти", "тремстам шестидесяти девяти"),
        ("тремястами шестьюдесятью девятью", "тремястами шестьюдесятью девятью"),
        ("тысячи людей", "тысячи"),
        ("миллиона избирателей", "миллиона"),
        ("10 тыс. человек", "10 тыс"),
        ("двое наблюдателей", "двое"),
        ("половине", "половине"),
        ("одна треть участков", "одна треть"),
        ("две трети", "две трети"),
        ("три четверти", "три четверти"),
        ("в каждом третьем наблюдении", "каждом третьем"),
        ("полтора часа", "полтора"),
        ("десятки людей", "десятки"),
        ("сотнями", "сотнями"),
        ("один миллион", "один миллион"),
        ("двадцать один", "двадцать один"),
        ("2 из 21 наблюдения", "2 из 21"),
        ("33,6 %", "33,6 %"),
        ("1,4 п. п.", "1,4 п. п."),
        ("в мае 30 участков", "30"),
        ("5-ти участков", "5-ти"),
    ],
)
def test_russian_quantities(text, excerpt):
    assert certain(text, "ru") == [excerpt]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("one of them", "en"),
        ("twice as often", "en"),
        ("вдвое чаще", "ru"),
        ("бір адамның", "kk"),
        ("біреуі айтты", "kk"),
        ("бұл өңірлердің бірінде", "kk"),
        ("один из них", "ru"),
        ("ни одного случая", "ru"),
        ("голосование за семью", "ru"),
    ],
)
def test_a_pronoun_is_a_doubt_and_not_a_number(text, language):
    ((_, doubtful),) = found(text, language)
    assert doubtful


NOT_QUANTITIES = {
    "en": [
        "on 9 June 2019",
        "from 9 to 13 June 2019",
        "9–13 June",
        "on 9 and 10 June",
        "on 09/06/2019 and 2019-06-09",
        "In June 2019 the mission",
        "In 2019, the mission",
        "since 1991.",
        "between 2015 and 2019",
        "the Document of 1990.",
        "from 2015 to 2019,",
        "the 2015 presidential election",
        "the 1990 Copenhagen Document",
        "the Copenhagen Document (1990)",
        "the 1995 Constitution",
        "the 1990s",
        "from 07:00 to 20:00",
        "at 8 p.m.",
        "Article 43(8)",
        "Articles 37, 40 and 43",
        "paragraph 7.4 of the Copenhagen Document",
        "polling station No. 240",
        "the first woman and the second candidate",
        "a third person",
        "the twenty-first station",
        "the 21st station",
        "no one saw the second half of the count",
        "several, many and almost all observers often attended",
    ],
    "kk": [
        "2019 жылғы 9 маусымда",
        "2019 жылғы 9–13 маусым аралығында",
        "9 және 10 маусымда",
        "2015 жылдан бері",
        "1990 жылғы Копенгаген құжаты",
        "2015–2019 жылдары",
        "09.06.2019",
        "сағат 20:00-ге дейін",
        "20:00-дегі жағдай бойынша",
        "43-баптың 8-тармағы",
        "37–44-баптарға сәйкес",
        "20-2-бап",
        "№ 240 сайлау учаскесі",
        "240-учаскеде",
        "бірінші рет",
        "жиырма бірінші учаске",
        "8-ші сұрақ",
        "сайлау үшін",
        "оны онда көрді, ондай жағдай жоқ",
        "бірге, бірден, бірдей, бірнеше, бірқатар, бірақ",
        "бір-бірін көрді",
        "іс жүзінде, жер жүзінде",
        "алтын, жетістік, жартылай, бестік емес",
    ],
    "ru": [
        "9 июня 2019 года",
        "с 9 по 13 июня 2019 года",
        "9 и 10 июня",
        "в июне 2019 года",
        "в 2019 году",
        "в 2015–2019 годах",
        "Копенгагенский документ 1990 года",
        "09.06.2019",
        "до 20:00",
        "пункт 8 статьи 43",
        "статьи 37–44",
        "в статьях 37, 40 и 43",
        "ст. 43, п. 8",
        "участок № 240",
        "первый, второй, третьего",
        "двадцать первый участок",
        "2-го участка",
        "вторая половина дня",
        "в четверг и пятницу одновременно",
        "один и тот же участок",
        "несколько, многие, большинство, единичные",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in NOT_QUANTITIES.items() for text in texts])
def test_dates_references_and_other_words_are_not_quantities(language, text):
    assert found(text, language) == []


def test_a_soft_hyphen_or_a_decomposed_letter_hides_nothing():
    assert certain("трид\u00adцать", "ru") == ["трид\u00adцать"]
    assert certain("тре\u0308х", "ru") == ["тре\u0308х"]
    assert certain("thir\u200bty", "en") == ["thir\u200bty"]
