"""A release that quotes an estimate: both folders verify, the rows stay inside, and one changed byte is found."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from documents.forging import change_json, copy, flip, resign
from documents.sample import OTHER_KEY
from eday.sampled import answered, sample, stations
from paragraph8.documents.verify import Verdict, verify
from paragraph8.publishing.models import Release
from paragraph8.publishing.operations import NotReadyError, release, store_document

KEY = "eday.estimate[answer=bad+very-bad,form=counting,question=C02,sample=1]"
TEXTS = {
    "en": f"The count was assessed negatively in {{{KEY}:estimate}}.",
    "kk": f"Дауыстарды санау {{{KEY}:estimate}} теріс бағаланды.",
    "ru": f"Подсчет голосов, {{{KEY}:estimate}}, был оценен отрицательно.",
}


def document(texts: dict[str, str]) -> dict[str, Any]:
    sentence = {"id": "s-1", "texts": texts}
    title = {"en": "Count", "kk": "Санау", "ru": "Подсчет"}
    section = {"code": "count", "title": title, "paragraphs": [{"sentences": [sentence]}]}
    return {"code": "statement", "kind": "statement", "title": title, "sections": [section]}


@pytest.fixture
def night(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    """Fifty-six drawn stations, fifty-four reports, fourteen of them bad."""
    stations(mission)
    draw = sample(mission, n=56)
    answered(mission, draw, lambda place: None if place >= 54 else {"C02": "bad" if place % 4 == 0 else "good"})
    sequenced()
    return mission


def make(mission: SmallMission, target: Path, texts: dict[str, str] | None = None) -> Release:
    store_document(mission=mission.row, document=document(texts or TEXTS), by=SERVER, now=NOW)
    return release(mission=mission.row, by=SERVER, now=NOW, target=target)


def problems(verdict: Verdict) -> list[str]:
    return [str(line) for line in verdict.lines if line.state.value == "failed"]


def test_both_folders_verify_and_the_sealed_one_is_recomputed(night: SmallMission, tmp_path: Path) -> None:
    made = make(night, tmp_path)
    for part in ("sealed", "public"):
        verdict = verify(Path(made.folder) / part)
        assert verdict.ok, problems(verdict)
    line = next(line for line in verify(Path(made.folder) / "sealed").lines if line.subject == f"figure {KEY}")
    assert line.state.value == "recomputed"
    assert "54 answers of 56 drawn" in line.reason


def test_the_public_folder_has_value_interval_and_n_and_no_row(night: SmallMission, tmp_path: Path) -> None:
    public = Path(make(night, tmp_path).folder) / "public"
    figure = json.loads((public / "figures.json").read_bytes())[0]
    assert set(figure["interval"]) == {"low", "high", "level", "method"}
    assert figure["estimate"]["n"] == 54
    assert not (public / "rows").exists()
    drawn = {row.out for row in night.row.draws.get().replacements.all()} | {"N001", "N002", "N003"}
    for path in public.iterdir():
        content = path.read_bytes()
        assert not any(f'"{station}"'.encode() in content for station in drawn)
    verdict = verify(public)
    line = next(line for line in verdict.lines if line.subject == f"figure {KEY}")
    assert "not publicly recomputable" in line.reason
    table = list(csv.DictReader(io.StringIO((public / "figures.csv").read_text())))
    assert table[0]["estimate"] == figure["estimate"]["value"]
    assert (table[0]["low"], table[0]["high"]) == (figure["interval"]["low"], figure["interval"]["high"])


def test_the_sentence_stands_in_each_language_with_its_interval(night: SmallMission, tmp_path: Path) -> None:
    public = Path(make(night, tmp_path).folder) / "public"
    said = {
        "en": ["an estimated 26 per cent of polling stations (95% CI ", "; 54 stations, 96% reported)"],
        "kk": ["сайлау учаскелерінің 26 пайызында (95%-дық сенім аралығы: ", "іріктеменің 96%-ынан есеп келді)"],
        "ru": ["на 26 % избирательных участков (95-процентный доверительный интервал: ", "с 96 % отобранных)"],
    }
    for language, parts in said.items():
        page = re.sub(r"<[^>]+>", "", (public / f"statement.{language}.html").read_text()).replace("\u00a0", " ")
        assert [part for part in parts if part not in page] == [], language


@pytest.mark.parametrize("field", ["value", "standard_error", "n", "reported", "single"])
def test_a_forged_estimate_is_found_even_when_it_was_signed_again(
    night: SmallMission, tmp_path: Path, field: str
) -> None:
    sealed = copy(Path(make(night, tmp_path).folder) / "sealed", tmp_path / "copy")

    def forge(figures: Any) -> None:
        old = figures[0]["estimate"][field]
        figures[0]["estimate"][field] = {"value": "0.25", "standard_error": "0.01", "single": "fail"}.get(field, old)
        if isinstance(old, int):
            figures[0]["estimate"][field] = old - 1 if field == "n" else old + 1

    for name in ("figures-sealed.json", "figures.json"):
        change_json(sealed / name, forge)
    resign(sealed, OTHER_KEY)
    assert any("estimate" in line and KEY in line for line in problems(verify(sealed)))


def test_an_interval_that_does_not_follow_is_found_in_the_public_folder(night: SmallMission, tmp_path: Path) -> None:
    public = copy(Path(make(night, tmp_path).folder) / "public", tmp_path / "copy")

    def forge(figures: Any) -> None:
        figures[0]["interval"]["low"] = "0.2"

    change_json(public / "figures.json", forge)
    resign(public, OTHER_KEY)
    assert any("give another interval" in line for line in problems(verify(public)))


def test_one_changed_byte_is_found_in_figures_and_rows(night: SmallMission, tmp_path: Path) -> None:
    folder = Path(make(night, tmp_path).folder) / "sealed"
    for place, name in enumerate(("figures-sealed.json", "figures.json", "rows/sample-1-counting.jsonl")):
        sealed = copy(folder, tmp_path / f"copy-{place}")
        flip(sealed / name)
        assert not verify(sealed).ok, name


def test_another_answer_of_a_drawn_station_gives_another_estimate(night: SmallMission, tmp_path: Path) -> None:
    sealed = copy(Path(make(night, tmp_path).folder) / "sealed", tmp_path / "copy")
    rows = sealed / "rows" / "sample-1-counting.jsonl"
    rows.write_bytes(rows.read_bytes().replace(b'"C02":"good"', b'"C02":"bad"', 1))
    resign(sealed, OTHER_KEY)
    assert any(line.startswith(f"figure {KEY}") or KEY in line for line in problems(verify(sealed)))


@pytest.mark.parametrize("form", ["share", "p", "x", "of", "more-than-half", "if|so"])
def test_a_text_cannot_take_the_number_without_its_interval(night: SmallMission, tmp_path: Path, form: str) -> None:
    with pytest.raises(NotReadyError):
        make(night, tmp_path, dict.fromkeys(("en", "kk", "ru"), f"Bad {{{KEY}:{form}}}."))


def test_a_sample_with_few_answers_is_withheld(
    mission: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    stations(mission)
    draw = sample(mission)
    answered(mission, draw, lambda place: {"C02": "good"} if place < 20 else None)
    sequenced()
    with pytest.raises(NotReadyError):
        make(mission, tmp_path)
