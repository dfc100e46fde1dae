"""Lists of people as institutions send them."""

from __future__ import annotations

from datetime import date

import pytest

from paragraph8.domain.countries import codes, country_code, country_name
from paragraph8.domain.importing.dates import Order
from paragraph8.domain.importing.roster_columns import COLUMN_TITLES, Column, recognised
from paragraph8.domain.importing.roster_rows import PEOPLE_PROBLEMS, Reading, ReadPerson, Row, broken, read_people
from paragraph8.domain.importing.roster_values import function_in, gender_in, languages_in, parts_of
from paragraph8.domain.people import Function, Gender, Requirement, Status

TODAY = date(2019, 6, 9)


def read(
    cells: dict[Column, str], *, extra: bool = False, lost: frozenset[tuple[int, str]] = frozenset()
) -> ReadPerson:
    reading = Reading(
        columns={column.value: column for column in cells},
        institutions={"office": "office", "the office": "office"},
        today=TODAY,
        near=(TODAY,),
        lost=lost,
    )
    (person,) = read_people([Row(2, {column.value: cell for column, cell in cells.items()}, extra)], reading)
    return person


def codes_of(person: ReadPerson) -> set[str]:
    return {problem.code for problem in person.problems}


GOOD = {Column.FAMILY: "Abenova", Column.FUNCTION: "LTO"}


@pytest.mark.parametrize(
    "headings",
    [
        ("Surname", "First name", "Sending country", "Role", "Sex"),
        ("Тегі", "Аты", "Жіберген ел", "Қызметі", "Жынысы"),
        ("Фамилия", "Имя", "Направившая страна", "Функция", "Пол"),
        ("LAST NAME", "Given  Names", "participating state", "Position", "M/F"),
    ],
)
def test_headings_are_recognised_in_three_languages(headings: tuple[str, ...]) -> None:
    expected = [Column.FAMILY, Column.GIVEN, Column.COUNTRY, Column.FUNCTION, Column.GENDER]
    assert list(recognised(headings).values()) == expected


def test_a_heading_that_says_nothing_is_left_to_a_person_and_the_first_of_two_is_taken() -> None:
    assert recognised(["Remarks", "Name", "Full name"]) == {"Name": Column.NAME}


def test_every_title_is_recognised_as_what_it_names() -> None:
    for column, text in COLUMN_TITLES.items():
        assert {found for heading in text.to_json().values() for found in recognised([heading]).values()} == {column}


def test_a_whole_row_is_read() -> None:
    person = read(
        {
            Column.NAME: "ABENOVA, Saule",
            Column.FUNCTION: "Short-term observer",
            Column.INSTITUTION: "The Office",
            Column.COUNTRY: "Швеция",
            Column.CITIZENSHIP: "NO",
            Column.GENDER: "Ms.",
            Column.LANGUAGES: "English (C1), русский; қазақ",
            Column.MISSIONS: "12",
            Column.ACCREDITED: "20.05.2019",
            Column.ARRIVED: "1 June 2019",
            Column.CODE_SIGNED: "yes",
            Column.BRIEFED: "no",
            Column.CARD_EXPIRES: "2030-01-01",
        }
    )
    assert (person.family, person.given, person.function) == ("ABENOVA", "Saule", Function.STO)
    assert (person.institution, person.country, person.citizenship) == ("office", "SE", "NO")
    assert (person.gender, person.languages, person.missions_before) == (Gender.WOMAN, ("en", "ru", "kk"), 12)
    assert person.steps == ((Status.ACCREDITED, date(2019, 5, 20)), (Status.ARRIVED, date(2019, 6, 1)))
    assert person.met == {Requirement.CODE_OF_CONDUCT: TODAY}
    assert person.card_expires == date(2030, 1, 1)
    assert not person.blocked


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({Column.FAMILY: " "}, "no-name"),
        ({Column.FAMILY: "123"}, "no-name"),
        ({Column.FUNCTION: ""}, "no-function"),
        ({Column.FUNCTION: "Cook"}, "unknown-function"),
        ({Column.INSTITUTION: "Elsewhere"}, "unknown-institution"),
        ({Column.COUNTRY: "Narnia"}, "unknown-country"),
        ({Column.ARRIVED: "03/04/2019"}, "two-dates"),
        ({Column.ARRIVED: "soon"}, "no-date"),
        ({Column.ARRIVED: "09.06.2091"}, "date-far"),
        ({Column.BRIEFED: "03/04/2019"}, "two-dates"),
        ({Column.ADDRESS: "x" * 201}, "too-long-cell"),
        ({Column.GIVEN: "Ð¡Ð°ÑƒÐ»Ðµ"}, "wrong-letters"),
        ({Column.GIVEN: "Ñàóëå"}, "wrong-letters"),
        ({Column.GIVEN: "S\ufffdule"}, "wrong-letters"),
    ],
)
def test_what_cannot_be_read_blocks_its_row(cells: dict[Column, str], code: str) -> None:
    person = read({**GOOD, **cells})
    assert code in codes_of(person)
    assert person.blocked


