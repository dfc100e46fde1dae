"""Whether two entries of a roster may be one person."""

from __future__ import annotations

from time import monotonic

import pytest

from paragraph8.domain.likeness import LEAST, REASONS, Entry, likeness, proposals
from paragraph8.domain.transliteration import alphabets, romanized


def entry(name: str, key: str = "x", **more: str) -> Entry:
    """A name written "family, given"."""
    family, _, given = name.partition(", ")
    return Entry(key=key, family=family, given=given, **more)


ABENOVA = entry("Әбенова, Сәуле", "P0001")


@pytest.mark.parametrize(
    "spellings",
    [
        ("Сәуле Әбенова", "Saule Abenova", "Säule Äbenova", "SAULE ABENOVA"),
        ("Жұмабек Қасымов", "Zhumabek Kassymov", "Zhumabek Qasymov", "Джумабек Касымов".replace("Дж", "Ж")),
        ("Юлия Щербакова", "Yulia Shcherbakova", "Iuliia Scherbakova", "Julia Scherbakowa"),
        ("Ахмет", "Akhmet", "Ahmet"),
        ("Müller", "Mueller", "Muller"),
    ],
)
def test_spellings_of_one_name_become_one(spellings: tuple[str, ...]) -> None:
    assert len({romanized(name) for name in spellings}) == 1


def test_different_names_stay_different() -> None:
    names = ["Saule", "Aliya", "Gulnara", "Abenov", "Abenova", "Ivanov", "Petrov", "Kim", "Tsoi", "Chen"]
    assert len({romanized(name) for name in names}) == len(names)


def test_alphabets_of_a_name() -> None:
    assert alphabets("Сәуле A.") == {"latin", "cyrillic"}
    assert alphabets("123") == frozenset()


@pytest.mark.parametrize(
    ("other", "least", "reasons"),
    [
        ("Abenova, Saule", 90, {"other-alphabet"}),
        ("Saule, Abenova", 90, {"other-alphabet", "other-order"}),
        ("ABENOVA, S.", 75, {"other-alphabet", "initial"}),
        ("Abenova, Saulle", 90, {"other-alphabet"}),
        ("Abenova, Saula", 75, {"other-alphabet", "other-spelling"}),
        ("Abenova, Saule Maratovna", 75, {"other-alphabet", "part-missing"}),
        ("Әбенова, Сәуле", 90, {"same-name"}),
    ],
)
def test_the_same_person_spelled_differently_is_proposed(other: str, least: int, reasons: set[str]) -> None:
    found = likeness(ABENOVA, entry(other))
    assert found.score >= least
    assert set(found.reasons) == reasons


@pytest.mark.parametrize("other", ["Abenova, Gulnara", "Abenova", "S.", "Ivanov, Ivan", "", "Saule", "Abenova, A."])
def test_other_people_are_not(other: str) -> None:
    assert likeness(ABENOVA, entry(other)).score < LEAST


def test_country_and_gender_speak_for_and_against() -> None:
    one, same = entry("Berg, Anna", country="SE", gender="f"), entry("Berg, Anna", country="SE", gender="f")
    other = entry("Berg, Anna", country="NO", gender="m")
    assert likeness(one, same).score == 95
    assert likeness(one, other).score < LEAST
    assert {"other-country", "other-gender"} <= set(likeness(one, other).reasons)


def test_an_address_or_a_card_proposes_whatever_the_names_are() -> None:
    one, other = entry("Berg, Anna", email="A@b.org", card="17"), entry("Lund, A", email="a@B.org", card="17")
    assert likeness(one, other).reasons == ("same-email", "same-card")
    assert likeness(one, entry("Lund, A")).score == 0


def test_every_reason_has_words_in_three_languages() -> None:
    assert all(text.languages() == {"en", "kk", "ru"} for text in REASONS.values())


def test_proposals_come_likeliest_first_and_not_with_oneself() -> None:
    roster = [entry("Abenova, Saule", "P1"), entry("Abenova, S", "P2"), entry("Berg, Anna", "P3")]
    found = proposals([ABENOVA, roster[0]], roster)
    assert [(one.key, other.key) for one, other, _ in found][:2] == [("P0001", "P1"), ("P0001", "P2")]
    assert ("P1", "P1") not in [(one.key, other.key) for one, other, _ in found]


def test_a_thousand_are_compared_with_a_thousand_within_seconds() -> None:
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    names = [
        entry(f"{syllables[n % 70]}{syllables[n * 7 % 69]}{syllables[n * 3 % 67]}, {syllables[n * 11 % 61]}n", str(n))
        for n in range(1000)
    ]
    began = monotonic()
    proposals(names, names)
    assert monotonic() - began < 5
