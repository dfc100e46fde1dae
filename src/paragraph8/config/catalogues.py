"""The translations of the interface: which messages there are, and the compiled catalogues made of the .po files.

    python -m paragraph8.config.catalogues            compiles every .po file
    python -m paragraph8.config.catalogues --update   first brings the .po files to what sources and templates say

Messages are read by Babel, so that no GNU gettext is needed. The compiled files are part of the source; a test holds
that they are fresh and that nothing is untranslated.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALES = PACKAGE / "locale"
LANGUAGES = ("kk", "ru")
"""English needs no catalogue: its messages are the identifiers."""

MessageId = str | tuple[str, str]
"""A message, or singular and plural of one."""

_KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2)}

OF_LIBRARIES: tuple[MessageId, ...] = (
    # Signing in and out, said by allauth.
    "Username",
    "Password",
    "The username and/or password you specified are not correct.",
    "Too many failed login attempts. Try again later.",
    "This account is currently inactive.",
    "Successfully signed in as %(name)s.",
    "You have signed out.",
    # Forms, said by Django.
    "This field is required.",
    "Null characters are not allowed.",
    "Enter a list of values.",
    "Enter a valid date.",
    "Enter a whole number.",
    "Enter a number.",
    "The submitted file is empty.",
    "No file was submitted. Check the encoding type on the form.",
    "This password is too common.",
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
)
"""Messages of Django and allauth that a person can meet on our pages; neither has all of them in Kazakh."""


def messages() -> list[MessageId]:
    """Every message of sources and templates, and those of libraries that can be met, in order."""
    found = {*_of_sources(), *_of_templates(), *OF_LIBRARIES}
    return sorted(found, key=lambda message: message if isinstance(message, str) else message[0])


def read(language: str) -> Catalog:
    """The translations as their .po file holds them."""
    with _po(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(language: str) -> bytes:
    """The bytes that the .mo file has to hold."""
    target = io.BytesIO()
    write_mo(target, read(language))
    return target.getvalue()


def compile() -> None:  # noqa: A001 - what every gettext tool calls it
    """Write the .mo file of every language."""
    for language in LANGUAGES:
        _po(language).with_suffix(".mo").write_bytes(compiled(language))


def update() -> dict[str, int]:
    """Bring the .po files to the messages there are; how many wait for a translation, by language."""
    waiting = {}
    for language in LANGUAGES:
        held = read(language)
        catalogue = _empty(language)
        for message in messages():
            entry = held.get(message)
            catalogue.add(message, entry.string if entry else "")
        target = io.BytesIO()
        write_po(target, catalogue, width=120, omit_header=False, sort_output=True)
        _po(language).write_bytes(target.getvalue())
        waiting[language] = len(untranslated(language))
    return waiting


def untranslated(language: str) -> list[MessageId]:
    """Messages without a translation, or with one that nobody confirmed."""
    held = read(language)
    return [message for message in messages() if not _translated(held, message)]


def unused(language: str) -> list[MessageId]:
    """Translations of messages that nothing shows any more."""
    known = set(messages())
    held = [_spelled(entry.id) for entry in read(language) if entry.id]
    return [message for message in held if message not in known]


def _translated(held: Catalog, message: MessageId) -> bool:
    entry = held.get(message)
    if entry is None or entry.fuzzy:
        return False
    return all(entry.string) if isinstance(entry.string, (list, tuple)) else bool(entry.string)


def _of_sources() -> Iterator[MessageId]:
    for path in sorted(PACKAGE.rglob("*.py")):
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract("python", file, keywords=_KEYWORDS):
                yield _spelled(message)


def _of_templates() -> Iterator[MessageId]:
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        # `templatize` keeps the layout of the template; as Python it must not be indented.
        lines = (line.lstrip() for line in templatize(path.read_text(encoding="utf-8")).splitlines())
        source = io.BytesIO("\n".join(lines).encode())
        for _line, message, _comments, _context in extract("python", source, keywords=_KEYWORDS):
            yield _spelled(message)


def _spelled(message: str | list[str] | tuple[str, ...]) -> MessageId:
    return message if isinstance(message, str) else (message[0], message[1])


def _po(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def _empty(language: str) -> Catalog:
    """A catalogue whose header says nothing that changes by itself."""
    held = read(language)
    return Catalog(
        locale=language,
        project="paragraph8",
        version="1",
        msgid_bugs_address="office@example.org",
        last_translator="paragraph8",
        language_team="paragraph8",
        header_comment=f"# Translations of paragraph8 ({language}). Terms are bound by the project's glossary.",
        creation_date=held.creation_date,
        revision_date=held.revision_date,
        fuzzy=False,
    )


def main() -> int:
    """Compile, and bring up to date before when asked to."""
    parser = argparse.ArgumentParser(description="Compile the translations of the interface.")
    parser.add_argument("--update", action="store_true", help="first take over new messages and drop unused ones")
    if parser.parse_args().update:
        for language, n in update().items():
            print(f"{language}: {n} messages wait for a translation")
    compile()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
