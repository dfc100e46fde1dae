"""Declarations: a TOML file that a person wrote, read key by key.

Every error names its key in full (`blocks[2].questions[5].kind`) and says in three languages what may stand there. A
key that nobody reads is an error too: a misspelt setting must not pass for a default.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from paragraph8.domain.text import Text

_CODE = re.compile(r"[^\[\]{}=,:|\s]+\Z")


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


MAPPING_ERRORS: Mapping[str, Text] = {
    "not-toml": _words(
        "The mapping is not a TOML file in UTF-8: {reason}.",
        "Сәйкестендіру файлы UTF-8 кодтауындағы TOML емес: {reason}.",
        "Файл соответствий не является TOML в UTF-8: {reason}.",
    ),
    "missing-key": _words("{key} is missing.", "{key} жоқ.", "Нет ключа {key}."),
    "wrong-type": _words("{key} must be {wanted}.", "{key} мынадай болуы керек: {wanted}.", "{key}: нужно {wanted}."),
    "unknown-key": _words(
        "{key} means nothing here. Known: {known}.",
        "{key} бұл жерде ештеңе білдірмейді. Белгілілері: {known}.",
        "{key} здесь ничего не означает. Известны: {known}.",
    ),
    "unknown-value": _words(
        "{key}: “{value}” is not known. Known: {known}.",
        "{key}: «{value}» белгісіз. Белгілілері: {known}.",
        "{key}: значение «{value}» неизвестно. Известны: {known}.",
    ),
    "not-a-code": _words(
        "{key}: “{value}” cannot be a code. A code has no blanks and none of [ ] {{ }} = , : |",
        "{key}: «{value}» код бола алмайды. Кодта бос орын және [ ] {{ }} = , : | таңбалары болмайды",
        "{key}: «{value}» не может быть кодом. В коде нет пробелов и знаков [ ] {{ }} = , : |",
    ),
    "bad-form": _words(
        "The form that the mapping describes cannot be used: {reason}.",
        "Сәйкестендіру файлында сипатталған нысанды қолдануға болмайды: {reason}.",
        "Форму, описанную в файле соответствий, использовать нельзя: {reason}.",
    ),
    "twice": _words(
        "{key}: “{value}” is given twice.", "{key}: «{value}» екі рет берілген.", "{key}: «{value}» указано дважды."
    ),
}

_WANTED: Mapping[str, Text] = {
    "text": _words("text", "мәтін", "текст"),
    "texts": _words(
        "text, or a table of language and text", "мәтін немесе тіл мен мәтін кестесі", "текст или таблица язык — текст"
    ),
    "flag": _words("true or false", "true немесе false", "true или false"),
    "whole": _words("a whole number", "бүтін сан", "целое число"),
    "strings": _words("a list of texts", "мәтіндер тізімі", "список текстов"),
    "table": _words("a table", "кесте", "таблица"),
    "tables": _words("a list of tables", "кестелер тізімі", "список таблиц"),
    "date": _words("a date", "күн", "дата"),
    "filled": _words("a list that is not empty", "бос емес тізім", "непустой список"),
    "clock": _words("a time HH:MM", "СС:ММ түріндегі уақыт", "время ЧЧ:ММ"),
}


class MappingError(ValueError):
    """A mapping that cannot be used. `key` names the place, `code` is one of `MAPPING_ERRORS`."""

    def __init__(self, code: str, key: str = "", **details: str) -> None:
        self.code = code
        self.key = key
        self._details = details
        super().__init__(str(self.text()))

    def text(self) -> Text:
        """What is wrong and where, in the languages of the product."""
        return Text.of({tag: self._said(tag, string) for tag, string in MAPPING_ERRORS[self.code].strings})

    def _said(self, tag: str, string: str) -> str:
        wanted = self._details.get("wanted")
        details = {**self._details, "wanted": _WANTED[wanted].shown(tag).string} if wanted else self._details
        return string.format(key=self.key, **details)


class Declaration:
    """One table of the file. Whoever reads it calls `done` at the end, so that unread keys are found."""

    def __init__(self, data: Mapping[str, Any], path: str = "") -> None:
        self._data = data
        self._path = path
        self._read: dict[str, None] = {}

    def key(self, name: str) -> str:
        """The full name of a key of this table."""
        return f"{self._path}.{name}" if self._path else name

    def names(self) -> tuple[str, ...]:
        """The keys that the file gives, in its order."""
        return tuple(self._data)

    def gives(self, name: str) -> bool:
        """Whether the file gives a key that may be left out."""
        self._note(name)
        return name in self._data

    def error(self, code: str, name: str, **details: str) -> MappingError:
        """An error about one key of this table."""
        return MappingError(code, self.key(name), **details)

    def text(self, name: str, default: str | None = None) -> str:
        """A text; required unless there is a default."""
        return str(self._get(name, str, "text", default))

    def code(self, name: str, default: str | None = None) -> str:
        """A text that may stand in the key of a figure."""
        value = self.text(name, default)
        if not _CODE.match(value):
            raise self.error("not-a-code", name, value=value)
        return value

    def one_of(self, name: str, known: Collection[str], default: str | None = None) -> str:
        """One of the known words."""
        value = self.text(name, default)
        if value not in known:
            raise self.error("unknown-value", name, value=value, known=", ".join(known))
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        return bool(self._get(name, bool, "flag", default))

    def whole(self, name: str) -> int | None:
        """A whole number, if given."""
        if not self.gives(name):
            return None
        value = self._get(name, int, "whole", None)
        if isinstance(value, bool):
            raise self.error("wrong-type", name, wanted="whole")
        return int(value)

    def day(self, name: str) -> date | None:
        """A date, if given."""
        if not self.gives(name):
            return None
        value: date = self._get(name, date, "date", None)
        return value

    def texts(self, name: str) -> Text:
        """A text in several languages; a plain string is English."""
        value = self._get(name, str | dict, "texts", None)
        if isinstance(value, dict) and not (value and all(isinstance(string, str) for string in value.values())):
            raise self.error("wrong-type", name, wanted="texts")
        return Text.of(value)

    def strings(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; required unless there is a default."""
        value = self._get(name, list, "strings", None if default is None else list(default))
        if not all(isinstance(string, str) for string in value):
            raise self.error("wrong-type", name, wanted="strings")
        return tuple(value)

    def raw(self, name: str) -> dict[str, Any]:
        """A table as it stands; empty when it is not given."""
        return dict(self._get(name, dict, "table", {}))

    def table(self, name: str, *, required: bool = False) -> Declaration:
        """A table inside this one; an empty one when it is not given and not required."""
        return Declaration(self._get(name, dict, "table", None if required else {}), self.key(name))

    def tables(self, name: str, *, required: bool = False) -> list[Declaration]:
        """A list of tables, as `[[name]]` writes it. A required one may not be empty."""
        value = self._get(name, list, "tables", None if required else [])
        if not all(isinstance(table, dict) for table in value):
            raise self.error("wrong-type", name, wanted="tables")
        if required and not value:
            raise self.error("wrong-type", name, wanted="filled")
        return [Declaration(table, f"{self.key(name)}[{position}]") for position, table in enumerate(value, start=1)]

    def done(self) -> None:
        """Raise `MappingError` for the first key that nobody has read."""
        for name in self._data:
            if name not in self._read:
                raise self.error("unknown-key", name, known=", ".join(self._read) or "–")

    def _get(self, name: str, kind: Any, wanted: str, default: Any) -> Any:
        self._note(name)
        if name not in self._data:
            if default is None:
                raise self.error("missing-key", name)
            return default
        value = self._data[name]
        if not isinstance(value, kind):
            raise self.error("wrong-type", name, wanted=wanted)
        return value

    def _note(self, name: str) -> None:
        self._read[name] = None


def read_declaration(toml: bytes) -> Declaration:
    """The whole file. Raises `MappingError` with the line when it is no TOML."""
    try:
        return Declaration(tomllib.loads(toml.decode("utf-8-sig")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError("not-toml", reason=str(error)) from None