def test_cells_that_the_workbook_does_not_give_and_shifted_rows_block() -> None:
    assert codes_of(read(GOOD, lost=frozenset({(2, "function")}))) == {"lost-cell"}
    assert codes_of(read(GOOD, extra=True)) == {"shifted-row"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({Column.GENDER: "?"}, "unknown-gender"),
        ({Column.LANGUAGES: "English, Klingonish"}, "unknown-language"),
        ({Column.MISSIONS: "many"}, "unknown-number"),
        ({Column.BRIEFED: "perhaps"}, "unclear-answer"),
    ],
)
def test_what_is_not_counted_is_left_out_and_said(cells: dict[Column, str], code: str) -> None:
    person = read({**GOOD, **cells})
    assert codes_of(person) == {code}
    assert not person.blocked


def test_names_that_are_right_are_not_called_broken() -> None:
    for name in ("Müller", "Åkesson", "Łukasz Żółć", "Сәуле Әбенова", "D’Été", "Núñez", "Öz", "Ñuñez", "Ödön Őry", ""):
        assert not broken(name), name


def test_the_parts_of_a_name() -> None:
    assert parts_of("ABENOVA, S.") == ("ABENOVA", "S.", False)
    assert parts_of("Saule ABENOVA") == ("ABENOVA", "Saule", False)
    assert parts_of("John Smith") == ("Smith", "John", True)
    assert parts_of("Әбенова Сәуле") == ("Әбенова", "Сәуле", True)
    assert parts_of("Cher") == ("Cher", "", False)


def test_functions_genders_and_languages_as_they_are_written() -> None:
    assert [function_in(cell) for cell in ("STO", "sto", "ДСН", "парламентарий", "Cook")] == [
        Function.STO,
        Function.STO,
        Function.LTO,
        Function.PARLIAMENTARIAN,
        None,
    ]
    assert [gender_in(cell) for cell in ("F", "жен.", "Мырза", "?")] == [Gender.WOMAN, Gender.WOMAN, Gender.MAN, None]
    assert languages_in("EN/RU and French") == (("en", "ru", "fr"), ())


def test_countries_by_code_and_by_name_in_three_languages() -> None:
    written = ("AT", "at", "Austria", "Австрия", "Аустрия")
    assert {country_code(each) for each in written} == {"AT"}
    assert [country_code(each) for each in ("Czech Republic", "UK", "Narnia", "")] == ["CZ", "GB", None, None]
    assert country_name("KZ").to_json() == {"en": "Kazakhstan", "kk": "Қазақстан", "ru": "Казахстан"}
    assert "EU" not in codes()


def test_the_order_of_dates_can_be_said_for_the_whole_file() -> None:
    reading = Reading(
        columns={"n": Column.FAMILY, "f": Column.FUNCTION, "d": Column.ARRIVED},
        institutions={},
        today=TODAY,
        order=Order.DAY_FIRST,
    )
    (person,) = read_people([Row(2, {"n": "Berg", "f": "STO", "d": "03/06/2019"})], reading)
    assert person.steps == ((Status.ARRIVED, date(2019, 6, 3)),)


def test_rows_without_anybody_are_left_out() -> None:
    reading = Reading(columns={"n": Column.NAME}, institutions={}, today=TODAY)
    assert read_people([Row(2, {"n": " ", "other": "total"}), Row(3, {})], reading) == []


def test_every_problem_has_words_in_three_languages() -> None:
    assert all(text.languages() == {"en", "kk", "ru"} for _, text in PEOPLE_PROBLEMS.values())
