"""A quick count out of files: no row is lost, twice is once, and the real night can be looked at in the room."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.translation import override

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import NotAllowedError, Role, Viewer
from paragraph8.audit.queries import latest_change
from paragraph8.audit.sequencer import sequence_all
from paragraph8.capture.models import Report
from paragraph8.capture.operations import State
from paragraph8.cli import main
from paragraph8.domain.importing.declarations import MappingError
from paragraph8.domain.importing.returns import ReturnsError, load_returns_mapping
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import UnknownMissionError
from paragraph8.quickcount.count_page import count_page
from paragraph8.quickcount.loading import Loaded, import_returns
from paragraph8.quickcount.models import Plan
from paragraph8.quickcount.populations import rows_of
from paragraph8.quickcount.queries import night_of
from paragraph8.statistics.quickcount.plans import Adjustment, Arrival, Base
from paragraph8.statistics.quickcount.refusals import RefusedCountError

EXAMPLE = Path(__file__).parents[2] / "examples" / "mexico-2018" / "quick-count.toml"
MAPPING = """
[mission]
title = "A night from files"
origin = "simulated"
zone = "Asia/Almaty"
election_date = 2019-06-09
notice = "Simulated."
[[contestants]]
code = "anna"
name = "Anna"
column = "A"
source = "invented"
[[contestants]]
code = "berik"
name = "Berik"
column = "B"
source = "invented"
[sample]
name = "Ours"
source = "drawn by hand"
station = ["district", "number"]
stratum = "stratum"
kind = "kind"
registered = "voters"
kinds = { 1 = "urban", 2 = "rural" }
[frame]
stratum = "stratum"
kind = "kind"
stations = "n"
[returns]
skip = 1
station = ["district", "number"]
base = "all"
base_is = "valid"
arrived = ["when"]
[plan]
adjustment = "strata"
overall = 0.5
"""
FRAME = b"stratum,kind,n\nx,1,6\nx,2,4\ny,2,10\n"
SAMPLE = b"district,number,stratum,kind,voters\n1,01,x,1,900\n1,2,x,2,\n2,1,y,2,700\n2,2,y,2,700\n"
RETURNS = b"""four
district|number|A|B|all|when
1|1|300|200|500|2019-06-09T20:10:00+06:00
1|2|100|90|190|2019-06-09T20:20:00
2|1|x|90|190|2019-06-09T20:30:00+06:00
9|9|1|1|2|never
"""


def load(returns: bytes = RETURNS, mapping: str = MAPPING, *, create: bool = True, by: Viewer = SERVER) -> Loaded:
    """Import as the command does, and read what came."""
    loaded = import_returns(
        returns,
        slug="files",
        mapping=load_returns_mapping(mapping.encode()),
        sample=SAMPLE,
        frame=FRAME,
        create=create,
        by=by,
        clock=_clock,
        progress=lambda _said: None,
    )
    sequence_all(clock=_clock)
    return loaded


_moments: Iterator[int] = iter(range(10_000_000))


def _clock() -> datetime:
    return datetime.fromtimestamp(NOW.timestamp() + 86_400 + next(_moments), UTC)


@pytest.mark.django_db
def test_every_row_becomes_a_report_and_the_count_is_there():
    loaded = load()
    assert (loaded.rows, dict(loaded.states), loaded.plan) == (4, {State.NEW: 4}, 1)
    mission = Mission.objects.get(slug="files")
    assert (mission.simulated, mission.kind.value) == (True, "citizen")
    plan = Plan.objects.get()
    assert (plan.plan().arrival, plan.plan().base_is) == (Arrival.STATED, Base.VALID)
    rows = {row["row"]: row for row in rows_of(plan, as_of=latest_change())[1:]}
    assert rows["1-1"]["votes"] == {"anna": 300, "berik": 200}
    assert rows["1-1"]["arrived"] == "2019-06-09T14:10:00+00:00"
    assert rows["1-2"]["arrived"] == "2019-06-09T14:20:00+00:00"  # on the clock of the mission
    assert rows["2-1"]["state"] == "apart"  # a number that cannot be read waits for somebody
    assert rows["2-2"]["state"] == "out"
    assert night_of(plan, as_of=latest_change()).returns.n == 2
    assert Report.objects.count() == 4  # the station nobody knows is kept too


@pytest.mark.django_db
def test_importing_twice_changes_nothing():
    load()
    again = load(create=False)
    assert dict(again.states) == {State.REPEATED: 4}
    assert Plan.objects.count() == 1


@pytest.mark.django_db
def test_who_may_not_import_imports_nothing():
    load(returns=b"none\ndistrict|number|A|B|all|when\n")
    mission = Mission.objects.get(slug="files")
    with pytest.raises(NotAllowedError):
        load(by=Viewer("reader", roles={mission.pk: Role.READER}))
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_without_create_there_must_be_a_mission():
    with pytest.raises(UnknownMissionError):
        load(create=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('stratum = "stratum"\nkind = "kind"\nreg', 'stratum = "no"\nkind = "kind"\nreg', ReturnsError),
        ('base = "all"', 'base = "total"', ReturnsError),
        ('stations = "n"', 'stations = "kind"', ReturnsError),
        ('base_is = "valid"', 'base_is = "guessed"', MappingError),
        ('adjustment = "strata"', 'adjustment = "magic"', RefusedCountError),
        ("overall = 0.5", "overall = 5", RefusedCountError),
        ("overall = 0.5", "overal = 0.5", RefusedCountError),
        ("skip = 1", "skip = 1\nskipp = 1", MappingError),
        ("overall = 0.5", "first = 2019-06-09T20:00:00", RefusedCountError),
    ],
)
def test_files_that_do_not_fit_are_refused_whole(old, new, error):
    if error is ReturnsError and "stations" in old:
        frame_is_text = MAPPING.replace(old, 'stations = "stratum"')
        with pytest.raises(error):
            load(mapping=frame_is_text)
    else:
        with pytest.raises(error):
            load(mapping=MAPPING.replace(old, new))
    assert not Mission.objects.exists()
    assert not Report.objects.exists()


def test_the_example_describes_the_night_of_mexico():
    mapping = load_returns_mapping(EXAMPLE.read_bytes())
    assert [row.code for row in mapping.contestants] == ["amlo", "anaya", "meade", "rodriguez"]
    assert mapping.form().question("votes-amlo") is not None


@pytest.mark.django_db
@pytest.mark.reference
def test_the_real_night_of_mexico_until_half_past_eight_in_the_room():
    named = os.environ.get("P8_REFERENCE_DATA")
    if not named:
        pytest.skip("P8_REFERENCE_DATA is not set: the real files are not at hand")
    folder = Path(named)
    first, header, *lines = gzip.decompress((folder / "mexico-2018-reports.txt.gz").read_bytes()).split(b"\n")
    early = [line for line in lines if line and _before(line, header)]
    import_returns(
        b"\n".join([first, header, *early]),
        slug="mexico",
        mapping=load_returns_mapping(EXAMPLE.read_bytes()),
        sample=gzip.decompress((folder / "mexico-2018-sample.csv.gz").read_bytes()),
        frame=(folder / "mexico-2018-frame.csv").read_bytes(),
        create=True,
        by=SERVER,
        clock=_clock,
        progress=lambda _said: None,
    )
    sequence_all(clock=_clock)
    mission = Mission.objects.get(slug="mexico")
    assert not mission.simulated
    head = Viewer("head", roles={mission.pk: Role.HEAD})
    with override("en"):
        page = count_page(mission, viewer=head, now=_clock())
    assert page is not None
    assert (page.whole.returned, page.whole.drawn, len(page.empty), page.single) == (1732, 7787, 51, 38)
    assert page.estimated is not None
    assert page.counted.adjustment is Adjustment.KINDS
    assert [line.value for line in page.estimated.lines] == ["52.2%", "23.3%", "16.3%", "5.5%"]
    assert ("52.1%", "23.3%", "16.4%", "5.4%") in [values for _, values in page.estimated.others]
    assert not page.passes


def _before(line: bytes, header: bytes) -> bool:
    cells = dict(zip(header.split(b"|"), line.split(b"|"), strict=True))
    clock = tuple(int(cells[name]) for name in (b"DIA", b"HORA", b"MINUTOS", b"SEGUNDOS"))
    return clock <= (1, 20, 30, 0)


@pytest.mark.django_db
def test_the_command_imports_and_says_why_it_refuses(tmp_path, capsys):
    for name, content in (("returns", RETURNS), ("sample", SAMPLE), ("frame", FRAME), ("map", MAPPING.encode())):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "returns.gz").write_bytes(gzip.compress(RETURNS))
    files = ["--sample", str(tmp_path / "sample"), "--frame", str(tmp_path / "frame")]
    mapped = ["--mission", "files", "--mapping", str(tmp_path / "map")]
    assert main(["import", "returns", str(tmp_path / "returns"), *mapped]) == 1
    assert "There is no mission files" in capsys.readouterr().err
    assert main(["import", "returns", str(tmp_path / "returns.gz"), *mapped, *files, "--create"]) == 0
    assert "4 returns: 4 new" in capsys.readouterr().out
    assert main(["import", "returns", str(tmp_path / "returns"), *mapped]) == 0
    assert "4 returns: 4 repeated" in capsys.readouterr().out
    (tmp_path / "map").write_text(MAPPING.replace('base = "all"', 'base = "total"'))
    assert main(["import", "returns", str(tmp_path / "returns"), *mapped]) == 1
    assert "The file has no column total" in capsys.readouterr().err
    assert main(["import", "returns", str(tmp_path / "nowhere"), *mapped]) == 1
