"""One release, written once; tests that forge it work on copies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from documents.forging import copy
from documents.sample import KEY, SECRET, Sample, sample
from paragraph8.documents.folder import write_release


@pytest.fixture(scope="session")
def mission() -> Sample:
    return sample()


@pytest.fixture(scope="session")
def release_folder(mission: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("releases") / "meridian-2019-v1"
    write_release(target, mission.edition, mission.figures, mission.populations, SECRET, KEY)
    return target


@pytest.fixture(scope="session")
def english_folder(mission: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same figures with shorter texts, for the many tests that neither a language nor a chart decides."""
    target = tmp_path_factory.mktemp("releases") / "meridian-2019-english"
    edition = replace(
        mission.edition,
        languages=("en",),
        documents=tuple(
            replace(document, sections=tuple(replace(section, bars=()) for section in document.sections))
            for document in mission.edition.documents
        ),
    )
    write_release(target, edition, mission.figures, mission.populations, SECRET, KEY)
    return target


@pytest.fixture
def trilingual(release_folder: Path, tmp_path: Path) -> Path:
    """A copy of the public folder in three languages."""
    return copy(release_folder / "public", tmp_path / "public")


@pytest.fixture
def public(english_folder: Path, tmp_path: Path) -> Path:
    return copy(english_folder / "public", tmp_path / "public")


@pytest.fixture
def sealed(english_folder: Path, tmp_path: Path) -> Path:
    return copy(english_folder / "sealed", tmp_path / "sealed")
