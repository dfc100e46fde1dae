"""The interface speaks Kazakh and Russian wherever it speaks English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paragraph8.config import catalogues
from paragraph8.missions.log import KINDS

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
SOURCES = Path(catalogues.PACKAGE)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_message_has_a_translation(language: str) -> None:
    assert catalogues.untranslated(language) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_translation_stands_without_its_message(language: str) -> None:
    assert catalogues.unused(language) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    """After changing a .po file: python -m paragraph8.config.catalogues."""
    held = catalogues.LOCALES / language / "LC_MESSAGES" / "django.mo"
    assert held.read_bytes() == catalogues.compiled(language)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_quotes_what_its_message_quotes(language: str) -> None:
    for entry in catalogues.read(language):
        original = entry.id if isinstance(entry.id, str) else entry.id[0]
        strings = [entry.string] if isinstance(entry.string, str) else entry.string
        for string in strings if original else ():
            assert sorted(PLACEHOLDER.findall(string)) == sorted(PLACEHOLDER.findall(original)), original


def test_kazakh_words_hold_no_latin_letters_and_russian_ones_no_yo() -> None:
    mixed = re.compile(r"[a-zA-Z][а-яәғқңөұүһіА-ЯӘҒҚҢӨҰҮҺІ]|[а-яәғқңөұүһіА-ЯӘҒҚҢӨҰҮҺІ][a-zA-Z]")
    for language in catalogues.LANGUAGES:
        for entry in catalogues.read(language):
            for string in [entry.string] if isinstance(entry.string, str) else entry.string:
                plain = PLACEHOLDER.sub("", string) if entry.id else ""
                assert not mixed.search(plain), plain
                assert language != "ru" or "ё" not in plain.lower(), plain


def test_messages_are_found_in_templates_and_in_sources() -> None:
    found = catalogues.messages()
    assert "Skip to the content" in found  # {% translate %}
    assert "change %(change)s" in found  # {% blocktranslate %}
    assert "Which reports have come in?" in found  # gettext_lazy
    assert "Received." in found  # gettext


def test_every_kind_of_log_entry_has_words() -> None:
    """Kinds are written where something is appended: kind="noun.verb", or as an argument of a short helper."""
    written = set()
    for path in SOURCES.rglob("*.py"):
        if path.name != "log.py":
            written |= set(re.findall(r'"([a-z]+\.(?:[a-z]+ed|made))"', path.read_text(encoding="utf-8")))
    assert written <= set(KINDS), written - set(KINDS)
    assert written
