"""The analyst's door: what goes out, what does not, and that Python comes to the same numbers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import stat
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import TABLE, Action, NotAllowedError, Role, Scope
from paragraph8.analysis import tables as written_tables
from paragraph8.analysis.operations import EXPORTED, NothingToExportError, export, last_change
from paragraph8.audit.models import Change, LogEntry
from paragraph8.missions.operations import store_form
from paragraph8.review.operations import correct
from paragraph8.samples.models import Draw

FREE_TEXT = ("Ms Somebody", "HYPERLINK")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def cells_of(notebook: bytes) -> list[dict[str, Any]]:
    return json.loads(notebook)["cells"]


def run_cells(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the notebook prints, cell by cell in one namespace, in its folder."""
    monkeypatch.chdir(folder)
    said, space = io.StringIO(), dict[str, Any]()
    with redirect_stdout(said):
        for cell in cells_of((folder / "reproduce.ipynb").read_bytes()):
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), space)  # noqa: S102 - the notebook is ours
    return said.getvalue()


def test_the_folder_tells_what_stands_in_it(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    files = {file["path"]: file for file in manifest["files"]}
    assert set(files) == {path.name for path in folder.iterdir()} - {"manifest.json"}
    for name, file in files.items():
        data = (folder / name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file["sha256"], file["bytes"])
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in files if name.endswith(".csv"))
    assert manifest["mission"]["origin"] == "simulated"


def test_the_same_state_gives_the_same_bytes(sampled: SmallMission, tmp_path: Path, sequenced: Callable) -> None:
    first = export(mission=sampled.row, target=tmp_path / "1", by=SERVER, now=NOW)
    sequenced()
    again = export(mission=sampled.row, target=tmp_path / "2", by=SERVER, now=NOW + timedelta(hours=1))
    assert everything(first.folder) == everything(again.folder)
    assert first.sha256 == again.sha256


def test_a_later_report_changes_nothing_as_of_an_earlier_change(
    sampled: SmallMission, tmp_path: Path, sequenced: Callable
) -> None:
    change = last_change(sampled.row)
    first = export(mission=sampled.row, target=tmp_path / "1", by=SERVER, now=NOW)
    sampled.send(sampled.body("B2"), team="T2")
    sequenced()
    then = export(mission=sampled.row, target=tmp_path / "2", by=SERVER, now=NOW, as_of=change)
    now = export(mission=sampled.row, target=tmp_path / "3", by=SERVER, now=NOW)
    assert everything(first.folder) == everything(then.folder)
    assert first.sha256 != now.sha256


def test_every_export_stands_in_the_log_and_is_no_state_of_the_mission(
    sampled: SmallMission, tmp_path: Path, sequenced: Callable
) -> None:
    before = last_change(sampled.row)
    made = export(mission=sampled.row, target=tmp_path / "1", by=SERVER, now=NOW)
    sequenced()
    entry = LogEntry.objects.get(kind=EXPORTED)
    assert json.loads(entry.body) == {"as_of": before, "manifest": made.sha256}
    assert Change.objects.filter(entry=entry).exists()
    assert last_change(sampled.row) == before


def test_nobody_and_nothing_free_is_in_it(folder: Path) -> None:
    for name, data in everything(folder).items():
        for word in FREE_TEXT:
            assert word.encode() not in data, name
        assert b"phone-T1" not in data, name
        if name.endswith(".csv"):
            assert not any("C05" in column for column in rows(folder, name)[0]), name


def test_teams_have_pseudonyms_that_stay(sampled: SmallMission, tmp_path: Path) -> None:
    one, two = (export(mission=sampled.row, target=tmp_path / n, by=SERVER, now=NOW).folder for n in "12")
    seen = [{row["team"] for row in rows(folder, "observations-counting.csv")} for folder in (one, two)]
    assert seen[0] == seen[1]
    assert len(seen[0]) == 2
    assert all(name.startswith("team-") and "T1" not in name for name in seen[0])
    in_sample = {row["team"] for row in rows(one, "sample-1-counting.csv")} - {""}
    assert in_sample <= seen[0]


