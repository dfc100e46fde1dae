"""A release that quotes a quick count: only behind the gate, with its interval, recomputed from the sealed rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW, SERVER, SmallMission
from documents.forging import copy, resign
from documents.sample import OTHER_KEY
from paragraph8.accounts.permissions import Role
from paragraph8.documents.verify import Verdict, verify
from paragraph8.publishing.models import Release
from paragraph8.publishing.operations import NotReadyError, release, store_document
from paragraph8.quickcount.operations import open_gate
from paragraph8.statistics.sampling.design import Method, Request
from publishing.test_estimate_release import document
from samples.drawing import drawn

from .counting import Counting, counting
from .test_plans import EASY

SHARE = "quickcount.share[contestant=anna]"
LEAD = "quickcount.lead"
TURNOUT = "quickcount.turnout"
LATER = NOW + timedelta(hours=6)
TEXTS = {
    "en": f"Anna received {{{SHARE}:estimate|nom}}, ahead by {{{LEAD}:estimate}}; turnout {{{TURNOUT}:estimate|nom}}.",
    "kk": f"Анна: {{{SHARE}:estimate|nom}}; айырма: {{{LEAD}:estimate}}; дауыс бергендер: {{{TURNOUT}:estimate|nom}}.",
    "ru": f"Анна: {{{SHARE}:estimate|nom}}; отрыв: {{{LEAD}:estimate}}; явка: {{{TURNOUT}:estimate|nom}}.",
}


@pytest.fixture
def told(mission: SmallMission, sequenced: Callable[[], int]) -> Counting:
    """Forty stations drawn of forty-four, thirty-nine returns."""
    count = counting(mission)
    count.draw = drawn(mission, request=Request(method=Method.SIMPLE, n=40, minimum=2, reserves=0))
    count.fix(EASY)
    sequenced()
    for place, station in enumerate(count.stations[:39]):
        count.send(station, (300 + place % 5, 200))
    sequenced()
    return count


def make(count: Counting, target: Path) -> Release:
    store_document(mission=count.mission.row, document=document(TEXTS), by=SERVER, now=NOW)
    return release(mission=count.mission.row, by=SERVER, now=NOW, target=target)


def problems(verdict: Verdict) -> list[str]:
    return [str(line) for line in verdict.lines if line.state.value == "failed"]


def test_nothing_is_released_while_the_gate_is_shut(told: Counting, tmp_path: Path) -> None:
    with pytest.raises(NotReadyError):
        make(told, tmp_path)


def test_behind_the_gate_both_folders_verify(told: Counting, sequenced: Callable[[], int], tmp_path: Path) -> None:
    open_gate(mission=told.mission.row, by=told.mission.viewer(Role.HEAD), now=LATER)
    sequenced()
    folder = Path(make(told, tmp_path).folder)
    for part in ("sealed", "public"):
        verdict = verify(folder / part)
        assert verdict.ok, problems(verdict)
    lines = {line.subject: line for line in verify(folder / "sealed").lines}
    for key in (SHARE, LEAD, TURNOUT):
        assert lines[f"figure {key}"].state.value == "recomputed"
    assert not (folder / "public" / "rows").exists()
    page = re.sub(r"<[^>]+>", "", (folder / "public" / "statement.en.html").read_text()).replace("\u00a0", " ")
    assert "an estimated 60.2 per cent of votes (95% CI " in page
    assert "39 stations, 98% reported" in page


def test_another_vote_in_the_sealed_rows_is_found(told: Counting, sequenced: Callable[[], int], tmp_path: Path) -> None:
    open_gate(mission=told.mission.row, by=told.mission.viewer(Role.HEAD), now=LATER)
    sequenced()
    sealed = copy(Path(make(told, tmp_path).folder) / "sealed", tmp_path / "copy")
    rows = sealed / "rows" / "quick-count.jsonl"
    rows.write_bytes(rows.read_bytes().replace(b'"anna":300', b'"anna":290', 1))
    resign(sealed, OTHER_KEY)
    assert any(SHARE in line for line in problems(verify(sealed)))
