"""The command line, as somebody types it at three in the morning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SmallMission
from paragraph8.audit.models import LogEntry
from paragraph8.capture.models import Conflict, Report
from paragraph8.cli import main, parser
from paragraph8.missions.models import Mission
from paragraph8.review.models import Reading
from resaving import SMALL_MAPPING

Typed = Callable[..., tuple[int, str, str]]

HEADER = "No,Centre,Room,Place,District,Screen\n"
ROWS = "1,0101a,01R,School,Deçan,PO\n2,0101A,1r,School,Deçan,JO\n3,N/A,N/A,,,PO\n4,0102b,2R,Hall,Deçan,perhaps\n"
MISSION = '\n[mission]\ntitle = "Small"\norigin = "simulated"\nnotice = "Simulated."\n'


@pytest.fixture
def typed(db: None, capsys: pytest.CaptureFixture[str], settings: object, tmp_path: Path) -> Typed:
    settings.VAR, settings.OUT = tmp_path / "var", tmp_path / "out"

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A file of four forms and its mapping."""
    table, mapping = tmp_path / "forms.csv", tmp_path / "map.toml"
    table.write_text(HEADER + ROWS)
    mapping.write_text(SMALL_MAPPING + MISSION)
    return str(table), str(mapping)


def importing(files: tuple[str, str], *more: str) -> tuple[str, ...]:
    return ("import", "observations", files[0], "--mission", "small", "--mapping", files[1], *more)


def test_an_import_makes_the_mission_and_accounts_for_every_row(typed: Typed, files: tuple[str, str]) -> None:
    code, out, _ = typed(*importing(files, "--create", "--json"))
    told = json.loads(out)
    assert code == 0
    assert (told["rows"], told["attached"], told["not_attached"]) == (4, 3, 1)
    assert told["reports"] == {"new": 4}
    assert Reading.objects.count() == 4


def test_an_import_in_a_rehearsal_says_that_it_is_practice(typed: Typed, files: tuple[str, str]) -> None:
    from django.utils import timezone

    from paragraph8.accounts.permissions import command
    from paragraph8.missions.rehearsals import start_rehearsal

    typed(*importing(files, "--create"))
    start_rehearsal(mission=Mission.objects.get(), by=command("test"), now=timezone.now())
    Path(files[0]).write_text(HEADER + ROWS.replace("PO", "JO"))
    _, out, _ = typed(*importing(files))
    assert "of these are practice" in out