def test_pseudonyms_hang_on_the_key_of_the_server(sampled: SmallMission, tmp_path: Path, settings: Any) -> None:
    one = export(mission=sampled.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    settings.KEYS = tmp_path / "other-keys"
    two = export(mission=sampled.row, target=tmp_path / "2", by=SERVER, now=NOW).folder
    assert {row["team"] for row in rows(one, "observations-counting.csv")}.isdisjoint(
        row["team"] for row in rows(two, "observations-counting.csv")
    )
    assert stat.S_IMODE((tmp_path / "other-keys" / "analysis.key").stat().st_mode) == 0o600


def test_every_table_says_that_it_is_simulated(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        assert {row["origin"] for row in rows(folder, path.name)} == {"simulated"}, path.name
    for name in ("README.md", "reproduce.R", "reproduce.ipynb"):
        assert "Смоделировано." in (folder / name).read_text(encoding="utf-8"), name


def test_the_folder_belongs_to_its_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_an_answer_and_its_reason_stand_apart(observed: SmallMission, tmp_path: Path) -> None:
    folder = export(mission=observed.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    found = rows(folder, "observations-counting.csv")
    assert len(found) == 12
    for row in found:
        assert bool(row["C02"]) is not bool(row["C02.missing"])
        assert row["C03"].isdigit()
    assert {row["C02.missing"] for row in found} == {"", "refused"}
    assert {(row["day"], row["hour"]) for row in found} == {("2019-06-09", "21")}


def test_a_report_set_aside_stays_a_row_that_answers_nothing(
    observed: SmallMission, tmp_path: Path, sequenced: Callable
) -> None:
    report = observed.row.reports.order_by("pk").first()
    correct(report=report, kind="set-aside", question="", value=True, reason="Practice.", by=SERVER, now=NOW)
    sequenced()
    folder = export(mission=observed.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    (aside,) = (row for row in rows(folder, "observations-counting.csv") if row["set_aside"] == "1")
    assert (aside["row"], aside["C01"], aside["C01.missing"]) == (str(report.uid), "", "set-aside")


def test_the_codebook_explains_questions_answers_and_reasons_in_the_languages_of_the_mission(folder: Path) -> None:
    found = rows(folder, "codebook.csv")
    (form,) = (row for row in found if row["entry"] == "form")
    assert (form["label_en"], form["label_kk"], form["label_ru"]) == ("Count", "Санау", "Подсчет")
    assert [row["code"] for row in found if (row["question"], row["entry"]) == ("C02", "answer")] == [
        "very-good",
        "good",
        "bad",
        "very-bad",
    ]
    assert [row["negative"] for row in found if (row["question"], row["entry"]) == ("C02", "answer")] == list("0011")
    reasons = {row["code"]: row["label_ru"] for row in found if row["entry"] == "missing"}
    assert reasons["not-observed"] == "не было возможности наблюдать"
    assert next(row for row in found if row["question"] == "C04")["use"] == "reconciliation"


def test_questions_of_an_earlier_version_keep_their_column(
    observed: SmallMission, tmp_path: Path, sequenced: Callable
) -> None:
    block = observed.form.blocks[0]
    fewer = replace(block, questions=tuple(q for q in block.questions if q.code != "C03"))
    store_form(
        mission=observed.row, form=replace(observed.form, version="2", blocks=(fewer,), rules=()), by=SERVER, now=NOW
    )
    sequenced()
    folder = export(mission=observed.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    assert list(rows(folder, "observations-counting.csv")[0])[8::2][:4] == ["C01", "C02", "C04", "C03"]


def test_the_design_tells_strata_chances_and_weights(folder: Path, sampled: SmallMission) -> None:
    strata = rows(folder, "strata.csv")
    assert sum(int(row["drawn"]) for row in strata) == len(rows(folder, "drawn.csv")) == 44
    assert {row["stratum"]: int(row["there"]) for row in strata} == {"A": 42, "B": 37, "C": 25, "D": 14, "E": 6}
    assert strata[0]["seed_sha256"] == Draw.objects.get().commitment.sha256
    sample = rows(folder, "sample-1-counting.csv")
    assert len(sample) == 44
    for row in sample:
        assert (row["weight"] == "") is (row["missing"] == "no-report")
    spoken_for = sum(float(row["weight"]) for row in sample if row["weight"])
    assert spoken_for == pytest.approx(124, abs=1e-9)


def test_a_mission_without_a_sample_has_no_design_and_says_so(observed: SmallMission, tmp_path: Path) -> None:
    folder = export(mission=observed.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    names = {path.stem for path in folder.iterdir()}
    assert names.isdisjoint({"drawn", "strata"})
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "There is no design, and therefore no estimate" in readme
    assert "svydesign(" not in readme
    assert "survey" not in (folder / "reproduce.R").read_text(encoding="utf-8")
    assert {row["standard_error"] + row["low"] for row in rows(folder, "figures.csv")} == {""}


def test_ten_lines_are_ten_lines(folder: Path) -> None:
    blocks = (folder / "README.md").read_text(encoding="utf-8").split("```r\n")[1:]
    assert len(blocks) == 2
    assert all(len(block.split("\n```")[0].splitlines()) <= 10 for block in blocks)
    script = (folder / "reproduce.R").read_text(encoding="utf-8")
    assert all(block.split("\n```")[0] in script for block in blocks)


def test_the_notebook_comes_to_our_numbers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run_cells(folder, monkeypatch)
    figures = rows(folder, "figures.csv")
    counts = [row for row in figures if row["measure"] == "answer" and row["per"] == ""]
    estimates = [row for row in figures if row["kind"] == "estimate" and row["standard_error"]]
    assert f"{len(counts)} shares of observations come out the same" in said
    assert f"{len(estimates)} estimates come out the same" in said
    assert len(estimates) > 20


def test_the_notebook_notices_a_number_that_is_not_ours(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = (folder / "figures.csv").read_text(encoding="utf-8")
    row = next(row for row in rows(folder, "figures.csv") if row["kind"] == "estimate" and row["standard_error"])
    (folder / "figures.csv").write_text(figures.replace(row["standard_error"], "0.05"), encoding="utf-8")
    with pytest.raises(AssertionError):
        run_cells(folder, monkeypatch)


def test_the_notebook_is_a_notebook(folder: Path) -> None:
    book = json.loads((folder / "reproduce.ipynb").read_bytes())
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
    for cell in book["cells"]:
        assert set(cell) == {"id", "cell_type", "metadata", "source"} | (
            {"outputs", "execution_count"} if cell["cell_type"] == "code" else set()
        )


def test_the_notebook_of_a_mission_without_a_sample_counts(
    observed: SmallMission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(mission=observed.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    said = run_cells(folder, monkeypatch)
    assert "shares of observations come out the same" in said
    assert "estimates" not in said


def test_parquet_holds_the_same_cells_with_their_types(folder: Path) -> None:
    polars = pytest.importorskip("polars", reason="the extra big is not installed")
    frame = polars.read_parquet(folder / "sample-1-counting.parquet")
    plain = rows(folder, "sample-1-counting.csv")
    assert frame.height == len(plain)
    assert frame["weight"].dtype == polars.Float64
    assert frame["C03"].dtype == polars.Int64
    assert [cell or "" for cell in frame["C02"].to_list()] == [row["C02"] for row in plain]


def test_without_the_extra_there_is_csv_alone_and_readme_says_so(
    sampled: SmallMission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written_tables, "PARQUET_EXTRA", "no_such_package_of_anybody")
    folder = export(mission=sampled.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    assert not list(folder.glob("*.parquet"))
    assert "extra `big`" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_see_every_row_takes_them_out(sampled: SmallMission, tmp_path: Path, role: Role) -> None:
    team = "T1" if role in (Role.OBSERVER, Role.LONG_TERM) else ""
    allowed = TABLE[role].get(Action.SEE_REPORTS) is Scope.MISSION and Action.SEE_FIGURES in TABLE[role]
    target = tmp_path / "1"
    if allowed:
        assert export(mission=sampled.row, target=target, by=sampled.viewer(role, team), now=NOW).files
    else:
        with pytest.raises(NotAllowedError):
            export(mission=sampled.row, target=target, by=sampled.viewer(role, team), now=NOW)
        assert not target.exists()


def test_before_polls_close_the_stations_drawn_go_out_with_few(sampled: SmallMission, tmp_path: Path) -> None:
    analyst, statistician = (
        export(mission=sampled.row, target=tmp_path / role.value, by=sampled.viewer(role), now=NOW).folder
        for role in (Role.ANALYST, Role.STATISTICIAN)
    )
    assert (statistician / "drawn.csv").exists()
    assert not list(analyst.glob("sample-*")) + list(analyst.glob("drawn.*"))
    readme = (analyst / "README.md").read_text(encoding="utf-8")
    assert "its stations are a secret until polls close" in readme


def test_nothing_is_overwritten_and_nothing_is_left_half_done(
    sampled: SmallMission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "there"
    export(mission=sampled.row, target=target, by=SERVER, now=NOW)
    before = everything(target)
    with pytest.raises(FileExistsError):
        export(mission=sampled.row, target=target, by=SERVER, now=NOW)
    assert everything(target) == before

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        export(mission=sampled.row, target=tmp_path / "full", by=SERVER, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_change_that_there_is_not_is_refused(sampled: SmallMission, mission: SmallMission, tmp_path: Path) -> None:
    with pytest.raises(NothingToExportError):
        export(mission=sampled.row, target=tmp_path / "1", by=SERVER, now=NOW, as_of=10**6)
    assert not (tmp_path / "1").exists()
