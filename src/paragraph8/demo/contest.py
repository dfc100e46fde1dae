"""The contest of the reference mission, written through the contest room: every row names its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from paragraph8.accounts.permissions import Viewer
from paragraph8.contest.operations import add_contest, add_contestant, take_step
from paragraph8.contest.registers import add_voters, claim_span, write_calendar, write_series
from paragraph8.contest.results import upload_results
from paragraph8.domain.contests import Election, Measure, ResultStage, Standing, Voters
from paragraph8.domain.text import Text
from paragraph8.jobs.operations import perform
from paragraph8.missions.models import Contestant, Mission

from .data import read_toml, sources
from .facts import Reference

INCUMBENT = "tokayev"
OFFICE = Text.of({"en": "President", "kk": "Президент", "ru": "Президент"})


def write_contest(*, mission: Mission, facts: Reference, by: Viewer, now: datetime) -> None:
    """Who stands and how far each has come, the calendar, voter registers and earlier elections."""
    data = read_toml("series.toml")
    said = data["contest"]
    add_contest(
        mission=mission,
        code=said["code"],
        name=Text.of(said["name"]),
        kind=Election(said["kind"]),
        early=said["early"],
        round=said["round"],
        held_on=said["held_on"],
        source=_source(said["source"]),
        by=by,
        now=now,
    )
    _write_contestants(mission, facts, data, by, now)
    _write_series(mission, data["series"], by, now)
    write_down(mission=mission, facts=facts, by=by, now=now)


def write_down(*, mission: Mission, facts: Reference, by: Viewer, now: datetime, since: datetime | None = None) -> None:
    """What happened by now, and after `since`: lines of the calendar, and totals of voter registers."""

    def passed(day: date) -> bool:
        return day <= now.date() and (since is None or day > since.date())

    for number, event in enumerate(facts.calendar, start=1):
        if passed(event.day):
            write_calendar(
                mission=mission,
                code=f"day-{number:02d}",
                title=event.title,
                source=_source(event.source),
                happened_on=event.day,
                by=by,
                now=now,
            )
    for row in read_toml("series.toml")["voters"]:
        if passed(row["day"]):
            add_voters(
                mission=mission,
                n=row["n"],
                day=row["day"],
                category=Voters(row.get("category", Voters.ALL)),
                source=_source(row["source"]),
                by=by,
                now=now,
            )


def write_results(*, mission: Mission, by: Viewer, until: datetime) -> None:
    """The versions of the results that were told on days before that moment and are not there yet."""
    held = set(mission.result_versions.values_list("code", flat=True))
    contest = mission.contests.get()
    for version in read_toml("series.toml")["results"]:
        if version["code"] in held or version["told_on"] > until.date():
            continue
        _upload, job = upload_results(
            mission=mission,
            name=f"{version['code']}.csv",
            data=version["lines"].strip().encode(),
            code=version["code"],
            stage=ResultStage(version["stage"]),
            author=Text.of(version["author"]),
            told_on=version["told_on"],
            source="; ".join(_source(key) for key in version["sources"]),
            contest=contest,
            by=by,
            now=until,
        )
        perform(job)


def _write_contestants(mission: Mission, facts: Reference, data: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    on_ballot = {each.code: (each.name, each.nominator, each.gender) for each in facts.contestants}
    others = {
        each["code"]: (Text.of(each["name"]), Text.of(each["nominator"]), each["gender"])
        for each in data["contestants"]
    }
    people = on_ballot | others
    contest, made = mission.contests.get(), dict[str, Contestant]()
    for step in data["steps"]:
        status, source, day = Standing(step["status"]), _source(step["source"]), step.get("day")
        for code in step["contestants"]:
            if code in made:
                reason = step.get("reason", "")
                take_step(contestant=made[code], status=status, source=source, day=day, reason=reason, by=by, now=now)
                continue
            name, nominator, gender = people[code]
            made[code] = add_contestant(
                mission=mission,
                code=code,
                name=name,
                status=status,
                source=source,
                contest=contest,
                day=day,
                gender=gender,
                nominator=nominator,
                incumbent=OFFICE if code == INCUMBENT else None,
                spellings=data["spellings"].get(code, ()),
                by=by,
                now=now,
            )


def _write_series(mission: Mission, series: Iterable[Mapping[str, Any]], by: Viewer, now: datetime) -> None:
    for each in series:
        measure = Measure(each["measure"])
        for row in each["rows"]:
            write_series(
                mission=mission,
                measure=measure,
                election=row["election"],
                n=row.get("n"),
                early=row["early"],
                source=_source(row["source"]),
                by=by,
                now=now,
            )
        claim_span(
            mission=mission,
            measure=measure,
            since=each["since"],
            complete=each["complete"],
            source=_source(each["source"]),
            by=by,
            now=now,
        )


def _source(key: str) -> str:
    """The title of a source; the contest's own file names those that the texts do not need."""
    own = {name: Text.of(title) for name, title in read_toml("series.toml")["sources"].items()}
    return str({**sources(), **own}[key])
