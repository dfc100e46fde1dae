"""Figures fixed under a name: what is refused, what never changes, what differs between two."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.domain.canonical import digest
from paragraph8.domain.figures import Audience, Key
from paragraph8.evidence.comparison import compare, compare_rows, says_the_same
from paragraph8.evidence.freezes import Opened, UnknownFreezeError, file_of, freeze_of, freezes_of
from paragraph8.evidence.freezing import RefusedFreezeError, ask, make
from paragraph8.evidence.models import Freeze, FreezeRequest
from paragraph8.evidence.operations import freeze
from paragraph8.evidence.queries import catalogue
from paragraph8.jobs.models import Job, State
from paragraph8.jobs.operations import JobRefusedError, perform
from paragraph8.review.operations import correct

BAD = Key.parse("eday.answer[answer=bad+very-bad,form=counting,question=C02]")
ALL = Key.parse("eday.observations[form=counting]")
PROJECTION = Key.parse("eday.answer[answer=1,form=counting,question=C04]")
ANALYST = Role.ANALYST


@pytest.fixture
def night(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    """Two reports from the north."""
    for station in ("A1", "A2"):
        mission.send(mission.body(station))
    sequenced()
    return mission


def asked(mission: SmallMission, name: str = "Tables of 9", *, keys: list[Key] | None = None, **changes: object) -> Job:
    facts = {"purpose": "first tables", "by": mission.viewer(ANALYST), "now": NOW, **changes}
    return ask(mission=mission.row, name=name, keys=keys if keys is not None else [BAD, ALL], **facts)


def made(mission: SmallMission, name: str = "Tables of 9", **facts: object) -> Opened:
    job = asked(mission, name, **facts)
    perform(job)
    job.refresh_from_db()
    assert job.state == State.DONE
    return freeze_of(mission.row, job.result["freeze"], viewer=mission.viewer(ANALYST))


def everything(mission: SmallMission) -> list[Key]:
    return [spec.key for spec in catalogue(mission.row, viewer=SERVER)]


def test_a_freeze_has_a_name_a_purpose_and_a_digest_that_holds(night: SmallMission) -> None:
    opened = made(night)
    assert (opened.row.request.name, opened.row.request.purpose) == ("Tables of 9", "first tables")
    assert opened.row.author == "analyst"
    assert opened.holds
    opened.row.figures = opened.row.figures.replace('"numerator":0', '"numerator":1')
    assert not Opened(opened.row, opened.figures, 0).holds


def test_a_later_report_never_changes_a_freeze(night: SmallMission, sequenced: Callable[[], int]) -> None:
    before = made(night)
    night.send(night.body("B1", answers={"C02": "bad"}), team="T2")
    sequenced()
    again = freeze_of(night.row, before.row.pk, viewer=night.viewer(ANALYST))
    assert again.row.digest == before.row.digest
    assert again.figures == before.figures
    assert again.figures[ALL].value == 2
    assert made(night, "Tables of 11").figures[ALL].value == 3


def test_a_freeze_of_an_earlier_change_is_what_a_freeze_made_then_would_have_been(
    night: SmallMission, sequenced: Callable[[], int]
) -> None:
    then = made(night)
    night.send(night.body("B1", answers={"C02": "bad"}), team="T2")
    sequenced()
    later = made(night, "The same, looked at later", as_of=then.row.change_id)
    assert later.row.digest == then.row.digest


def test_two_freezes_differ_figure_by_figure_and_the_rest_is_counted(
    night: SmallMission, sequenced: Callable[[], int]
) -> None:
    before = made(night, keys=everything(night))
    night.send(night.body("B1", answers={"C02": "bad"}), team="T2")
    sequenced()
    after = made(night, "Tables of 11", keys=everything(night))
    compared = compare(before.figures, after.figures)
    by_key = {each.key: each for each in compared.differences}
    changed = by_key[BAD]
    assert (changed.before.numerator, changed.before.denominator) == (0, 2)
    assert (changed.after.numerator, changed.after.denominator) == (1, 3)
    assert compared.unchanged == len(before.figures) - len(compared.differences)
    assert compare(before.figures, before.figures).differences == ()


def test_a_figure_that_only_one_freeze_has_is_a_difference(night: SmallMission) -> None:
    few, more = made(night, keys=[ALL]), made(night, "More", keys=[ALL, BAD])
    (only,) = compare(few.figures, more.figures).differences
    assert (only.key, only.before, only.figure) == (BAD, None, more.figures[BAD])


def test_the_change_and_the_rows_alone_are_no_difference_but_another_method_is(night: SmallMission) -> None:
    figure = made(night).figures[BAD]
    assert says_the_same(figure, replace(figure, as_of=99, rows=None))
    assert not says_the_same(figure, replace(figure, method="answer@2"))
    assert not says_the_same(figure, None)


def test_rows_that_came_and_changed_are_counted_and_named_for_who_may_see_them(
    night: SmallMission, sequenced: Callable[[], int]
) -> None:
    before = made(night)
    report = night.row.reports.order_by("pk").first()
    uid = night.send(night.body("B1"), team="T2").sent.id
    correct(report=report, kind="answer", question="C02", value="bad", reason="Misread.", by=SERVER, now=NOW)
    sequenced()
    after = made(night, "Tables of 11")
    (rows,) = compare_rows(night.row, before, after, viewer=night.viewer(ANALYST))
    assert (rows.form, rows.added, rows.removed, rows.changed) == ("counting", 1, 0, 1)
    assert rows.reports_added == (str(uid),)
    assert rows.reports_changed == (str(report.uid),)
    with pytest.raises(NotAllowedError):
        compare_rows(night.row, before, after, viewer=night.viewer(Role.READER))
    own = compare_rows(night.row, before, after, viewer=night.viewer(Role.OBSERVER, "T2"))
    assert [(each.added, each.changed) for each in own] == [(1, 0)]
    assert compare_rows(night.row, before, before, viewer=night.viewer(ANALYST)) == []


def test_a_name_stands_for_one_freeze(night: SmallMission) -> None:
    waiting = asked(night)
    made(night)
    with pytest.raises(RefusedFreezeError, match="name-taken"):
        asked(night)
    perform(waiting)
    waiting.refresh_from_db()
    assert waiting.state == State.REFUSED
    assert "name" in waiting.result["text"]["en"]


@pytest.mark.parametrize(
    ("as_of", "keys", "reason"), [(10**6, [ALL], "not-yet"), (0, [ALL], "not-yet"), (None, [], "no-figures")]
)
def test_what_cannot_be_fixed_is_refused_and_nothing_is_written(
    night: SmallMission, as_of: int | None, keys: list[Key], reason: str
) -> None:
    n = LogEntry.objects.count()
    with pytest.raises(RefusedFreezeError, match=reason):
        asked(night, keys=keys, as_of=as_of)
    assert (LogEntry.objects.count(), FreezeRequest.objects.count(), Job.objects.count()) == (n, 0, 0)


def test_a_mission_in_which_nothing_has_happened_has_nothing_to_fix(mission: SmallMission) -> None:
    with pytest.raises(RefusedFreezeError, match="nothing-happened"):
        asked(mission)


def test_refused_figures_are_left_out_and_counted(night: SmallMission) -> None:
    job = asked(night, keys=[ALL, PROJECTION, Key.parse("eday.nothing")])
    perform(job)
    job.refresh_from_db()
    assert job.result["refused"] == 2
    assert set(freeze_of(night.row, job.result["freeze"], viewer=SERVER).figures) == {ALL}
    job = asked(night, "Only refused", keys=[PROJECTION])
    with pytest.raises(JobRefusedError):
        make(job, lambda _done, _total: None)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_freeze_is_what_the_table_says(night: SmallMission, role: Role) -> None:
    team = "T1" if role in (Role.OBSERVER, Role.LONG_TERM) else ""
    allowed = role in (Role.ADMINISTRATOR, Role.HEAD, Role.ANALYST, Role.STATISTICIAN)
    if allowed:
        assert asked(night, by=night.viewer(role, team))
    else:
        with pytest.raises(NotAllowedError):
            asked(night, by=night.viewer(role, team))


def test_a_freeze_of_another_mission_is_unknown(night: SmallMission) -> None:
    opened = made(night)
    with pytest.raises(UnknownFreezeError):
        freeze_of(night.row, opened.row.pk + 1, viewer=SERVER)
    with pytest.raises(NotAllowedError):
        freezes_of(night.row, viewer=Viewer("nobody"))


def test_the_file_lets_a_stranger_compute_the_digest_and_holds_no_salt(night: SmallMission) -> None:
    opened = made(night, keys=everything(night))
    file = json.loads(file_of(opened, viewer=night.viewer(ANALYST)))
    body = {"change": file["change"], "figures": digest(file["figures"]), "texts": file["texts"]}
    assert digest(body) == file["digest"] == opened.row.digest
    assert bytes(opened.row.secret).hex() not in json.dumps(file)
    assert file["mission"]["origin"] == "simulated"


def test_spreads_stay_with_the_analysts(night: SmallMission) -> None:
    pk = made(night, keys=everything(night)).row.pk
    seen = freeze_of(night.row, pk, viewer=night.viewer(Role.READER))
    assert seen.hidden == 1
    assert all(figure.audience is Audience.PUBLIC for figure in seen.figures.values())


def test_a_freeze_by_release_has_no_name(night: SmallMission) -> None:
    freeze(mission=night.row, keys=[ALL], texts={}, as_of=1, by=SERVER, now=NOW)
    assert Freeze.objects.get().request is None
