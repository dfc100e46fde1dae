"""From reports to releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "mission": Action.SEE_MISSION,
    "election_day": Action.SEE_FIGURES,
    "election_coverage": Action.SEE_FIGURES,
    "election_day_tables": Action.SEE_FIGURES,
    "election_day_table": Action.SEE_FIGURES,
    "figure": Action.SEE_FIGURES,
    "rehearsal": Action.SEE_DEPLOYMENT,
    "reports": Action.SEE_REPORTS,
    "report": Action.SEE_REPORTS,
    "statements": Action.SEE_STATEMENT,
    "statement": Action.SEE_STATEMENT,
    "releases": Action.SEE_STATEMENT,
    "log": Action.SEE_LOG,
}
FORMS = {"rehearsal", "report", "statement"}


def addresses(pages: Pages) -> dict[str, str]:
    return {
        "mission": pages.at(),
        "election_day": pages.at("election-day/"),
        "election_coverage": pages.at("election-day/coverage/"),
        "election_day_tables": pages.at("election-day/tables/"),
        "election_day_table": pages.at("election-day/tables/csv"),
        "figure": pages.at(f"figures/{pages.figure}/"),
        "rehearsal": pages.at("rehearsal/"),
        "reports": pages.at("reports/"),
        "report": pages.at(f"reports/{pages.uids['T1']}/"),
        "statements": pages.at("statement/"),
        "statement": pages.at("statement/statement/"),
        "releases": pages.at("releases/"),
        "log": pages.at("log/"),
    }
