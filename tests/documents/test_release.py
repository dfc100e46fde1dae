"""Two folders from one freeze: whole or not at all, the same bytes every time."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.sample import KEY, SECRET, Sample
from documents.texts import COUNT, edition_json, share
from paragraph8.documents.edition import edition_from_json
from paragraph8.documents.folder import ReleaseRefusedError, write_release
from paragraph8.documents.labels import WITHHELD
from paragraph8.documents.rendering import FORMATS
from paragraph8.documents.verdict import State
from paragraph8.domain.canonical import canonical, digest
from paragraph8.domain.figures import Origin
from paragraph8.statistics.methods import outcomes

SHARED = {
    "NOTICE.txt",
    "edition.json",
    "figures.json",
    "withheld.json",
    "figures.csv",
    "commitments.json",
    "index.html",
    "manifest.json",
    "manifest.sig",
    "signer.pem",
}
DOCUMENTS = {
    f"{code}.{language}.{form}"
    for code in ("statement", "press-release")
    for language in ("en", "kk", "ru")
    for form in FORMATS
}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def write(target: Path, mission: Sample, **changes: Any) -> Path:
    facts = {
        "edition": mission.edition,
        "figures": mission.figures,
        "populations": mission.populations,
        "secret": SECRET,
        "key": KEY,
    }
    write_release(target, **{**facts, **changes})
    return target


def test_the_public_folder_holds_documents_tallies_and_commitments_and_no_rows(release_folder: Path) -> None:
    assert names(release_folder / "public") == SHARED | DOCUMENTS
    content = b"".join(path.read_bytes() for path in (release_folder / "public").iterdir())
    assert b"team-3" not in content
    assert b"almaty-0" not in content
    assert b"counting-0001" not in content


def test_the_sealed_folder_holds_the_same_and_the_rows(release_folder: Path) -> None:
    rows = {f"rows/{name}.jsonl" for name in ("counting", "opening", "voting", "observers")}
    assert names(release_folder / "sealed") == SHARED | DOCUMENTS | rows | {"figures-sealed.json", "openings.json"}
    for name in SHARED | DOCUMENTS - {"manifest.json", "manifest.sig"}:
        if name not in ("manifest.json", "manifest.sig"):
            assert (release_folder / "public" / name).read_bytes() == (release_folder / "sealed" / name).read_bytes()


def test_the_sealed_folder_is_for_its_owner(release_folder: Path) -> None:
    assert stat.S_IMODE((release_folder / "sealed").stat().st_mode) == 0o700
    assert stat.S_IMODE((release_folder / "sealed" / "rows" / "counting.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE((release_folder / "public" / "statement.en.html").stat().st_mode) == 0o644


def test_withheld_figures_are_listed_with_their_reason_and_nowhere_else(release_folder: Path) -> None:
    public = release_folder / "public"
    withheld = {item["key"]: item for item in json.loads((public / "withheld.json").read_bytes())}
    zhambyl = share("counting", "no", "shown", "zhambyl")
    assert withheld[zhambyl]["reason"] == "few-stations"
    assert "менее пяти участков" in withheld[zhambyl]["text"]["ru"]
    assert not withheld.keys() & {figure["key"] for figure in json.loads((public / "figures.json").read_bytes())}
    assert not any(key in (public / "figures.csv").read_text() for key in withheld)


def test_a_commitment_opens_with_its_salt_and_its_rows(release_folder: Path, mission: Sample) -> None:
    """Computed here from the description of the format alone."""
    figure = next(figure for figure in mission.figures if str(figure.key) == COUNT)
    rows = sorted(mission.populations["counting"], key=lambda row: row["row"])
    salt = hmac.new(SECRET, COUNT.encode(), hashlib.sha256).digest()
    pairs = [[digest(row), said] for row, said in zip(rows, outcomes(figure.method, rows, figure.key), strict=True)]
    expected = hashlib.sha256(salt + canonical(pairs)).hexdigest()
    assert json.loads((release_folder / "public" / "commitments.json").read_bytes())[COUNT] == expected
    assert json.loads((release_folder / "sealed" / "openings.json").read_bytes())[COUNT] == salt.hex()


def test_a_simulated_release_says_so_in_every_readable_file(release_folder: Path) -> None:
    notice = "Not a statement of any institution."
    public = release_folder / "public"
    for name in ("statement.en.html", "index.html", "edition.json", "figures.csv", "manifest.json", "NOTICE.txt"):
        assert notice in (public / name).read_text(), name
    assert notice in (public / "statement.en.docx").read_bytes().decode(errors="ignore")


def test_a_simulated_mission_without_a_notice_gets_the_demonstration_notice(mission: Sample, tmp_path: Path) -> None:
    edition = edition_json()
    edition["mission"]["notice"] = {}
    edition["languages"] = ["ru"]
    folder = write(tmp_path / "r", mission, edition=edition_from_json(edition))
    assert "Демонстрация со смоделированными наблюдениями." in (folder / "public" / "statement.ru.html").read_text()


def test_a_release_is_never_overwritten(release_folder: Path, mission: Sample, tmp_path: Path) -> None:
    before = (release_folder / "public" / "manifest.json").read_bytes()
    with pytest.raises(FileExistsError):
        write(release_folder, mission)
    assert (release_folder / "public" / "manifest.json").read_bytes() == before
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileExistsError):
        write(tmp_path / "empty", mission)


def test_a_failed_release_leaves_nothing_behind(
    mission: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write(tmp_path / "releases" / "v1", mission, edition=replace(mission.edition, languages=("en",)))
    assert list((tmp_path / "releases").iterdir()) == []


# What is refused before anything is written.


def reasons(mission: Sample, tmp_path: Path, **changes: Any) -> str:
    with pytest.raises(ReleaseRefusedError) as refusal:
        write(tmp_path / "r", mission, **changes)
    assert not (tmp_path / "r").exists()
    return "\n".join(refusal.value.reasons)


def quoting(key: str) -> Any:
    edition = edition_json()
    edition["documents"][0]["sections"][0]["paragraphs"][1]["sentences"][0]["texts"]["en"] = f"In {{{key}:of}}."
    return edition_from_json(edition)


def test_a_sentence_that_quotes_a_withheld_figure_is_refused(mission: Sample, tmp_path: Path) -> None:
    key = share("counting", "no", "shown", "zhambyl")
    told = reasons(mission, tmp_path, edition=quoting(key))
    assert told == f"sentence st-004 of statement: {key} is withheld (few-stations)"


def test_a_sentence_that_quotes_no_known_figure_is_refused(mission: Sample, tmp_path: Path) -> None:
    key = share("counting", "nobody")
    assert f"st-004 of statement: {key} is not among the figures" in reasons(mission, tmp_path, edition=quoting(key))


def test_rows_of_another_freeze_are_refused(mission: Sample, tmp_path: Path) -> None:
    fewer = {**mission.populations, "voting": mission.populations["voting"][1:]}
    assert "the rows of voting are not those it was computed from" in reasons(mission, tmp_path, populations=fewer)
    none = {name: rows for name, rows in mission.populations.items() if name != "voting"}
    assert "the rows of voting are missing" in reasons(mission, tmp_path, populations=none)


def test_simulated_figures_never_enter_a_real_mission(mission: Sample, tmp_path: Path) -> None:
    edition = edition_json()
    edition["mission"]["simulated"] = False
    told = reasons(mission, tmp_path, edition=edition_from_json(edition))
    assert f"{COUNT} is simulated, and the mission is not" in told
    assert all(figure.origin is Origin.SIMULATED for figure in mission.figures)


def test_a_population_whose_name_is_a_path_is_refused(mission: Sample, tmp_path: Path) -> None:
    outside = {**mission.populations, "../../outside": mission.populations["voting"]}
    assert "../../outside cannot name a file" in reasons(mission, tmp_path, populations=outside)


# The same bytes every time.

_ANEW = """
import sys
from pathlib import Path
from documents.sample import sample, SECRET, KEY
from paragraph8.documents import rendering
from paragraph8.documents.folder import write_release

