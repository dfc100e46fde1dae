"""What a rehearsal has brought: reports by form and by team, and the teams that have sent nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.capture.models import Report
from paragraph8.domain.forms import Form
from paragraph8.domain.missions import Subject
from paragraph8.missions.models import Mission, Team
from paragraph8.missions.queries import latest_forms, teams_seen

from .models import Reading


@dataclass(frozen=True)
class OfForm:
    """Reports by one form; `form` is `None` for what could not be read or names a form that there is not."""

    form: Form | None
    reports: int


@dataclass(frozen=True)
class OfTeam:
    """What one team has sent."""

    team: Team
    reports: int
    last: datetime | None


@dataclass(frozen=True, kw_only=True)
class Practice:
    """The rehearsal that goes on, or the last one: `since` is empty where there was none. `unread` wait for the worker,
    `teamless` came from a desk."""

    since: datetime | None
    rehearsing: bool
    reports: int
    unread: int
    teamless: int
    forms: tuple[OfForm, ...]
    teams: tuple[OfTeam, ...]

    @property
    def silent(self) -> tuple[Team, ...]:
        """Teams that have sent nothing."""
        return tuple(row.team for row in self.teams if not row.reports)


def practice(mission: Mission, *, as_of: int, viewer: Viewer, now: datetime) -> Practice:
    """The newest rehearsal as of the change, as far as the viewer may see teams. Raises `NotAllowedError`."""
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_DEPLOYMENT, subject=Subject.REPORTS)
    started = LogEntry.objects.filter(mission_id=mission.pk, kind="rehearsal.started").order_by("-pk").first()
    since = started.at if started else None
    reports = Report.objects.filter(seen.where("team"), mission=mission, rehearsal=True)
    if since:
        reports = reports.filter(received_at__gte=since)
    by_team = reports.order_by().values_list("team_id").annotate(Count("pk"), Max("received_at"))
    sent = Counter({team_id: n for team_id, n, _ in by_team})
    last = {team_id: received for team_id, _, received in by_team}
    teams = mission.teams.filter(dissolved_at=None).order_by("code")
    if seen.ids is not None:
        teams = teams.filter(pk__in=seen.ids)
    return Practice(
        since=since,
        rehearsing=mission.rehearses(now),
        reports=sum(sent.values()),
        unread=reports.filter(entry__unsequenced__isnull=False).count(),
        teamless=sent[None],
        forms=_by_form(mission, reports, as_of),
        teams=tuple(OfTeam(team, sent[team.pk], last.get(team.pk)) for team in teams),
    )


def _by_form(mission: Mission, reports: QuerySet[Report], as_of: int) -> tuple[OfForm, ...]:
    """Every form of the mission, those that nobody has sent as well, and last what is of no form."""
    newest = (
        Reading.objects.filter(report__in=reports, change_id__lte=as_of)
        .values("report_id")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    counts = Counter(Reading.objects.filter(pk__in=newest).values_list("form_code", flat=True))
    forms = latest_forms(mission)
    rows = [OfForm(form, counts[code]) for code, form in forms.items()]
    other = sum(n for code, n in counts.items() if code not in forms)
    return (*rows, OfForm(None, other)) if other else tuple(rows)
