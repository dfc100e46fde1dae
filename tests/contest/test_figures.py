"""Figures of the contest: as of a change, as of a day, with gaps that stay gaps, through a release that verifies."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from contest.conftest import earlier
from paragraph8.audit.queries import latest_change
from paragraph8.contest.figures import catalogue, compute
from paragraph8.contest.operations import add_contest, add_contestant, take_step
from paragraph8.contest.registers import add_voters, write_series
from paragraph8.documents.verify import verify
from paragraph8.domain.contests import Election, Measure, Standing
from paragraph8.domain.figures import Basis, Figure, Key, Kind, RefusedFigureError, figure_from_json
from paragraph8.domain.text import Text
from paragraph8.evidence.models import Freeze
from paragraph8.evidence.queries import figures
from paragraph8.publishing.models import Release
from paragraph8.publishing.operations import NotReadyError, release, store_document

RECORD = "contest.record[measure=candidates]"
FIRST = "contest.first[measure=women-candidates]"
STANDING = "contest.contestants"


def figure(mission: SmallMission, spelling: str, as_of: int | None = None) -> Figure:
    key = Key.parse(spelling)
    return compute(mission.row, [key], as_of=latest_change() if as_of is None else as_of)[key]


def known(mission: SmallMission, spelling: str) -> bool:
    return bool(compute(mission.row, [Key.parse(spelling)], as_of=latest_change()))


def test_three_were_nominated_and_two_stand_one_of_them_a_woman(contested: SmallMission) -> None:
    assert figure(contested, STANDING).value == 2
    assert figure(contested, f"{STANDING}[gender=f]").value == 1
    assert figure(contested, f"{STANDING}[ever=nominated]").value == 3
    assert figure(contested, f"{STANDING}[status=refused]").value == 1
    assert figure(contested, f"{STANDING}[day=2019-05-02]").value == 0
    assert figure(contested, f"{STANDING}[day=2019-05-02,status=nominated]").value == 3
    assert figure(contested, STANDING).basis is Basis.REGISTER
    assert figure(contested, STANDING).source == "List of nominees; Commission"


def test_a_later_step_changes_what_is_as_of_later_and_nothing_before(
    contested: SmallMission, sequenced: Callable[[], int]
) -> None:
    before = latest_change()
    boris = contested.row.contestants.get(code="boris")
    take_step(contestant=boris, status=Standing.WITHDRAWN, reason="Own wish.", source="C", by=SERVER, now=NOW)
    assert figure(contested, STANDING, before).value == 2
    assert figure(contested, STANDING, sequenced()).value == 1


def test_voters_are_those_of_the_newest_register_as_of_a_day(contested: SmallMission) -> None:
    assert figure(contested, "contest.voters").value == 1000
    assert figure(contested, "contest.voters[day=2019-05-21]").value == 900
    assert figure(contested, "contest.voters[category=abroad]").value == 40
    assert not known(contested, "contest.voters[day=2019-05-19]")


def test_deadlines_met_are_of_those_that_are_known(contested: SmallMission) -> None:
    met = figure(contested, "contest.deadlines")
    assert (met.numerator, met.denominator, met.left_out) == (1, 1, (("not-known", 1),))


@pytest.mark.parametrize(
    "spelling",
    [
        "contest.contestants[gender=w]",
        "contest.contestants[contest=nowhere]",
        "contest.contestants[day=soon]",
        "contest.contestants[ever=nominated,status=refused]",
        "contest.contestants[form=counting]",
        "contest.record[measure=rain]",
        "contest.record",
        "contest.votes[contestant=anna]",
        "contest.votes[contestant=anna,version=final]",
        "contest.turnout[version=final]",
        "contest.voters[category=martians]",
        "contest.weather",
    ],
)
def test_a_misspelt_key_is_unknown_and_no_zero(contested: SmallMission, spelling: str) -> None:
    assert not known(contested, spelling)


def test_without_a_series_a_claim_is_refused_and_not_offered(contested: SmallMission) -> None:
    for spelling in (RECORD, FIRST):
        with pytest.raises(RefusedFigureError) as refused:
            figure(contested, spelling)
        assert (refused.value.reason, refused.value.keys) == ("no-series", (Key.parse(spelling),))
    assert Key.parse(RECORD) not in {spec.key for spec in catalogue(contested.row)}


def test_with_a_complete_series_a_claim_is_computed_and_names_what_it_rests_on(
    contested: SmallMission, sequenced: Callable[[], int]
) -> None:
    earlier(contested, Measure.CANDIDATES, 1, 1)
    earlier(contested, Measure.WOMEN, 0, 0)
    sequenced()
    record, first = figure(contested, RECORD), figure(contested, FIRST)
    assert (record.kind, record.value, first.value) == (Kind.YES_NO, 1, 1)
    assert record.inputs == (Key.parse(STANDING),)
    assert first.inputs == (Key.parse(f"{STANDING}[gender=f]"),)
    assert record.title.languages() == {"en", "kk", "ru"}
    assert figure_from_json(record.to_json()) == record
    assert {RECORD, FIRST} <= {str(spec.key) for spec in catalogue(contested.row)}


def test_an_incomplete_series_is_a_gap_even_where_the_numbers_would_do(
    contested: SmallMission, sequenced: Callable[[], int]
) -> None:
    earlier(contested, Measure.CANDIDATES, 1, 1, complete=False)
    sequenced()
    with pytest.raises(RefusedFigureError):
        figure(contested, RECORD)


def test_an_election_whose_number_becomes_unknown_opens_the_gap_again(
    contested: SmallMission, sequenced: Callable[[], int]
) -> None:
    earlier(contested, Measure.CANDIDATES, 1, 1)
    before = sequenced()
    write_series(
        mission=contested.row,
        measure=Measure.CANDIDATES,
        election=date(2005, 12, 4),
        n=None,
        source="Doubt",
        by=SERVER,
        now=NOW,
    )
    after = sequenced()
    assert figure(contested, RECORD, before).value == 1
    with pytest.raises(RefusedFigureError):
        figure(contested, RECORD, after)


def test_a_record_of_voters_is_counted_in_voters(contested: SmallMission, sequenced: Callable[[], int]) -> None:
    earlier(contested, Measure.VOTERS, 800, 1000)
    sequenced()
    record = figure(contested, "contest.record[measure=registered-voters]")
    assert (record.value, record.unit.value, str(record.inputs[0])) == (0, "voter", "contest.voters")
    add_voters(mission=contested.row, n=1001, day=date(2019, 6, 9), source="C", by=SERVER, now=NOW)
    sequenced()
    assert figure(contested, "contest.record[measure=registered-voters]").value == 1


def test_several_contests_are_counted_apart(contested: SmallMission, sequenced: Callable[[], int]) -> None:
    mayor = add_contest(
        mission=contested.row, code="mayor", name=Text.of("Mayor"), kind=Election.LOCAL, by=SERVER, now=NOW
    )
    add_contestant(
        mission=contested.row,
        contest=mayor,
        code="dora",
        name=Text.of("Dora"),
        status=Standing.REGISTERED,
        gender="f",
        source="Commission",
        by=SERVER,
        now=NOW,
    )
    sequenced()
    assert figure(contested, f"{STANDING}[contest=mayor]").value == 1
    assert figure(contested, f"{STANDING}[contest=president]").value == 2
    assert "Mayor" in str(figure(contested, f"{STANDING}[contest=mayor]").title)
    assert f"{STANDING}[contest=mayor]" in {str(spec.key) for spec in catalogue(contested.row)}


def test_all_that_is_offered_is_computed(contested: SmallMission, sequenced: Callable[[], int]) -> None:
    earlier(contested, Measure.CANDIDATES, 1, 1)
    as_of = sequenced()
    keys = [spec.key for spec in catalogue(contested.row)]
    assert len(keys) > 8
    found = figures(contested.row, keys, as_of=as_of, viewer=SERVER)
    assert found.keys() == set(keys)
    assert all(found[spec.key].title == spec.title for spec in catalogue(contested.row))


# Through a release

TEXTS = {
    "en": f"There were {{{STANDING}:x|candidate}}, {{{RECORD}:if|a record number}}, "
    f"and {{{FIRST}:if|for the first time}} a woman.",
    "kk": f"Сайлауға {{{STANDING}:x|candidate}} түсті, {{{RECORD}:if|бұл – рекордтық сан}}, {{{FIRST}:if|тұңғыш рет}} "
    "әйел де бар.",
    "ru": f"На выборы {{{STANDING}:x|шел/шли/шло}} {{{STANDING}:x|candidate}}, {{{RECORD}:if|рекордное число}}, и "
    f"{{{FIRST}:if|впервые}} среди них женщина.",
}


def statement(texts: dict[str, str]) -> dict[str, Any]:
    return {
        "code": "statement",
        "kind": "statement",
        "title": {"en": "Statement", "kk": "Мәлімдеме", "ru": "Заявление"},
        "sections": [
            {
                "code": "candidates",
                "title": {"en": "Candidates", "kk": "Кандидаттар", "ru": "Кандидаты"},
                "paragraphs": [{"sentences": [{"id": "s-1", "texts": texts}]}],
            }
        ],
    }


def released(mission: SmallMission, target: Path, texts: dict[str, str] | None = None) -> Release:
    store_document(mission=mission.row, document=statement(texts or TEXTS), by=SERVER, now=NOW)
    return release(mission=mission.row, by=SERVER, now=NOW, target=target)


@pytest.fixture
def backed(contested: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    earlier(contested, Measure.CANDIDATES, 1, 1)
    earlier(contested, Measure.WOMEN, 0, 0)
    sequenced()
    return contested


def test_a_claim_that_holds_is_released_and_both_folders_verify(backed: SmallMission, tmp_path: Path) -> None:
    made = released(backed, tmp_path)
    for part in ("sealed", "public"):
        verdict = verify(Path(made.folder) / part)
        assert verdict.ok, [str(line) for line in verdict.lines]
    sealed = {line.subject: line for line in verify(Path(made.folder) / "sealed").lines}
    assert sealed[f"figure {RECORD}"].reason.startswith("yes from 4 rows")
    public = Path(made.folder) / "public"
    page = (public / "statement.en.html").read_text()
    assert "a record number" in page
    assert "Is it so?" in page
    rows = (public / "figures.csv").read_text().splitlines()
    assert any(row.startswith(f"{RECORD},") and ",yes-no,yes," in row for row in rows)


def test_the_figures_that_a_claim_rests_on_are_frozen_with_it(backed: SmallMission, tmp_path: Path) -> None:
    made = released(backed, tmp_path)
    frozen = {item["key"] for item in json.loads(Freeze.objects.get(pk=made.freeze_id).figures)}
    assert {RECORD, FIRST, STANDING, f"{STANDING}[gender=f]"} <= frozen


def test_a_claim_that_does_not_hold_blocks_the_release(
    contested: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    earlier(contested, Measure.CANDIDATES, 1, 2)
    earlier(contested, Measure.WOMEN, 0, 0)
    sequenced()
    with pytest.raises(NotReadyError) as refused:
        released(contested, tmp_path)
    assert len(refused.value.blocked) == 3, "once in each language"
    assert "its answer is no" in str(refused.value.blocked[0].reason)
    assert not list(tmp_path.iterdir())


def test_a_claim_without_a_series_blocks_the_release(contested: SmallMission, tmp_path: Path) -> None:
    with pytest.raises(NotReadyError):
        released(contested, tmp_path)


def test_a_forged_current_number_is_found_by_the_figure_that_it_repeats(backed: SmallMission, tmp_path: Path) -> None:
    from paragraph8.documents.found import files_of, read
    from paragraph8.documents.recomputation import check_recomputation

    made = released(backed, tmp_path)
    files, _ = files_of(Path(made.folder) / "sealed")
    name = "rows/series.candidates.jsonl"
    assert name in files
    forged = {**files, name: files[name].replace(b'"n":2', b'"n":9')}
    lines = list(check_recomputation(read(forged, "signer")))
    said = next(line for line in lines if line.subject == f"figure {RECORD}")
    assert "its row current says 9, contest.contestants says 2" in said.reason
