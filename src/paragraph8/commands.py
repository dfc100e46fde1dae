"""What each command of `p8` does: a few lines over the room that does the work."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paragraph8.accounts.permissions import Viewer
    from paragraph8.missions.models import Mission, Team


MOST_PACE = 600
"""Minutes of the day in a minute; more than a server can read in time is no replay."""


class RefusedError(Exception):
    """The command cannot be done; the message says why and what to do."""


def demo(options: argparse.Namespace) -> int:
    """Make the reference mission, release it, verify it, and serve it; or play its day again while serving."""
    if options.replay:
        return _replay(options)
    _open()
    from paragraph8.demo.mission import DemoFailedError, build

    try:
        build(seed=options.seed, say=_say)
    except DemoFailedError as error:
        raise RefusedError(str(error)) from error
    return 0 if options.no_serve else serve(argparse.Namespace(host="127.0.0.1", port=options.port))


def _replay(options: argparse.Namespace) -> int:
    """Serve, and let the simulated day come in."""
    if options.no_serve:
        raise RefusedError("A replay is sent to the running server: leave --no-serve out.")
    if not 1 <= options.pace <= MOST_PACE:
        raise RefusedError(f"--pace is from 1 (as on the day) to {MOST_PACE} minutes of the day in a minute.")
    _open()
    from paragraph8.demo.replay import prepare_replay
    from paragraph8.serving import serve as run

    replay, stop = prepare_replay(seed=options.seed, say=_say), threading.Event()
    sending = {"port": options.port, "pace": options.pace, "say": _say, "stop": stop}
    threading.Thread(target=replay.run, kwargs=sending, daemon=True).start()
    try:
        return run(host="127.0.0.1", port=options.port, say=_say, environment={"P8_SIMULATED_CLOCK": "1"})
    finally:
        stop.set()


def test(options: argparse.Namespace) -> int:
    """Run the stages of the tests in this process's place, so that an interrupt reaches the servers they started."""
    stages = Path(__file__).parents[2] / "tests" / "stages.py"
    if not stages.exists():
        raise RefusedError("The tests stand in the source checkout; this is an installed copy.")
    os.execv(sys.executable, [sys.executable, str(stages), *options.stages])  # noqa: S606 - no shell wanted
    return 1


