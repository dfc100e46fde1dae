"""The contest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import Action
from paragraph8.contest.models import ResultUpload
from paragraph8.contest.operations import add_contest, add_contestant
from paragraph8.contest.registers import write_calendar
from paragraph8.domain.contests import Election, Standing
from paragraph8.domain.text import Text

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "contest": Action.SEE_CONTEST,
    "contest_new": Action.MANAGE_CONTEST,
    "contest_edit": Action.MANAGE_CONTEST,
    "contestant_new": Action.MANAGE_CONTEST,
    "contestant": Action.SEE_CONTEST,
    "calendar": Action.SEE_CONTEST,
    "calendar_new": Action.MANAGE_CONTEST,
    "calendar_entry": Action.SEE_CONTEST,
    "voter_registers": Action.SEE_CONTEST,
    "series": Action.SEE_CONTEST,
    "results": Action.SEE_CONTEST,
    "results_new": Action.MANAGE_CONTEST,
    "results_upload": Action.SEE_CONTEST,
}
FORMS = {
    "contest_new",
    "contest_edit",
    "contestant_new",
    "contestant",
    "calendar_new",
    "calendar_entry",
    "voter_registers",
    "series",
    "results_new",
}


def addresses(pages: Pages) -> dict[str, str]:
    upload = _something_behind_each(pages)
    return {
        "contest": pages.at("contest/"),
        "contest_new": pages.at("contest/new/"),
        "contest_edit": pages.at("contest/of/president/"),
        "contestant_new": pages.at("contest/candidates/new/"),
        "contestant": pages.at("contest/candidates/of/anna/"),
        "calendar": pages.at("contest/calendar/"),
        "calendar_new": pages.at("contest/calendar/new/"),
        "calendar_entry": pages.at("contest/calendar/of/lists/"),
        "voter_registers": pages.at("contest/voters/"),
        "series": pages.at("contest/series/"),
        "results": pages.at("contest/results/"),
        "results_new": pages.at("contest/results/new/"),
        "results_upload": pages.at(f"contest/results/files/{upload}/"),
    }


def _something_behind_each(pages: Pages) -> int:
    """A contest, somebody who stands, a line of the calendar and a file on its way in, made once."""
    row = pages.mission.row
    held = ResultUpload.objects.filter(mission=row).first()
    if held:
        return held.pk
    contest = add_contest(
        mission=row, code="president", name=Text.of("President"), kind=Election.PRESIDENTIAL, by=SERVER, now=NOW
    )
    add_contestant(
        mission=row,
        contest=contest,
        code="anna",
        name=Text.of("Anna"),
        status=Standing.REGISTERED,
        source="Commission",
        by=SERVER,
        now=NOW,
    )
    write_calendar(
        mission=row,
        code="lists",
        title=Text.of("Voter lists are displayed"),
        legal_basis="Article 26",
        due_on=date(2019, 5, 25),
        source="Law",
        by=SERVER,
        now=NOW,
    )
    upload = ResultUpload.objects.create(
        mission=row,
        code="final",
        stage="final",
        author={"en": "Commission"},
        told_on=NOW.date(),
        source="Gazette",
        name="final.csv",
        sha256="ab" * 32,
    )
    return upload.pk
