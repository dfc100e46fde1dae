"""Results in versions: whole or not at all, never the mission's own, side by side and never averaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import NOW, SERVER, SmallMission
from contest.conftest import contested_mission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.contest.figures import catalogue, compute, populations
from paragraph8.contest.models import ResultLine, ResultVersion
from paragraph8.contest.refusals import RefusedEntryError
from paragraph8.contest.results import upload_results
from paragraph8.contest.results_page import results_page, upload_page
from paragraph8.domain.contests import ResultStage
from paragraph8.domain.figures import Basis, Key
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job, State
from paragraph8.jobs.operations import perform

SHEET = b"""line,contestant,area,n,share
votes,anna,,60,60.0
votes,boris,,40,40.0
votes,anna,North,35,
votes,anna,South,25,
received,,,110,
registered,,,200,
"""


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def upload(mission: SmallMission, data: bytes = SHEET, **facts: Any) -> Job:
    """Send a file and do its job, as the process beside the worker would."""
    told = {
        "mission": mission.row,
        "name": "final.csv",
        "data": data,
        "code": "final",
        "stage": ResultStage.FINAL,
        "author": Text.of({"en": "Commission", "kk": "Комиссия", "ru": "Комиссия"}),
        "told_on": date(2019, 6, 8),
        "source": "Gazette 12",
        "by": SERVER,
        "now": NOW,
    }
    _, job = upload_results(**{**told, **facts})
    perform(job)
    job.refresh_from_db()
    return job


def figure(mission: SmallMission, spelling: str, as_of: int) -> Any:
    key = Key.parse(spelling)
    return compute(mission.row, [key], as_of=as_of).get(key)


def test_a_version_is_taken_whole_and_counts_as_reported(contested: SmallMission, sequenced: Callable[[], int]) -> None:
    job = upload(contested)
    assert (job.state, job.result["lines"], job.result["version"]) == (State.DONE, 6, "final")
    as_of = sequenced()
    votes = figure(contested, "contest.votes[contestant=anna,version=final]", as_of)
    assert (votes.value, votes.basis, votes.unit.value) == (60, Basis.REPORTED, "vote")
    assert votes.source == "Commission, 2019-06-08: Gazette 12"
    assert "Commission" in str(votes.title)
    assert figure(contested, "contest.votes[area=A,contestant=anna,version=final]", as_of).value == 35
    assert figure(contested, "contest.votes[line=received,version=final]", as_of).unit.value == "voter"
    turnout = figure(contested, "contest.turnout[version=final]", as_of)
    assert (turnout.numerator, turnout.denominator, turnout.basis) == (110, 200, Basis.REPORTED)
    assert figure(contested, "contest.turnout[area=A,version=final]", as_of) is None
    assert "contest.turnout[version=final]" in {str(spec.key) for spec in catalogue(contested.row)}
    assert len(populations(contested.row, as_of=as_of)["results-final"].rows) == 6


def test_before_its_change_the_version_is_unknown(contested: SmallMission, sequenced: Callable[[], int]) -> None:
    before = sequenced()
    upload(contested)
    sequenced()
    assert figure(contested, "contest.votes[contestant=anna,version=final]", before) is None


def test_a_file_with_a_bad_row_leaves_nothing_that_counts(contested: SmallMission) -> None:
    entries = LogEntry.objects.count()
    job = upload(contested, SHEET + b"votes,nobody,,5,\nvotes,boris,Moon,-5,\n")
    assert job.state == State.REFUSED
    assert [problem["reason"] for problem in job.result["problems"]] == ["row-contestant", "row-area", "row-number"]
    assert not ResultVersion.objects.exists()
    assert not ResultLine.objects.exists()
    assert LogEntry.objects.count() == entries
    page = upload_page(contested.row, job.arguments["upload"], viewer=SERVER)
    assert "Row 8" in str(page.problems[0])
    assert page.problems[0].languages() == {"en", "kk", "ru"}


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"PK\x03\x04 broken", b"\n\n"])
def test_bytes_that_are_no_table_are_refused_in_words(contested: SmallMission, data: bytes) -> None:
    job = upload(contested, data)
    assert job.state == State.REFUSED
    assert upload_page(contested.row, job.arguments["upload"], viewer=SERVER).problems


def test_lines_of_a_job_that_died_are_nobodys_result(contested: SmallMission, monkeypatch: Any) -> None:
    from paragraph8.contest import results

    def dies(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(results, "_publish", dies)
    with pytest.raises(RuntimeError):
        upload(contested)
    assert ResultLine.objects.count() == 6
    assert results_page(contested.row, viewer=SERVER).versions == ()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"source": ""}, "no-source"),
        ({"author": Text.of("")}, "no-author"),
        ({"code": "Final!"}, "bad-code"),
        ({"told_on": date(2019, 6, 11)}, "day-ahead"),
    ],
)
def test_results_need_an_author_a_source_and_a_day(contested: SmallMission, facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(RefusedEntryError) as refused:
        upload(contested, **facts)
    assert refused.value.reason == reason
    assert not Job.objects.exists()


def test_a_code_is_taken_once_even_when_two_files_are_read_at_the_same_time(contested: SmallMission) -> None:
    told = {"stage": ResultStage.FINAL, "author": Text.of("C"), "told_on": date(2019, 6, 8), "source": "G"}
    jobs = [
        upload_results(mission=contested.row, name="a", data=SHEET, code="twice", by=SERVER, now=NOW, **told)[1]
        for _ in range(2)
    ]
    for job in jobs:
        perform(job)
        job.refresh_from_db()
    assert [job.state for job in jobs] == [State.DONE, State.REFUSED]
    with pytest.raises(RefusedEntryError):
        upload(contested, code="twice")


def test_only_who_manages_the_contest_adds_results(contested: SmallMission) -> None:
    for role in (Role.PRESS, Role.OBSERVER, Role.OPERATIONS):
        with pytest.raises(NotAllowedError):
            upload(contested, by=contested.viewer(role, team="T1"))


def test_versions_stand_side_by_side_with_what_changed_and_what_does_not_add_up(contested: SmallMission) -> None:
    upload(
        contested,
        b"line,contestant,n,share\nvotes,anna,50,55.56\nvotes,boris,40,44.44\n",
        code="first",
        stage=ResultStage.PRELIMINARY,
        told_on=date(2019, 6, 7),
    )
    upload(contested, SHEET.replace(b"South,25", b"South,24"))
    page = results_page(contested.row, viewer=SERVER)
    assert [told.row.code for told in page.versions] == ["first", "final"]
    anna = next(row for row in page.rows if str(row.title) == "Anna")
    assert [(cell.n, cell.share, cell.change) for cell in anna.cells if cell] == [(50, "55.56", None), (60, "60.0", 10)]
    received = next(row for row in page.rows if "received" in str(row.title))
    assert received.cells[0] is None
    said = [str(text) for text, fault in page.versions[1].findings if fault]
    assert said == ["Anna: the areas together have 59, the whole has 60."]
    assert [str(row.title) for row in page.areas] == ["North", "South"]


def test_nobody_changes_what_an_author_gave(contested: SmallMission) -> None:
    upload(contested)
    for model in (ResultLine, ResultVersion):
        for change in (lambda model=model: model.objects.update(n=1), lambda model=model: model.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_workbook_is_taken_like_a_text_file(contested: SmallMission) -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    for line in SHEET.decode().splitlines():
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in line.split(",")])
    out = BytesIO()
    book.save(out)
    assert upload(contested, out.getvalue()).result["lines"] == 6


def test_numbers_of_stations_are_read_against_the_list_in_force(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    contested_mission(mission)
    sheet = b"line,contestant,area,station,n\nvotes,anna,A,A1,5\nvotes,anna,A,A2,6\nvotes,anna,A,,12\n"
    job = upload(mission, sheet)
    assert job.result == {"version": "final", "lines": 3, "findings": 1}
    as_of = sequenced()
    assert figure(mission, "contest.votes[area=A,contestant=anna,station=A1,version=final]", as_of).value == 5
    refused = upload(mission, sheet.replace(b"A2", b"Z9"), code="other")
    assert refused.result["problems"][0]["reason"] == "row-station"