def serve(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    _open()
    from paragraph8.serving import serve as run

    return run(host=options.host, port=options.port, say=_say)


def work(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    """Work through what comes in until interrupted."""
    _open()
    from paragraph8.serving import work as run

    return run(say=_say)


def jobs(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    """Do the jobs that people start from pages until interrupted."""
    _open()
    from paragraph8.serving import jobs as run

    return run(say=_say)


def missions(options: argparse.Namespace) -> int:
    """List the missions."""
    _open()
    from paragraph8.missions.queries import missions_of

    rows = [
        {"slug": mission.slug, "title": str(mission.name()), "format": mission.format, "simulated": mission.simulated}
        for mission in missions_of(_me("missions"))
    ]
    if options.json:
        return _print(rows)
    for row in rows:
        _say(f"{row['slug']}  {row['title']}" + ("  (simulated)" if row["simulated"] else ""))
    if not rows:
        _say("No mission yet. Make one with: p8 demo, or p8 import observations … --create")
    return 0


def close(options: argparse.Namespace) -> int:
    """Say what closing a mission would erase and what stands against it, or do it."""
    _open()
    from django.conf import settings

    from paragraph8.closing.certificate import certificate_text
    from paragraph8.closing.operations import AGAINST, RefusedClosingError, against, to_erase
    from paragraph8.closing.operations import close as close_mission

    mission, viewer = _mission(options.slug), _me("close")
    if not options.erase:
        for name, n in to_erase(mission, viewer=viewer).items():
            _say(f"to erase: {name}: {n}")
        for reason in against(mission, viewer=viewer):
            _say(f"against it: {AGAINST[reason]}")
        _say("Nothing was changed. With --erase it is done, and cannot be taken back.")
        return 0
    target = options.target or settings.OUT / "closed"
    try:
        closed = close_mission(mission=mission, target=target, by=viewer, now=datetime.now(UTC), progress=_say)
    except RefusedClosingError as error:
        raise RefusedError(str(error)) from error
    _say(f"{closed.archive}\n{closed.certificate}\n")
    _say(certificate_text(closed.facts))
    return 0


def import_file(options: argparse.Namespace) -> int:
    """Import completed forms; every row becomes a report or is listed."""
    if options.what == "returns":
        return _import_returns(options)
    _open()
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.capture.imported import import_observations
    from paragraph8.domain.importing.mapping import load_mapping

    with _import_refusals(options):
        imported = import_observations(
            options.file.read_bytes(),
            slug=options.mission,
            mapping=load_mapping(options.mapping.read_bytes()),
            create=options.create,
            by=_me("import"),
            clock=_now,
            progress=_progress,
        )
    sequence_all(clock=_now, progress=lambda n: _progress(f"{n} changes read"))
    if options.json:
        return _print(imported.to_json())
    _say(f"{imported.rows} rows: {imported.attached} attached to a station, {imported.not_attached} not attached.")
    _say(", ".join(f"{n} {state.value}" for state, n in sorted(imported.states.items())) or "no row")
    if imported.practice:
        _say(f"{imported.practice} of these are practice and enter no figure: the mission rehearses.")
    if imported.listed:
        _say(f"{imported.listed} lines are no row; they are listed below and kept in the file.")
    shown = imported.problems if options.all else imported.problems[:40]
    for problem in shown:
        _say(f"  row {problem.row}, {problem.column or '–'}: {problem.text()}")
    if len(shown) < len(imported.problems):
        _say(f"  … and {len(imported.problems) - len(shown)} more (--all prints them)")
    for code, n in imported.problem_counts():
        _say(f"{n:6d}  {code}")
    return 0


def _import_returns(options: argparse.Namespace) -> int:
    """Import the returns of a quick count; every row becomes a report."""
    _open()
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.domain.importing.returns import ReturnsError, load_returns_mapping
    from paragraph8.quickcount.loading import import_returns
    from paragraph8.quickcount.refusals import RefusedPlanError
    from paragraph8.statistics.quickcount.refusals import RefusedCountError

    try:
        with _import_refusals(options):
            loaded = import_returns(
                _whole_file(options.file),
                slug=options.mission,
                mapping=load_returns_mapping(options.mapping.read_bytes()),
                sample=_whole_file(options.sample) if options.sample else None,
                frame=_whole_file(options.frame) if options.frame else None,
                create=options.create,
                by=_me("import"),
                clock=_now,
                progress=_progress,
            )
    except (ReturnsError, RefusedPlanError, RefusedCountError) as error:
        raise RefusedError(str(error)) from error
    sequence_all(clock=_now, progress=lambda n: _progress(f"{n} changes read"))
    if options.json:
        return _print(loaded.to_json())
    _say(f"{loaded.rows} returns: " + ", ".join(f"{n} {state.value}" for state, n in sorted(loaded.states.items())))
    return 0


def _whole_file(path: Path) -> bytes:
    """The bytes of a file, unpacked where its name ends in .gz."""
    import gzip

    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def figures(options: argparse.Namespace) -> int:
    """Compute figures and print them."""
    mission = _mission(options.slug)
    from paragraph8.audit.queries import latest_change
    from paragraph8.domain.figures import Key, RefusedFigureError
    from paragraph8.evidence.queries import by_area, catalogue
    from paragraph8.evidence.queries import figures as compute

    viewer = _me("figures")
    specs = {spec.key: spec for spec in catalogue(mission, viewer=viewer)}
    as_of = latest_change() if options.as_of is None else options.as_of
    try:
        keys = [Key.parse(key) for key in options.key] or list(specs)
        if options.by_area:
            keys += by_area(mission, keys)
        found = compute(mission, keys, as_of=as_of, viewer=viewer)
    except (RefusedFigureError, ValueError) as error:
        raise RefusedError(str(error)) from error
    rows = [{**_figure_row(figure), **_column(specs.get(key.without("area")), key)} for key, figure in found.items()]
    if options.json:
        return _print(rows)
    for row in rows:
        count = row["value"] if row["numerator"] is None else f"{row['numerator']} of {row['denominator']}"
        if row["kind"] == "yes-no":
            count = "yes" if row["value"] else "no"
        _say(f"{row['key']}: {count}")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the folder of a mission for analysis."""
    mission = _mission(options.slug)
    from django.conf import settings

    from paragraph8.analysis.operations import NothingToExportError, last_change
    from paragraph8.analysis.operations import export as write
    from paragraph8.audit.sequencer import sequence_all

    sequence_all(clock=_now)
    as_of = last_change(mission) if options.as_of is None else options.as_of
    target = options.out or settings.OUT / "analysis" / f"{mission.slug}-{as_of}"
    try:
        written = write(mission=mission, target=target, by=_me("export"), now=_now(), as_of=as_of, progress=_progress)
    except NothingToExportError as error:
        raise RefusedError(f"{options.slug} has no change {as_of}. Leave --as-of out for what stands now.") from error
    except OSError as error:
        raise RefusedError(f"Nothing was written: {error}") from error
    sequence_all(clock=_now)
    _say(f"{written.files} files: {written.folder}\nmanifest {written.sha256}")
    _say("These are protected rows: keep them inside the mission. README.md says what is in them.")
    return 0


def problems(options: argparse.Namespace) -> int:
    """Count what the checks found."""
    mission = _mission(options.slug)
    from paragraph8.audit.queries import latest_change
    from paragraph8.domain.checks import CHECKS
    from paragraph8.review.queries import problem_counts

    counts = problem_counts(mission, as_of=latest_change(), viewer=_me("problems"))
    if options.json:
        return _print([{**asdict(count), "title": str(CHECKS[count.code].title)} for count in counts])
    for count in counts:
        name = f"{count.code}/{count.rule}" if count.rule else count.code
        _say(f"{count.reports:6d} reports, {count.stations:6d} stations  {name}: {CHECKS[count.code].title}")
    return 0


def statement(options: argparse.Namespace) -> int:
    """Store documents from a file."""
    mission = _mission(options.slug)
    from paragraph8.publishing.operations import DocumentError, store_document

    try:
        documents = tomllib.loads(options.file.read_text(encoding="utf-8"))["documents"]
        for document in documents:
            store_document(mission=mission, document=document, by=_me("statement"), now=_now())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, DocumentError) as error:
        raise RefusedError(f"{options.file}: {error}") from error
    _say(f"{len(documents)} documents stored.")
    return 0


def release(options: argparse.Namespace) -> int:
    """Release the documents of a mission."""
    mission = _mission(options.slug)
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.documents.folder import ReleaseRefusedError
    from paragraph8.domain.figures import RefusedFigureError
    from paragraph8.publishing.operations import EmptyStatementError, NotReadyError
    from paragraph8.publishing.operations import release as publish

    sequence_all(clock=_now)
    try:
        made = publish(mission=mission, by=_me("release"), now=_now(), target=options.target, progress=_progress)
    except EmptyStatementError as error:
        raise RefusedError(
            f"{options.slug} has no document to release. Store one with: p8 statement {options.slug} FILE"
        ) from error
    except NotReadyError as error:
        for blocked in error.blocked:
            _say(f"{blocked.sentence} ({blocked.language or 'all'}): {blocked.reason}", error=True)
        raise RefusedError(f"Not released: {len(error.blocked)} findings block it.") from error
    except (RefusedFigureError, ReleaseRefusedError) as error:
        raise RefusedError(f"Not released: {error}") from error
    sequence_all(clock=_now)
    _say(f"Released version {made.version}: {made.folder}\nroot {made.root}")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Verify a release folder with nothing but the folder."""
    from paragraph8.documents.verify import verify as check

    verdict = check(options.folder, signer=options.signer)
    if options.json:
        _print(verdict.to_json())
    else:
        for line in verdict.lines:
            _say(str(line))
    return 0 if verdict.ok else 1


def verify_draw(options: argparse.Namespace) -> int:
    """Draw again from a disclosure file with nothing but the file."""
    from paragraph8.statistics.sampling.disclosure import NotADisclosureError, check

    try:
        found = check(options.file.read_bytes(), commitment=options.commitment or "")
    except OSError as error:
        raise RefusedError(f"{options.file} cannot be read: {error.strerror}.") from error
    except NotADisclosureError as error:
        raise RefusedError(f"{options.file} is no disclosure file of a version known here.") from error
    ok = all(one.ok for one in found)
    if options.json:
        _print({"ok": ok, "checks": [{"ok": one.ok, "text": one.text.to_json()} for one in found]})
    else:
        for one in found:
            _say(str(one))
    return 0 if ok else 1


def log(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    """Check the hash chain."""
    _open()
    from paragraph8.audit.queries import latest_change
    from paragraph8.audit.sequencer import broken_links

    broken = list(broken_links())
    if broken:
        raise RefusedError(f"The chain does not hold at change {', '.join(map(str, broken[:10]))}.")
    _say(f"{latest_change()} changes; the chain holds.")
    return 0


def member(options: argparse.Namespace) -> int:
    """Give a person a role; the password of a new account is asked for, or read from standard input."""
    mission = _mission(options.slug)
    from paragraph8.accounts.operations import add_member
    from paragraph8.accounts.permissions import Role

    team = _team(mission, options.team)
    try:
        add_member(
            username=options.username,
            password=_password(),
            mission_id=mission.pk,
            role=Role(options.role),
            team_id=team.pk if team else None,
            by=_me("member"),
            now=_now(),
        )
    except ValueError as error:
        raise RefusedError(str(error)) from error
    _say(f"{options.username} is {options.role} of {options.slug}.")
    return 0


def founder(options: argparse.Namespace) -> int:
    """Let a person make missions."""
    _open()
    from paragraph8.accounts.operations import make_founder

    try:
        make_founder(username=options.username, password=_password(), by=_me("founder"), now=_now())
    except ValueError as error:
        raise RefusedError(str(error)) from error
    _say(f"{options.username} may make missions: sign in, and choose “Make a mission”.")
    return 0


def device(options: argparse.Namespace) -> int:
    """Register or close a device."""
    mission = _mission(options.slug)
    from paragraph8.accounts.operations import add_device, revoke_device

    if options.revoke:
        devices = list(mission.devices.filter(name=options.name, revoked_at=None))
        for row in devices:
            revoke_device(device=row, by=_me("device"), now=_now())
        _say(f"{len(devices)} devices closed.")
        return 0
    team = _team(mission, options.team)
    _, token = add_device(
        mission_id=mission.pk, team_id=team.pk if team else None, name=options.name, by=_me("device"), now=_now()
    )
    _say(f"Token of {options.name}, shown this once: {token}")
    return 0


def bench(options: argparse.Namespace) -> int:
    """Run one measurement in a database of its own."""
    from paragraph8.bench import BENCHES

    if options.name not in BENCHES:
        raise RefusedError(f"There is no bench {options.name}; there are {', '.join(BENCHES)}.")
    result = BENCHES[options.name]()
    if options.json:
        return _print(result)
    for name, value in result.items():
        told = ", ".join(f"{key} {part}" for key, part in value.items()) if isinstance(value, dict) else value
        _say(f"{name}: {told}")
    return 0


def _open() -> None:
    """Make Django ready and bring the database up to this version."""
    import django
    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise RefusedError(f"The database cannot be reached: {error}") from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _progress("preparing the database")
        call_command("migrate", verbosity=0, interactive=False)


def _mission(slug: str) -> Mission:
    _open()
    from paragraph8.missions.queries import UnknownMissionError, mission_of

    try:
        return mission_of(slug, viewer=_me("look"))
    except UnknownMissionError as error:
        raise RefusedError(f"There is no mission {slug}. p8 missions lists those there are.") from error


def _password() -> str:
    """Asked for at a terminal, otherwise the first line of what is piped in."""
    return getpass.getpass("Password for a new account: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _team(mission: Mission, code: str | None) -> Team | None:
    if not code:
        return None
    team = mission.teams.filter(code=code).first()
    if team is None:
        raise RefusedError(f"The mission has no team {code}.")
    return team


@contextmanager
def _import_refusals(options: argparse.Namespace) -> Iterator[None]:
    """Say in one line why a file was not imported."""
    from paragraph8.capture.imported import NoMissionFactsError
    from paragraph8.domain.importing.mapping import MappingError
    from paragraph8.domain.importing.tables import NotATableError
    from paragraph8.missions.operations import FormChangedError
    from paragraph8.missions.queries import UnknownMissionError

    try:
        yield
    except OSError as error:
        raise RefusedError(f"{error.filename}: {error.strerror}") from error
    except UnknownMissionError as error:
        raise RefusedError(
            f"There is no mission {options.mission}. Add --create to make it from the mapping."
        ) from error
    except NoMissionFactsError as error:
        raise RefusedError(
            f"There is no mission {options.mission}, and the mapping has no [mission] to make it from."
        ) from error
    except FormChangedError as error:
        raise RefusedError(
            f"Form {error} is stored with other content; give the mapping's form a new version."
        ) from error
    except (MappingError, NotATableError) as error:
        raise RefusedError(str(error)) from error


def _figure_row(figure: Any) -> dict[str, Any]:
    share = figure.numerator / figure.denominator if figure.numerator is not None and figure.denominator else None
    return {
        "key": str(figure.key),
        "title": str(figure.title),
        "kind": figure.kind.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "left_out": dict(figure.left_out),
        "value": figure.value if figure.numerator is None else share,
        "spread": list(figure.spread),
        "basis": figure.basis.value,
        "origin": figure.origin.value,
        "unit": figure.unit.value,
        "n_stations": figure.n_stations,
        "as_of": figure.as_of,
        "method": figure.method,
    }


def _column(spec: Any, key: Any) -> dict[str, str]:
    return {
        "column": spec.column if spec else key.dimension("question"),
        "answer": spec.answer if spec else key.dimension("answer"),
        "area": key.dimension("area"),
    }


def _me(name: str) -> Viewer:
    from paragraph8.accounts.permissions import command

    return command(name)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(line: str, *, error: bool = False) -> None:
    print(line, file=sys.stderr if error else sys.stdout, flush=True)


def _progress(line: str) -> None:
    _say(f"… {line}", error=True)


def _print(value: Any) -> int:
    _say(json.dumps(value, ensure_ascii=False, indent=1))
    return 0
