"""What reports say: readings per change, problems, corrections with author and reason."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from conftest import NOW, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role, command
from paragraph8.capture.models import Report
from paragraph8.domain.figures import Key
from paragraph8.eday.figures import compute
from paragraph8.review.models import Reading
from paragraph8.review.operations import RefusedCorrectionError, correct
from paragraph8.review.queries import UnknownReportError, current, problem_counts, report_file

Sequenced = Callable[[], int]
SERVER = command("test")
SHOWN = Key.of("eday", "answer", form="counting", question="C01", answer="no")


def problems(mission: SmallMission, as_of: int) -> dict[str, int]:
    return {count.code: count.reports for count in problem_counts(mission.row, as_of=as_of, viewer=SERVER)}


def test_a_report_is_read_once_it_has_a_change_number(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body())
    assert not Reading.objects.exists()
    as_of = sequenced()
    reading = current(mission.row, as_of=as_of, viewer=SERVER).get()
    assert json.loads(reading.answers) == {"C01": "yes", "C02": "good", "C03": 900, "C04": 700}
    assert reading.station.key == "A1"


def test_free_text_stays_in_the_bytes_and_never_in_a_reading(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body(answers={"C05": "the chair was Mr X", "C01": "no"}))
    sequenced()
    assert "Mr X" not in Reading.objects.get().answers


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"form": "unheard-of"}, "unknown-form"),
        ({"version": "99"}, "unknown-version"),
        ({"station": "Z9"}, "unknown-station"),
        ({"answers": {"C01": "perhaps"}}, "unknown-answer"),
        ({"answers": {"C03": "many"}}, "not-a-number"),
        ({"answers": {"C99": "yes"}}, "unknown-question"),
        ({"answers": [1]}, "wrong-type"),
        ({"answers": {"C03": 900, "C04": 901}}, "above"),
    ],
)
def test_a_bad_report_is_kept_flagged_and_counted_nowhere_it_cannot_be(
    mission: SmallMission, sequenced: Sequenced, changes: dict[str, object], code: str
) -> None:
    mission.send(mission.body(**changes))
    as_of = sequenced()
    assert code in problems(mission, as_of), problems(mission, as_of)
    assert Report.objects.count() == 1


def test_a_correction_adds_a_reading_and_leaves_the_bytes_and_the_past(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body(answers={"C01": "no"}))
    before = sequenced()
    report = Report.objects.get()
    bytes_before = bytes(report.body)
    correct(
        report=report, kind="answer", question="C01", value="yes", reason="The team telephoned.", by=SERVER, now=NOW
    )
    after = sequenced()
    figures = [compute(mission.row, [SHOWN], as_of=as_of)[SHOWN] for as_of in (before, after)]
    assert [figure.numerator for figure in figures] == [1, 0]
    report.refresh_from_db()
    assert bytes(report.body) == bytes_before


@pytest.mark.parametrize(
    ("kind", "question", "value", "reason"),
    [
        ("answer", "C01", "yes", "  "),
        ("answer", "C99", "yes", "why"),
        ("answer", "C01", "perhaps", "why"),
        ("answer", "C03", "many", "why"),
        ("station", "", "Z9", "why"),
    ],
)
def test_a_correction_that_fits_nothing_is_refused_in_three_languages(
    mission: SmallMission, sequenced: Sequenced, kind: str, question: str, value: str, reason: str
) -> None:
    mission.send(mission.body())
    sequenced()
    with pytest.raises(RefusedCorrectionError) as refused:
        correct(
            report=Report.objects.get(), kind=kind, question=question, value=value, reason=reason, by=SERVER, now=NOW
        )
    assert refused.value.text.languages() == {"en", "kk", "ru"}
    assert not Report.objects.get().corrections.exists()


def test_a_report_set_aside_stays_in_the_population_with_its_reason(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body(answers={"C01": "no"}))
    mission.send(mission.body("A2", answers={"C01": "no"}))
    sequenced()
    correct(report=Report.objects.first(), kind="set-aside", value=True, reason="Test.", by=SERVER, now=NOW)
    figure = compute(mission.row, [SHOWN], as_of=sequenced())[SHOWN]
    assert (figure.numerator, figure.denominator, dict(figure.left_out)) == (1, 1, {"set-aside": 1})


def test_attaching_to_a_station_moves_the_report_and_its_station_s_checks(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body("A1"), team="T1")
    mission.send(mission.body("A1", answers={"C01": "no"}), team="T2")
    as_of = sequenced()
    assert problems(mission, as_of)["several-forms"] == 2
    report = Report.objects.order_by("pk").last()
    correct(report=report, kind="station", value="B1", reason="Wrong code.", by=SERVER, now=NOW)
    later = sequenced()
    assert "several-forms" not in problems(mission, later)
    assert problems(mission, as_of)["several-forms"] == 2


def test_a_report_that_was_moved_stays_where_it_is_when_another_comes_to_its_first_station(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body("A1"))
    sequenced()
    moved = mission.row.reports.get()
    correct(report=moved, kind="station", value="B1", reason="Wrong code.", by=SERVER, now=NOW)
    sequenced()
    mission.send(mission.body("A1"))
    sequenced()
    assert [reading.station_key for reading in moved.readings.order_by("pk")] == ["A1", "B1"]


def test_a_second_report_at_a_station_flags_the_first_one_too(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body("A1"), team="T1")
    first = sequenced()
    assert "several-forms" not in problems(mission, first)
    mission.send(mission.body("A1", answers={"C01": "no"}), team="T2")
    assert problems(mission, sequenced())["several-forms"] == 2
    assert "several-forms" not in problems(mission, first)


def test_a_conflict_is_flagged_on_the_report_that_was_kept(mission: SmallMission, sequenced: Sequenced) -> None:
    identifier = str(uuid.uuid4())
    mission.send(mission.body(id=identifier))
    mission.send(mission.body(id=identifier, answers={}))
    assert problems(mission, sequenced())["same-id-other-content"] == 1


def test_a_conflict_that_comes_later_is_flagged_too(mission: SmallMission, sequenced: Sequenced) -> None:
    identifier = str(uuid.uuid4())
    mission.send(mission.body(id=identifier))
    assert "same-id-other-content" not in problems(mission, sequenced())
    mission.send(mission.body(id=identifier, answers={}))
    assert problems(mission, sequenced())["same-id-other-content"] == 1


def test_an_observer_sees_the_own_team_s_reports_and_no_others(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body("A1"), team="T1")
    mission.send(mission.body("B1"), team="T2")
    as_of = sequenced()
    observer = mission.viewer(Role.OBSERVER, team="T1")
    assert [r.station_key for r in current(mission.row, as_of=as_of, viewer=observer)] == ["A1"]
    other = Report.objects.get(team=mission.teams["T2"])
    with pytest.raises(UnknownReportError):
        report_file(mission.row, str(other.uid), viewer=observer, as_of=as_of)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.READER])
def test_who_may_not_correct_is_refused(mission: SmallMission, sequenced: Sequenced, role: Role) -> None:
    mission.send(mission.body())
    sequenced()
    with pytest.raises(NotAllowedError):
        correct(
            report=Report.objects.get(),
            kind="set-aside",
            value=True,
            reason="x",
            by=mission.viewer(role, team="T1"),
            now=NOW,
        )


def test_readings_stay_what_they_were_however_much_comes_later(mission: SmallMission, sequenced: Sequenced) -> None:
    views = []
    for n in range(6):
        mission.send(mission.body("A1" if n % 2 else "B2", answers={"C01": "no"}), now=NOW + timedelta(minutes=n))
        as_of = sequenced()
        views.append((as_of, compute(mission.row, [SHOWN], as_of=as_of)[SHOWN]))
    for as_of, figure in views:
        assert compute(mission.row, [SHOWN], as_of=as_of)[SHOWN] == figure


def test_a_report_and_its_correction_sequenced_together_are_two_views(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body(answers={"C01": "no"}))
    first = sequenced()
    mission.send(mission.body("B1", answers={"C01": "no"}))
    report = Report.objects.order_by("pk").last()
    correct(report=report, kind="set-aside", value=True, reason="Test.", by=SERVER, now=NOW)
    last = sequenced()
    counts = [compute(mission.row, [SHOWN], as_of=n)[SHOWN].numerator for n in (first, first + 1, last)]
    assert (last, counts) == (first + 2, [1, 2, 1])


def test_a_report_on_which_the_software_fails_holds_nothing_up(
    mission: SmallMission, sequenced: Sequenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paragraph8.review import reading

    bad = mission.send(mission.body("A1"))
    mission.send(mission.body("A2", answers={"C01": "no"}))
    checked = reading.check_report

    def failing(seen: object) -> object:
        if seen.row == str(bad.sent.id):
            raise ZeroDivisionError
        return checked(seen)

    monkeypatch.setattr(reading, "check_report", failing)
    as_of = sequenced()
    assert problems(mission, as_of)["not-read"] == 1
    figure = compute(mission.row, [SHOWN], as_of=as_of)[SHOWN]
    assert (figure.numerator, figure.denominator) == (1, 1)
