"""From a table of somebody's to people: each row read, what is wrong with it said by row and column.

What cannot be read blocks its row; nothing is guessed. Whoever brought the list corrects it, says how its dates are
written, or leaves the row out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from paragraph8.domain.countries import country_code
from paragraph8.domain.names import folded
from paragraph8.domain.people import Function, Gender, Requirement, Status
from paragraph8.domain.text import Text

from .cells import whole_number
from .dates import Order, read_date
from .roster_columns import Column
from .roster_values import answered, function_in, gender_in, languages_in, parts_of

MOST_PEOPLE = 5_000
"""A longer list is no roster of a mission."""
MOST_CHARACTERS = 200
MOST_MISSIONS = 500
FARTHEST = timedelta(days=731)
_SHOWN = 60
_STEPS = {
    Column.NOMINATED: Status.NOMINATED,
    Column.ACCREDITED: Status.ACCREDITED,
    Column.ARRIVED: Status.ARRIVED,
}
_MET = {
    Column.CODE_SIGNED: Requirement.CODE_OF_CONDUCT,
    Column.INTERESTS: Requirement.INTERESTS,
    Column.BRIEFED: Requirement.BRIEFING,
}

PEOPLE_PROBLEMS: Mapping[str, tuple[bool, Text]] = {
    code: (blocks, Text.of({"en": en, "kk": kk, "ru": ru}))
    for code, blocks, en, kk, ru in (
        ("no-name", True, "There is no family name.", "Тегі жазылмаған.", "Нет фамилии."),
        (
            "no-function",
            True,
            "There is no function, and the list names none for everybody.",
            "Қызметі көрсетілмеген және тізімде бәріне ортақ қызмет жоқ.",
            "Функция не указана, и общей для всех в списке нет.",
        ),
        (
            "unknown-function",
            True,
            "“{cell}” is no function of a mission.",
            "«{cell}» – миссиядағы қызмет атауы емес.",
            "«{cell}» не является функцией в миссии.",
        ),
        (
            "unknown-institution",
            True,
            "The mission has no institution “{cell}”.",
            "Миссияда «{cell}» мекемесі жоқ.",
            "В миссии нет организации «{cell}».",
        ),
        (
            "unknown-country",
            True,
            "“{cell}” is the name or code of no country.",
            "«{cell}» – елдің атауы да, коды да емес.",
            "«{cell}» не является названием или кодом страны.",
        ),
        (
            "two-dates",
            True,
            "“{cell}” can be {first} or {second}. Say with the columns how dates with slashes are written.",
            "«{cell}» {first} немесе {second} болуы мүмкін. "
            "Қиғаш сызықты күннің жазылу ретін бағандармен бірге көрсетіңіз.",
            "«{cell}» может быть {first} или {second}. Укажите вместе со столбцами, как записаны даты с косой чертой.",
        ),
        (
            "no-date",
            True,
            "“{cell}” is no date. Write 2019-06-09 or 09.06.2019.",
            "«{cell}» – күн емес. 2019-06-09 немесе 09.06.2019 түрінде жазыңыз.",
            "«{cell}» не дата. Напишите 2019-06-09 или 09.06.2019.",
        ),
        (
            "date-far",
            True,
            "{cell} lies more than two years away. Check the year.",
            "{cell} екі жылдан артық алшақ. Жылын тексеріңіз.",
            "{cell} отстоит больше чем на два года. Проверьте год.",
        ),
        (
            "too-long-cell",
            True,
            "The cell holds more than 200 characters.",
            "Ұяшықта 200-ден көп таңба бар.",
            "В ячейке больше 200 знаков.",
        ),
        (
            "shifted-row",
            True,
            "The row has more cells than the list has columns, so nobody can tell which cell belongs where.",
            "Жолдағы ұяшықтар баған санынан көп, сондықтан қай ұяшық қай бағанға жататыны белгісіз.",
            "В строке больше ячеек, чем столбцов в списке; какая ячейка к чему относится, сказать нельзя.",
        ),
        (
            "lost-cell",
            True,
            "The value of this cell could not be read: it is a formula or part of merged cells.",
            "Бұл ұяшықтың мәні оқылмады: онда формула тұр немесе ол біріктірілген ұяшықтың бөлігі.",
            "Значение этой ячейки не прочитано: в ней формула или она часть объединенных ячеек.",
        ),
        (
            "wrong-letters",
            True,
            "The letters are broken: “{cell}”. The file was saved in another encoding. Save it as UTF-8 or XLSX.",
            "Әріптері бұзылған: «{cell}». Файл басқа кодтаумен сақталған. Оны UTF-8 немесе XLSX түрінде сақтаңыз.",
            "Буквы испорчены: «{cell}». Файл сохранен в другой кодировке. Сохраните его в UTF-8 или XLSX.",
        ),
        (
            "unknown-gender",
            False,
            "“{cell}” was not understood; the gender stays not stated.",
            "«{cell}» түсініксіз; жынысы көрсетілмеген болып қалады.",
            "«{cell}» непонятно; пол остается не указанным.",
        ),
        (
            "unknown-language",
            False,
            "“{cell}” is no language; it is left out.",
            "«{cell}» – тіл емес; ол алынбады.",
            "«{cell}» не язык; не принято.",
        ),
        (
            "unknown-number",
            False,
            "“{cell}” is no number of missions; the experience stays unknown.",
            "«{cell}» – миссия саны емес; тәжірибесі белгісіз болып қалады.",
            "«{cell}» не число миссий; опыт остается неизвестным.",
        ),
        (
            "unclear-answer",
            False,
            "“{cell}” is neither a date nor yes or no; it counts as not done.",
            "«{cell}» – күн де, иә не жоқ та емес; орындалмаған деп саналды.",
            "«{cell}» не дата и не «да» или «нет»; считается невыполненным.",
        ),
        (
            "order-assumed",
            False,
            "Read as family name “{family}”, given name “{given}”.",
            "Тегі «{family}», аты «{given}» деп оқылды.",
            "Прочитано: фамилия «{family}», имя «{given}».",
        ),
    )
}
"""Code → whether it blocks the row, and what is said."""


@dataclass(frozen=True, order=True)
class PeopleProblem:
    """One finding about a row of the list."""

    row: int
    column: str
    code: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the row cannot be taken."""
        return PEOPLE_PROBLEMS[self.code][0]

    def text(self) -> Text:
        """What was found, in the languages of the product."""
        values = {name: value[:_SHOWN] for name, value in self.details}
        return Text.of({tag: string.format(**values) for tag, string in PEOPLE_PROBLEMS[self.code][1].strings})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a list is to be read: column of the file → what it holds; what stands for everybody where a cell is empty;
    how dates with slashes are written; the institutions of the mission (folded name or code → code)."""

    columns: Mapping[str, Column]
    institutions: Mapping[str, str]
    today: date
    near: tuple[date, ...] = ()
    """Days of which a step lies near one; none where any day will do."""
    institution: str = ""
    function: Function | None = None
    order: Order = Order.UNKNOWN
    lost: frozenset[tuple[int, str]] = frozenset()
    """Cells (row, column) whose value the workbook did not give."""


@dataclass(frozen=True, kw_only=True)
class ReadPerson:
    """A row of the list as it was read."""

    row: int
    family: str
    given: str = ""
    other_name: str = ""
    function: Function | None = None
    institution: str = ""
    also: str = ""
    country: str = ""
    citizenship: str = ""
    gender: Gender = Gender.UNKNOWN
    languages: tuple[str, ...] = ()
    missions_before: int | None = None
    email: str = ""
    phone: str = ""
    address: str = ""
    card: str = ""
    card_expires: date | None = None
    steps: tuple[tuple[Status, date], ...] = ()
    met: Mapping[Requirement, date] = field(default_factory=dict)
    problems: tuple[PeopleProblem, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether it cannot be taken as it is."""
        return any(problem.blocks for problem in self.problems)