def backwards(release, *, progress, forms=rendering.FORMATS):
    rendered = {rendering.INDEX: rendering.render_index(release)}
    for document in reversed(release.edition.documents):
        for language in reversed(release.edition.languages):
            rendered |= rendering.render_document(release, document.code, language, tuple(reversed(forms)))
    return rendered

import paragraph8.documents.folder as folder
folder.render_documents = backwards
mission = sample()
write_release(
    Path(sys.argv[1]),
    mission.edition,
    tuple(reversed(mission.figures)),
    {name: list(reversed(rows)) for name, rows in reversed(mission.populations.items())},
    SECRET,
    KEY,
    print,
)
"""


def test_another_process_order_zone_locale_and_folder_give_the_same_bytes(release_folder: Path, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    elsewhere = tmp_path / "another place"
    elsewhere.mkdir()
    environment: Mapping[str, str] = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root / "tests")]),
        "PYTHONHASHSEED": "4242",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "utf-8",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
    }
    target = elsewhere / "again"
    subprocess.run([sys.executable, "-c", _ANEW, str(target)], cwd=elsewhere, env=environment, check=True)
    assert names(target) == names(release_folder)
    different = [name for name in names(target) if (target / name).read_bytes() != (release_folder / name).read_bytes()]
    assert different == []


def test_the_root_and_the_hashes_can_be_checked_by_hand(release_folder: Path) -> None:
    """As docs/releases.md says, with nothing but SHA-256."""
    public = release_folder / "public"
    manifest = json.loads((public / "manifest.json").read_bytes())
    hashes = {name: hashlib.sha256((public / name).read_bytes()).hexdigest() for name in manifest["files"]}
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == hashes
    three = ",".join(f'"{name}":"{hashes[name]}"' for name in ("commitments.json", "edition.json", "figures.json"))
    assert hashlib.sha256(f"{{{three}}}".encode()).hexdigest() == manifest["root"]
    documentation = (Path(__file__).parents[2] / "docs" / "releases.md").read_text()
    assert '{"commitments.json":"%s","edition.json":"%s","figures.json":"%s"}' in documentation


def test_every_reason_and_state_is_documented() -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "releases.md").read_text()
    assert all(f"| `{reason}` |" in documentation for reason in WITHHELD)
    assert all(f"| {state} |" in documentation for state in State)
