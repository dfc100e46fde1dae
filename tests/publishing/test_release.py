"""From sentences to a released folder: what is refused, what is frozen, what a stranger can verify."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role, command
from paragraph8.documents.folder import ReleaseRefusedError
from paragraph8.documents.verify import verify
from paragraph8.evidence.models import Freeze
from paragraph8.missions.operations import NewStation, add_stations
from paragraph8.publishing.models import Release, Sentence, Wording
from paragraph8.publishing.operations import (
    DocumentError,
    EmptyStatementError,
    NotReadyError,
    release,
    render_freeze,
    store_document,
    write,
)
from paragraph8.publishing.queries import documents_json, known_figures, live_sentences

SERVER = command("test")
BAD = "{eday.answer[answer=bad+very-bad,form=counting,question=C02]"
GOOD_TEXTS = {
    "en": f"The count was assessed negatively in {BAD}:more-than-half}} ({BAD}:x}} of {BAD}:y}}).",
    "kk": f"Дауыстарды санау {BAD}:more-than-half}} ({BAD}:of}}) теріс бағаланды.",
    "ru": f"Подсчет голосов был оценен отрицательно {BAD}:more-than-half}} (в {BAD}:x}} из {BAD}:y}}).",
}


def document(texts: dict[str, str], **sentence: Any) -> dict[str, Any]:
    return {
        "code": "statement",
        "kind": "statement",
        "title": {"en": "Statement", "kk": "Мәлімдеме", "ru": "Заявление"},
        "sections": [
            {
                "code": "count",
                "title": {"en": "Count", "kk": "Санау", "ru": "Подсчет"},
                "paragraphs": [{"sentences": [{"id": "s-1", "texts": texts, **sentence}]}],
            }
        ],
    }


@pytest.fixture
def night(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    """Forty counts at forty stations, twenty-four of them bad."""
    stations = [NewStation(key=f"N{n}", area="A" if n % 2 else "B", registered=1000) for n in range(40)]
    add_stations(mission=mission.row, stations=stations, by=SERVER, now=NOW)
    for n in range(40):
        mission.send(mission.body(f"N{n}", answers={"C02": "bad" if n < 24 else "good", "C04": 10}))
    sequenced()
    return mission


def make(mission: SmallMission, target: Path, texts: dict[str, str] | None = None, **sentence: Any) -> Release:
    store_document(mission=mission.row, document=document(texts or GOOD_TEXTS, **sentence), by=SERVER, now=NOW)
    return release(mission=mission.row, by=SERVER, now=NOW, target=target)


def test_both_folders_of_a_release_verify(night: SmallMission, tmp_path: Path) -> None:
    made = make(night, tmp_path)
    for part in ("sealed", "public"):
        verdict = verify(Path(made.folder) / part)
        assert verdict.ok, [str(line) for line in verdict.lines]
    assert (Path(made.folder) / "sealed" / "rows").is_dir()
    assert not (Path(made.folder) / "public" / "rows").exists()


def test_the_public_folder_names_no_station_team_or_report(night: SmallMission, tmp_path: Path) -> None:
    made = make(night, tmp_path)
    uid = str(night.row.reports.first().uid)
    for path in (Path(made.folder) / "public").iterdir():
        content = path.read_bytes()
        assert uid.encode() not in content
        assert b'"N7"' not in content
        assert b'"team"' not in content


def test_the_same_freeze_gives_the_same_bytes_again(night: SmallMission, tmp_path: Path) -> None:
    made = make(night, tmp_path)
    render_freeze(made.freeze, tmp_path / "again", by=SERVER)
    first = {p.relative_to(made.folder): p.read_bytes() for p in Path(made.folder).rglob("*") if p.is_file()}
    again = {p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*") if p.is_file()}
    assert first == again


def test_reports_that_come_after_the_freeze_change_nothing_in_it(
    night: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    made = make(night, tmp_path)
    night.send(night.body("N3", answers={"C02": "very-bad"}), team="T2")
    sequenced()
    assert render_freeze(made.freeze, tmp_path / "later", by=SERVER) == made.root


def test_a_second_release_is_a_second_version_and_the_first_one_stays(night: SmallMission, tmp_path: Path) -> None:
    first = make(night, tmp_path)
    before = (Path(first.folder) / "public" / "manifest.json").read_bytes()
    second = release(mission=night.row, by=SERVER, now=NOW, target=tmp_path)
    assert (first.version, second.version) == (1, 2)
    assert (Path(first.folder) / "public" / "manifest.json").read_bytes() == before


def test_a_folder_left_by_a_killed_process_is_stepped_over(night: SmallMission, tmp_path: Path) -> None:
    (tmp_path / "small-v1").mkdir()
    assert make(night, tmp_path).version == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The count was bad in 24 observations."),
        ("en", f"Almost nothing: {BAD}:few}}."),
        ("en", ""),
        ("en", "No figure here."),
        ("kk", "Жиырма төрт байқау теріс бағаланды."),
        ("ru", "В двадцати четырех наблюдениях."),
        ("ru", "{eday.answer[answer=yes,form=counting,question=NOPE]:x}"),
        ("en", "{eday.spread[form=counting,question=C04]:x} ballots"),
        ("en", "{eday.total[form=counting,question=C04]:x} ballots"),
        ("en", "{broken"),
    ],
)
def test_a_sentence_that_says_what_it_may_not_is_not_released(
    night: SmallMission, tmp_path: Path, language: str, text: str
) -> None:
    with pytest.raises(NotReadyError) as refused:
        make(night, tmp_path, {**GOOD_TEXTS, language: text})
    assert any(blocked.sentence == "s-1" for blocked in refused.value.blocked)
    assert all(blocked.reason.languages() >= {"en", "kk", "ru"} for blocked in refused.value.blocked)
    assert not Release.objects.exists()
    assert not list(tmp_path.iterdir())


def test_a_number_with_a_source_is_released(night: SmallMission, tmp_path: Path) -> None:
    texts = {
        "en": GOOD_TEXTS["en"] + " The law has 500 pages.",
        "kk": GOOD_TEXTS["kk"] + " Заң 500 бет.",
        "ru": GOOD_TEXTS["ru"] + " В законе 500 страниц.",
    }
    literals = [{"string": {"en": "500 pages", "kk": "500 бет", "ru": "500 страниц"}, "source": "The law"}]
    assert make(night, tmp_path, texts, literals=literals).version == 1


def test_a_figure_of_few_stations_is_not_published(
    mission: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    for station in ("A1", "A2", "B1"):
        mission.send(mission.body(station, answers={"C02": "bad"}))
    sequenced()
    texts = {tag: text.replace("more-than-half", "x") for tag, text in GOOD_TEXTS.items()}
    with pytest.raises((ReleaseRefusedError, NotReadyError)):
        make(mission, tmp_path, texts)
    assert not list(tmp_path.iterdir())


def test_a_mission_without_sentences_has_nothing_to_release(mission: SmallMission, tmp_path: Path) -> None:
    with pytest.raises(EmptyStatementError):
        release(mission=mission.row, by=SERVER, now=NOW, target=tmp_path)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ANALYST, Role.OBSERVER, Role.READER])
def test_only_the_head_releases(night: SmallMission, tmp_path: Path, role: Role) -> None:
    store_document(mission=night.row, document=document(GOOD_TEXTS), by=SERVER, now=NOW)
    with pytest.raises(NotAllowedError):
        release(mission=night.row, by=night.viewer(role, team="T1"), now=NOW, target=tmp_path)
    assert not Freeze.objects.exists()
    assert release(mission=night.row, by=night.viewer(Role.HEAD), now=NOW, target=tmp_path).author == "head"


def test_wordings_are_added_and_the_newest_holds(night: SmallMission) -> None:
    store_document(mission=night.row, document=document(GOOD_TEXTS), by=SERVER, now=NOW)
    sentence = Sentence.objects.get()
    write(sentence=sentence, language="en", template="Another text.", by=SERVER, now=NOW)
    assert Wording.objects.filter(language="en").count() == 2
    (told,) = documents_json(night.row, viewer=SERVER)
    assert told["sections"][0]["paragraphs"][0]["sentences"][0]["texts"]["en"] == "Another text."


def test_a_sentence_stands_on_one_line(night: SmallMission) -> None:
    store_document(mission=night.row, document=document(GOOD_TEXTS), by=SERVER, now=NOW)
    wording = write(
        sentence=Sentence.objects.get(), language="en", template=" Two\r\nlines\tand\u00a0one. ", by=SERVER, now=NOW
    )
    assert wording.template == "Two lines and\u00a0one."


def test_a_live_sentence_shows_its_figures_and_what_blocks_it(night: SmallMission) -> None:
    row = store_document(
        mission=night.row, document=document({**GOOD_TEXTS, "ru": "24 наблюдения."}), by=SERVER, now=NOW
    )
    from paragraph8.audit.queries import latest_change

    (live,) = live_sentences(row, as_of=latest_change(), viewer=SERVER)
    texts = {spoken.language: "".join(piece.string for piece in spoken.pieces) for spoken in live.spoken}
    assert texts["en"] == "The count was assessed negatively in more than half of observations (24 of 40)."
    assert live.blocked()
    assert [figure.numerator for figure in live.figures] == [24]


def test_refused_and_unknown_figures_leave_the_others_of_a_statement_standing(
    night: SmallMission, django_assert_max_num_queries: Any
) -> None:
    texts = {
        "en": GOOD_TEXTS["en"]
        + " {eday.total[form=counting,question=C04]:x} {eday.rank[form=counting,question=C04]:x}"
        + " {eday.answer[answer=yes,form=counting,question=NOPE]:x} {weather.rain:x}"
    }
    row = store_document(mission=night.row, document=document(texts), by=SERVER, now=NOW)
    from paragraph8.audit.queries import latest_change

    with django_assert_max_num_queries(40):
        (live,) = live_sentences(row, as_of=latest_change(), viewer=SERVER)
        found = known_figures(night.row, texts.values(), as_of=latest_change(), viewer=SERVER)
    assert [figure.numerator for figure in found.values()] == [24]
    assert live.blocked()


def test_a_document_code_is_taken_once(night: SmallMission) -> None:
    store_document(mission=night.row, document=document(GOOD_TEXTS), by=SERVER, now=NOW)
    with pytest.raises(DocumentError):
        store_document(mission=night.row, document=document(GOOD_TEXTS), by=SERVER, now=NOW)


def test_a_freeze_holds_figures_and_texts_as_they_were(night: SmallMission, tmp_path: Path) -> None:
    made = make(night, tmp_path)
    sentence = Sentence.objects.get()
    write(sentence=sentence, language="en", template="Changed later.", by=SERVER, now=NOW)
    frozen = json.loads(Freeze.objects.get(pk=made.freeze_id).texts)
    assert frozen["documents"][0]["sections"][0]["paragraphs"][0]["sentences"][0]["texts"] == GOOD_TEXTS