@dataclass(frozen=True)
class Row:
    """A row of the table: its line, its cells by column, and cells beyond the last column."""

    number: int
    cells: Mapping[str, str]
    extra: bool = False


def read_people(rows: list[Row], reading: Reading) -> list[ReadPerson]:
    """Every row as a person; rows in which none of the assigned columns holds anything are left out."""
    assigned = set(reading.columns)
    return [
        _RowReading(row, reading).person()
        for row in rows
        if any(row.cells.get(column, "").strip() for column in assigned) or row.extra
    ]


class _RowReading:
    """The walk through the cells of one row."""

    def __init__(self, row: Row, reading: Reading) -> None:
        self.row = row
        self.reading = reading
        self.headings = {column: heading for heading, column in reading.columns.items()}
        self.problems: list[PeopleProblem] = []

    def person(self) -> ReadPerson:
        self._look_at_all_cells()
        family, given = self._name()
        steps = tuple(self._steps())
        return ReadPerson(
            row=self.row.number,
            family=family,
            given=given,
            other_name=self.cell(Column.OTHER_NAME),
            function=self._function(),
            institution=self._institution(Column.INSTITUTION) or self.reading.institution,
            also=self._institution(Column.ALSO),
            country=self._country(Column.COUNTRY),
            citizenship=self._country(Column.CITIZENSHIP),
            gender=self._gender(),
            languages=self._languages(),
            missions_before=self._missions(),
            email=self.cell(Column.EMAIL),
            phone=self.cell(Column.PHONE),
            address=self.cell(Column.ADDRESS),
            card=self.cell(Column.CARD),
            card_expires=self._date(Column.CARD_EXPIRES, self.cell(Column.CARD_EXPIRES), near=False),
            steps=steps,
            met=dict(self._met()),
            problems=tuple(self.problems),
        )

    def cell(self, column: Column) -> str:
        heading = self.headings.get(column)
        return " ".join(self.row.cells.get(heading, "").split()) if heading is not None else ""

    def problem(self, column: Column | None, code: str, **details: str) -> None:
        heading = self.headings.get(column, column.value) if column else ""
        self.problems.append(PeopleProblem(self.row.number, heading, code, tuple(sorted(details.items()))))

    def _look_at_all_cells(self) -> None:
        if self.row.extra:
            self.problem(None, "shifted-row")
        for column in self.headings:
            cell = self.cell(column)
            if (self.row.number, self.headings[column]) in self.reading.lost:
                self.problem(column, "lost-cell")
            if len(cell) > MOST_CHARACTERS:
                self.problem(column, "too-long-cell")
            if broken(cell):
                self.problem(column, "wrong-letters", cell=cell)

    def _name(self) -> tuple[str, str]:
        family, given = self.cell(Column.FAMILY), self.cell(Column.GIVEN)
        if not family and self.cell(Column.NAME):
            family, found, assumed = parts_of(self.cell(Column.NAME))
            given = given or found
            if assumed:
                self.problem(Column.NAME, "order-assumed", family=family, given=given)
        if not any(letter.isalpha() for letter in family):
            self.problem(Column.FAMILY if Column.FAMILY in self.headings else Column.NAME, "no-name")
        return family, given

    def _function(self) -> Function | None:
        cell = self.cell(Column.FUNCTION)
        found = function_in(cell) if cell else self.reading.function
        if found is None:
            self.problem(
                Column.FUNCTION, "unknown-function" if cell else "no-function", **({"cell": cell} if cell else {})
            )
        return found

    def _institution(self, column: Column) -> str:
        cell = self.cell(column)
        found = self.reading.institutions.get(folded(cell), "")
        if cell and not found:
            self.problem(column, "unknown-institution", cell=cell)
        return found

    def _country(self, column: Column) -> str:
        cell = self.cell(column)
        found = country_code(cell) if cell else None
        if cell and found is None:
            self.problem(column, "unknown-country", cell=cell)
        return found or ""

    def _gender(self) -> Gender:
        cell = self.cell(Column.GENDER)
        found = gender_in(cell) if cell else Gender.UNKNOWN
        if found is None:
            self.problem(Column.GENDER, "unknown-gender", cell=cell)
        return found or Gender.UNKNOWN

    def _languages(self) -> tuple[str, ...]:
        codes, unknown = languages_in(self.cell(Column.LANGUAGES))
        for word in unknown:
            self.problem(Column.LANGUAGES, "unknown-language", cell=word)
        return codes

    def _missions(self) -> int | None:
        cell = self.cell(Column.MISSIONS)
        number = whole_number(cell) if cell else None
        if cell and (number is None or not 0 <= number <= MOST_MISSIONS):
            self.problem(Column.MISSIONS, "unknown-number", cell=cell)
            return None
        return number

    def _steps(self) -> Iterator[tuple[Status, date]]:
        for column, status in _STEPS.items():
            cell = self.cell(column)
            if not cell or answered(cell) is False:
                continue
            day = self.reading.today if answered(cell) else self._date(column, cell)
            if day is not None:
                yield status, day

    def _met(self) -> Iterator[tuple[Requirement, date]]:
        for column, requirement in _MET.items():
            cell = self.cell(column)
            said = answered(cell)
            if not cell or said is False:
                continue
            found = read_date(cell, self.reading.order)
            if said or found.day:
                yield requirement, found.day or self.reading.today
            elif found.either:
                self._date(column, cell)
            else:
                self.problem(column, "unclear-answer", cell=cell)

    def _date(self, column: Column, cell: str, *, near: bool = True) -> date | None:
        if not cell:
            return None
        found = read_date(cell, self.reading.order)
        if found.either:
            first, second = (day.isoformat() for day in found.either)
            self.problem(column, "two-dates", cell=cell, first=first, second=second)
        elif found.day is None:
            self.problem(column, "no-date", cell=cell)
        elif near and self._far(found.day):
            self.problem(column, "date-far", cell=cell)
            return None
        return found.day

    def _far(self, day: date) -> bool:
        near = self.reading.near
        return bool(near) and all(abs(day - each) > FARTHEST for each in near)


def broken(cell: str) -> bool:
    """Whether the letters are what is left of another encoding: replacement characters, UTF-8 read as Windows-1252, or
    Cyrillic read as Latin with accents alone."""
    if "\ufffd" in cell or any("\x80" <= letter <= "\x9f" for letter in cell):
        return True
    if any(mark in cell for mark in ("Ð", "Ñ", "Ó", "Ò")) and any(
        letter in "°±²³´µ¶·¸¹º»¼½¾¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ£¤¦§©«¬®¯¨¡¢" for letter in cell
    ):
        return True
    letters = [letter for letter in cell if letter.isalpha()]
    return len(letters) > 3 and sum("\u00c0" <= letter <= "\u00ff" for letter in letters) * 5 > len(letters) * 4
