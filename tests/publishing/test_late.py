"""After the statement: what late reports would change, and how each sentence would read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role, Viewer
from paragraph8.audit.queries import latest_change
from paragraph8.missions.operations import NewStation, add_stations
from paragraph8.publishing.late import LatePage, UnknownReleaseError, late_page, newest_release
from paragraph8.publishing.models import Release
from paragraph8.publishing.operations import release, store_document

BAD = "{eday.answer[answer=bad+very-bad,form=counting,question=C02]"
ALL = "{eday.observations[form=counting]"
SENTENCES = {
    "exact": {
        "en": f"The count was assessed negatively in {BAD}:x}} of {BAD}:y}} observations.",
        "kk": f"Дауыстарды санау {BAD}:of}} теріс бағаланды.",
        "ru": f"Подсчет голосов был оценен отрицательно в {BAD}:x}} из {BAD}:y}} наблюдений.",
    },
    "vague": {
        "en": f"The count was assessed negatively in {BAD}:more-than-half}} of observations.",
        "kk": f"Дауыстарды санау {BAD}:more-than-half}} теріс бағаланды.",
        "ru": f"Подсчет голосов был оценен отрицательно {BAD}:more-than-half}}.",
    },
}


@pytest.fixture
def released(mission: SmallMission, sequenced: Callable[[], int], tmp_path: Path) -> Release:
    """Forty counts, twenty-four of them bad; two sentences say so, in numbers and in words."""
    stations = [NewStation(key=f"N{n}", area="A" if n % 2 else "B", registered=1000) for n in range(80)]
    add_stations(mission=mission.row, stations=stations, by=SERVER, now=NOW)
    for n in range(40):
        mission.send(mission.body(f"N{n}", answers={"C02": "bad" if n < 24 else "good"}))
    sequenced()
    document = {
        "code": "statement",
        "kind": "statement",
        "title": {"en": "Statement", "kk": "Мәлімдеме", "ru": "Заявление"},
        "sections": [
            {
                "code": "count",
                "title": {"en": "Count", "kk": "Санау", "ru": "Подсчет"},
                "paragraphs": [{"sentences": [{"id": code, "texts": texts} for code, texts in SENTENCES.items()]}],
            }
        ],
    }
    store_document(mission=mission.row, document=document, by=SERVER, now=NOW)
    made = release(mission=mission.row, by=SERVER, now=NOW, target=tmp_path)
    sequenced()
    return made


def page(mission: SmallMission, made: Release) -> LatePage:
    return late_page(mission.row, made, as_of=latest_change(), viewer=mission.viewer(Role.ANALYST))


def late_reports(mission: SmallMission, sequenced: Callable[[], int], n: int, answer: str) -> None:
    for station in range(40, 40 + n):
        mission.send(mission.body(f"N{station}", answers={"C02": answer}))
    sequenced()


def test_right_after_the_release_nothing_would_change(mission: SmallMission, released: Release) -> None:
    late = page(mission, released)
    assert (late.figures, late.sentences, late.unchanged) == ((), (), 1)


def test_a_late_report_shows_the_figure_and_how_the_sentence_would_read(
    mission: SmallMission, released: Release, sequenced: Callable[[], int]
) -> None:
    late_reports(mission, sequenced, 1, "bad")
    late = page(mission, released)
    (figure,) = late.figures
    assert (figure.difference.before.numerator, figure.difference.after.numerator) == (24, 25)
    assert figure.sentences == ("exact", "vague")
    (sentence,) = late.sentences
    english = next(reading for reading in sentence.readings if reading.language == "en")
    assert english.published == "The count was assessed negatively in 24 of 40 observations."
    assert english.now == "The count was assessed negatively in 25 of 41 observations."
    assert late.same_words == 1, "more than half is still more than half"


def test_words_that_no_longer_hold_are_told_with_the_reason(
    mission: SmallMission, released: Release, sequenced: Callable[[], int]
) -> None:
    late_reports(mission, sequenced, 20, "good")
    vague = next(sentence for sentence in page(mission, released).sentences if sentence.code == "vague")
    assert all(reading.against for reading in vague.readings)
    assert {reading.now for reading in vague.readings} == {""}


def test_a_report_that_concerns_no_published_figure_changes_nothing(
    mission: SmallMission, released: Release, sequenced: Callable[[], int]
) -> None:
    mission.send(mission.body("N50", answers={"C01": "no", "C02": {"missing": "not-observed"}}))
    sequenced()
    late = page(mission, released)
    assert [each.difference.after.left_out for each in late.figures] == [(("not-observed", 1),)]
    assert late.sentences == ()


def test_a_release_is_found_by_its_version(mission: SmallMission, released: Release) -> None:
    viewer = mission.viewer(Role.READER)
    assert newest_release(mission.row, None, viewer=viewer) == released
    assert newest_release(mission.row, 1, viewer=viewer) == released
    with pytest.raises(UnknownReleaseError):
        newest_release(mission.row, 2, viewer=viewer)
    with pytest.raises(NotAllowedError):
        newest_release(mission.row, None, viewer=Viewer("nobody"))
