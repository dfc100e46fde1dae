"""The fixed words of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from paragraph8.documents import labels
from paragraph8.documents.edition import DocumentKind
from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Basis, Origin
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.observations import MIXED
from paragraph8.statistics.quickcount.measures import INCOMPLETE, KEPT_APART
from paragraph8.statistics.samples import NO_REPORT

TABLES = ("LABELS", "KINDS", "REASONS", "BASES", "BASES_EXPLAINED", "ORIGINS", "METHODS_EXPLAINED", "WITHHELD")


@pytest.mark.parametrize("table", TABLES)
def test_every_word_exists_in_the_three_languages_with_the_same_places_to_fill(table: str) -> None:
    for code, text in getattr(labels, table).items():
        strings = dict(text.strings)
        assert strings.keys() == {"en", "kk", "ru"}, code
        assert len({tuple(sorted(_places(string))) for string in strings.values()}) == 1, code


def _places(string: str) -> list[str]:
    return [part.partition("}")[0] for part in string.split("{")[1:]]


def test_no_kazakh_word_holds_a_latin_letter_and_no_russian_one_a_yo() -> None:
    for table in TABLES:
        for text in getattr(labels, table).values():
            strings = dict(text.strings)
            words = strings["kk"].replace("p8 verify", "").replace("N/A", "")
            for name in _places(words):
                words = words.replace("{" + name + "}", "")
            assert not any("a" <= letter.lower() <= "z" for letter in words), strings["kk"]
            assert "ё" not in strings["ru"].lower()


def test_everything_a_figure_may_say_has_its_words() -> None:
    assert labels.REASONS.keys() == {*Missing, MIXED, FORMS_WITHOUT_STATION, NO_REPORT, KEPT_APART, INCOMPLETE}
    assert labels.BASES.keys() == labels.BASES_EXPLAINED.keys() == set(Basis)
    assert labels.ORIGINS.keys() == set(Origin)
    assert labels.KINDS.keys() == set(DocumentKind)
    assert labels.METHODS_EXPLAINED.keys() == {method.name for method in METHODS.values()}


def test_no_label_is_there_in_vain() -> None:
    folder = Path(labels.__file__).parent
    source = "".join(
        path.read_text() for path in sorted([*folder.glob("*.py"), *folder.glob("text/*")]) if path.name != "labels.py"
    )
    unused = [code for code in labels.LABELS if f'"{code}"' not in source and f"labels.{code}" not in source]
    assert unused == []