def test_a_draw_is_drawn_again_from_its_file_alone(
    mission: SmallMission, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from conftest import NOW, SERVER
    from paragraph8.samples.queries import disclosure_of
    from samples.drawing import drawn

    draw = drawn(mission)
    file = tmp_path / "draw.json"
    file.write_bytes(disclosure_of(draw, viewer=SERVER, now=NOW))
    assert main(["verify-draw", str(file), "--commitment", draw.commitment.sha256]) == 0
    assert "FAILED" not in capsys.readouterr().out
    assert main(["verify-draw", str(file), "--commitment", "00" * 32, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["ok"] for one in told["checks"]] == [True, False, *[True] * 5]
    for bad in (b"no disclosure", b"{}"):
        file.write_bytes(bad)
        assert main(["verify-draw", str(file)]) == 1
    assert main(["verify-draw", str(tmp_path / "nowhere.json")]) == 1


def test_a_draw_is_checked_without_django(tmp_path: Path) -> None:
    import subprocess
    import sys

    file = tmp_path / "draw.json"
    file.write_text("{}")
    code = (
        "import sys; from paragraph8.cli import main; "
        f"main(['verify-draw', {str(file)!r}]); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_importing_twice_changes_nothing(typed: Typed, files: tuple[str, str]) -> None:
    typed(*importing(files, "--create"))
    before = (Report.objects.count(), Reading.objects.count(), LogEntry.objects.count())
    code, out, _ = typed(*importing(files, "--create", "--json"))
    assert code == 0
    assert json.loads(out)["reports"] == {"repeated": 4}
    assert (Report.objects.count(), Reading.objects.count(), LogEntry.objects.count()) == before


def test_a_record_that_says_something_else_later_is_a_conflict(typed: Typed, files: tuple[str, str]) -> None:
    typed(*importing(files, "--create"))
    Path(files[0]).write_text(HEADER + ROWS.replace("1,0101a,01R,School,Deçan,PO", "1,0101a,01R,School,Deçan,JO"))
    _, out, _ = typed(*importing(files, "--json"))
    assert json.loads(out)["reports"] == {"conflict": 1, "repeated": 3}
    assert Conflict.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        HEADER.replace(",", ";").encode() + ROWS.replace(",", ";").encode("latin-1"),
        b"\xef\xbb\xbf" + (HEADER + ROWS).encode(),
        (HEADER + HEADER + ROWS).encode(),
        (HEADER + ROWS + '5,"0103c,1R,School,Deçan,PO\n').encode(),
        (HEADER + ROWS).replace("\n", "\r\n").encode("utf-16"),
    ],
)
def test_dirt_in_the_file_loses_no_row(typed: Typed, files: tuple[str, str], data: bytes) -> None:
    Path(files[0]).write_bytes(data)
    code, out, _ = typed(*importing(files, "--create", "--json"))
    told = json.loads(out)
    assert code == 0
    assert told["rows"] == told["attached"] + told["not_attached"] >= 4
    assert Report.objects.count() == told["rows"]


@pytest.mark.parametrize(
    ("table", "mapping", "said"),
    [
        (b"", None, "The file is empty"),
        (b"   \n\n", None, "The file is empty"),
        (None, b"not = [toml", "line"),
        (None, b"[form]\ncode = 3", "blocks is missing"),
    ],
)
def test_a_file_or_mapping_that_is_none_is_refused_in_one_line(
    typed: Typed, files: tuple[str, str], table: bytes | None, mapping: bytes | None, said: str
) -> None:
    if table is not None:
        Path(files[0]).write_bytes(table)
    if mapping is not None:
        Path(files[1]).write_bytes(mapping)
    code, out, err = typed(*importing(files, "--create"))
    assert code == 1
    assert said in err.splitlines()[-1]
    assert "Traceback" not in out + err
    assert not Mission.objects.exists()


def test_an_import_into_a_mission_that_is_not_there_says_what_to_do(typed: Typed, files: tuple[str, str]) -> None:
    code, _, err = typed(*importing(files))
    assert (code, "--create" in err) == (1, True)
    code, _, err = typed("import", "observations", "nowhere.csv", "--mission", "x", "--mapping", files[1])
    assert (code, "nowhere.csv" in err) == (1, True)


def test_figures_are_printed_with_their_provenance(
    typed: Typed, mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    mission.send(mission.body(answers={"C01": "no"}))
    mission.send(mission.body("A2", answers={"C01": {"missing": "not-observed"}}))
    as_of = sequenced()
    code, out, _ = typed("figures", "small", "--json")
    (row,) = [
        row for row in json.loads(out) if (row["column"], row["answer"], row["unit"]) == ("C01", "no", "observation")
    ]
    assert code == 0
    assert (row["numerator"], row["denominator"], row["left_out"], row["value"]) == (1, 1, {"not-observed": 1}, 1.0)
    assert (row["basis"], row["as_of"]) == ("observed", as_of)


def test_shares_are_computed_for_each_area_when_asked(
    typed: Typed, mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    mission.send(mission.body("A1", answers={"C01": "no"}))
    mission.send(mission.body("B1", answers={"C01": "yes"}))
    sequenced()
    _, out, _ = typed("figures", "small", "--json", "--by-area")
    said = {
        row["area"]: (row["numerator"], row["denominator"])
        for row in json.loads(out)
        if (row["column"], row["answer"], row["unit"]) == ("C01", "no", "observation")
    }
    assert said == {"": (1, 2), "A": (1, 1), "B": (0, 1)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figures", "nope"), "no mission"),
        (("problems", "nope"), "no mission"),
        (("export", "analysis", "nope"), "no mission"),
        (("export", "analysis", "small", "--as-of", "999999"), "no change 999999"),
        (("release", "nope"), "no mission"),
        (("release", "small"), "no document"),
        (("figures", "small", "--key", "eday.total[form=counting,question=C04]"), "reconciliation"),
        (("figures", "small", "--key", "nonsense"), "not a figure key"),
        (("device", "small", "--name", "d", "--team", "T9"), "no team"),
        (("statement", "small", "nowhere.toml"), "nowhere.toml"),
        (("bench", "nope"), "no bench"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    typed: Typed, mission: SmallMission, words: tuple[str, ...], said: str
) -> None:
    code, out, err = typed(*words)
    assert code == 1
    assert said in err
    assert not out


def test_an_export_says_what_it_wrote_and_writes_over_nothing(
    typed: Typed, mission: SmallMission, tmp_path: Path
) -> None:
    mission.send(mission.body(answers={"C01": "no"}))
    target = str(tmp_path / "analysis")
    code, out, err = typed("export", "analysis", "small", "--out", target)
    assert code == 0
    assert "protected rows" in out
    assert "… figures" in err
    assert (tmp_path / "analysis" / "observations-counting.csv").exists()
    code, out, err = typed("export", "analysis", "small", "--out", target)
    assert (code, out) == (1, "")
    assert "never overwritten" in err


def test_missions_are_listed(typed: Typed, mission: SmallMission) -> None:
    code, out, _ = typed("missions", "--json")
    assert code == 0
    assert json.loads(out) == [{"slug": "small", "title": "A small mission", "format": "full", "simulated": True}]


def test_a_device_s_token_is_shown_once_and_it_can_be_closed(typed: Typed, mission: SmallMission) -> None:
    _, out, _ = typed("device", "small", "--name", "desk", "--team", "T1")
    assert len(out.split()[-1]) > 30
    assert mission.row.devices.get(name="desk").revoked_at is None
    typed("device", "small", "--name", "desk", "--revoke")
    assert mission.row.devices.get(name="desk").revoked_at is not None


def test_the_chain_is_checked(typed: Typed, mission: SmallMission, sequenced: Callable[[], int]) -> None:
    sequenced()
    code, out, _ = typed("log")
    assert (code, "the chain holds" in out) == (0, True)


def test_every_command_has_an_example() -> None:
    (subparsers,) = [action for action in parser()._actions if action.choices]
    for name, command in subparsers.choices.items():
        assert command.epilog.startswith(f"example: p8 {name}")
