"""The command line: `p8 COMMAND`. Each command is a few lines over the room that does the work."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paragraph8.accounts.permissions import Viewer

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code: 0 done, 1 refused or failed, 2 wrongly asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paragraph8.config.settings")
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The whole command line; docs/commands.md documents each command with an example."""
    top = argparse.ArgumentParser(
        prog="p8",
        description="paragraph8: from an observer's form to a published sentence that a stranger can verify.",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Command, summary: str, example: str) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: p8 {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        return command

    command = add("demo", _demo, "Make the reference mission, release its statement, serve it.", "demo --no-serve")
    command.add_argument("--no-serve", action="store_true", help="stop before serving")
    command.add_argument("--seed", type=int, default=2019, help="seed of the simulated election day")
    command.add_argument("--port", type=int, default=8000)

    command = add("test", _test, "Run every check of the project.", "test")
    command.add_argument("stages", nargs="*", help="only these stages")

    command = add("serve", _serve, "Serve the mission and work through what comes in.", "serve --port 8000")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--host", default="127.0.0.1")

    add("work", _work, "Number and read what comes in, until stopped.", "work")

    command = add("missions", _missions, "List the missions.", "missions --json")
    command.add_argument("--json", action="store_true", help="slug, title, format, simulated")

    command = add(
        "import",
        _import,
        "Import completed forms from a file.",
        "import observations forms.csv --mission kosovo-2013 --mapping examples/kosovo-2013/mapping.toml --create",
    )
    command.add_argument("what", choices=["observations"])
    command.add_argument("file", type=Path)
    command.add_argument("--mission", required=True, metavar="SLUG")
    command.add_argument("--mapping", required=True, type=Path, metavar="MAP.toml")
    command.add_argument("--create", action="store_true", help="make the mission, form and stations described")
    command.add_argument("--json", action="store_true", help="print the result as one object")
    command.add_argument("--all", action="store_true", help="print every row problem")

    command = add("figures", _figures, "Compute the figures of a mission.", "figures kosovo-2013 --json")
    command.add_argument("slug")
    command.add_argument("--json", action="store_true")
    command.add_argument("--as-of", type=int, metavar="CHANGE", help="as of this change number")
    command.add_argument("--key", action="append", default=[], help="only this figure (may be repeated)")

    command = add("problems", _problems, "Count the problems that checks found.", "problems kosovo-2013 --json")
    command.add_argument("slug")
    command.add_argument("--json", action="store_true")

    command = add(
        "statement", _statement, "Store documents from a TOML file.", "statement kosovo-2013 statement.toml"
    )
    command.add_argument("slug")
    command.add_argument("file", type=Path)

    command = add("release", _release, "Release the mission's documents.", "release reference-2019")
    command.add_argument("slug")
    command.add_argument("--target", type=Path, help="folder for releases (default: out/releases)")

    command = add("verify", _verify, "Verify a released folder; needs nothing else.", "verify out/releases/x/public")
    command.add_argument("folder", type=Path)
    command.add_argument("--signer", help="fingerprint that the signing key must have")
    command.add_argument("--json", action="store_true")

    add("log", _log, "Check the hash chain of the mission log.", "log")

    command = add("member", _member, "Give a person a role in a mission.", "member kosovo-2013 anna analyst")
    command.add_argument("slug")
    command.add_argument("username")
    command.add_argument("role", choices=["administrator", "head", "analyst", "observer", "reader"])
    command.add_argument("--team", help="code of the observer's team")

    command = add("device", _device, "Register a device that sends reports.", "device kosovo-2013 --name desk-1")
    command.add_argument("slug")
    command.add_argument("--name", required=True)
    command.add_argument("--team")
    command.add_argument("--revoke", action="store_true", help="close the device of that name")

    command = add("bench", _bench, "Measure, and print the figures with the machine.", "bench figures --json")
    command.add_argument("name", help="figures, release or receive")
    command.add_argument("--json", action="store_true")
    return top


def _demo(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.demo.mission import build

    build(seed=options.seed, say=_say)
    return 0 if options.no_serve else _serve(argparse.Namespace(host="127.0.0.1", port=options.port))


def _test(options: argparse.Namespace) -> int:
    import subprocess

    stages = Path(__file__).parents[2] / "tests" / "stages.py"
    if not stages.exists():
        return _fail("The tests stand in the source checkout; this is an installed copy.")
    return subprocess.run([sys.executable, str(stages), *options.stages], check=False).returncode


def _serve(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.serving import serve

    return serve(host=options.host, port=options.port, say=_say)


def _work(options: argparse.Namespace) -> int:  # noqa: ARG001
    _open()
    from paragraph8.serving import work

    return work(say=_say)


def _missions(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.missions.queries import missions_of

    rows = [
        {
            "slug": mission.slug,
            "title": str(mission.name()),
            "format": mission.format,
            "simulated": mission.simulated,
        }
        for mission in missions_of(_me("missions"))
    ]
    if options.json:
        return _print(rows)
    for row in rows:
        _say(f"{row['slug']}  {row['title']}" + ("  (simulated)" if row["simulated"] else ""))
    if not rows:
        _say("No mission yet. Make one with: p8 demo, or p8 import observations … --create")
    return 0


def _import(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.capture.imported import NoMissionFactsError, import_observations
    from paragraph8.domain.mapping import MappingError, load_mapping
    from paragraph8.domain.tables import NotATableError
    from paragraph8.missions.operations import FormChangedError
    from paragraph8.missions.queries import UnknownMissionError

    try:
        mapping = load_mapping(options.mapping.read_bytes())
        imported = import_observations(
            options.file.read_bytes(),
            slug=options.mission,
            mapping=mapping,
            create=options.create,
            by=_me("import"),
            clock=_now,
            progress=_progress,
        )
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}")
    except UnknownMissionError:
        return _fail(f"There is no mission {options.mission}. Add --create to make it from the mapping.")
    except NoMissionFactsError:
        return _fail(f"There is no mission {options.mission}, and the mapping has no [mission] to make it from.")
    except FormChangedError as error:
        return _fail(f"Form {error} is stored with other content; give the mapping's form a new version.")
    except (MappingError, NotATableError) as error:
        return _fail(str(error))
    sequence_all(clock=_now, progress=lambda n: _progress(f"{n} changes read"))
    if options.json:
        return _print(imported.to_json())
    _say(f"{imported.rows} rows: {imported.attached} attached to a station, {imported.not_attached} not attached.")
    _say(", ".join(f"{n} {state.value}" for state, n in sorted(imported.states.items())) or "nothing new")
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


def _figures(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.audit.queries import latest_change
    from paragraph8.domain.figures import Key, RefusedFigureError
    from paragraph8.evidence.queries import catalogue, figures
    from paragraph8.missions.queries import UnknownMissionError, mission_of

    viewer = _me("figures")
    try:
        mission = mission_of(options.slug, viewer=viewer)
        specs = {spec.key: spec for spec in catalogue(mission, viewer=viewer)}
        keys = [Key.parse(key) for key in options.key] or list(specs)
        as_of = latest_change() if options.as_of is None else options.as_of
        found = figures(mission, keys, as_of=as_of, viewer=viewer)
    except UnknownMissionError:
        return _fail(f"There is no mission {options.slug}.")
    except (RefusedFigureError, ValueError) as error:
        return _fail(str(error))
    rows = []
    for key, figure in found.items():
        spec = specs.get(key)
        share = figure.numerator / figure.denominator if figure.denominator else None
        rows.append(
            {
                "key": str(key),
                "title": str(figure.title),
                "column": spec.column if spec else key.dimension("question"),
                "answer": spec.answer if spec else key.dimension("answer"),
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "left_out": dict(figure.left_out),
                "value": share if figure.numerator is not None else figure.value,
                "spread": list(figure.spread),
                "basis": figure.basis.value,
                "origin": figure.origin.value,
                "unit": figure.unit.value,
                "n_stations": figure.n_stations,
                "as_of": figure.as_of,
                "method": figure.method,
            }
        )
    if options.json:
        return _print(rows)
    for row in rows:
        count = f"{row['numerator']} of {row['denominator']}" if row["numerator"] is not None else row["value"]
        _say(f"{row['key']}: {count}")
    return 0


def _problems(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.audit.queries import latest_change
    from paragraph8.domain.checks import CHECKS
    from paragraph8.missions.queries import UnknownMissionError, mission_of
    from paragraph8.review.queries import problem_counts

    viewer = _me("problems")
    try:
        mission = mission_of(options.slug, viewer=viewer)
    except UnknownMissionError:
        return _fail(f"There is no mission {options.slug}.")
    counts = problem_counts(mission, as_of=latest_change(), viewer=viewer)
    if options.json:
        return _print([{**asdict(count), "title": str(CHECKS[count.code].title)} for count in counts])
    for count in counts:
        name = f"{count.code}/{count.rule}" if count.rule else count.code
        _say(f"{count.reports:6d} reports, {count.stations:6d} stations  {name}: {CHECKS[count.code].title}")
    return 0


def _statement(options: argparse.Namespace) -> int:
    _open()
    import tomllib

    from paragraph8.missions.queries import UnknownMissionError, mission_of
    from paragraph8.publishing.operations import store_document

    viewer = _me("statement")
    try:
        mission = mission_of(options.slug, viewer=viewer)
        documents = tomllib.loads(options.file.read_text())["documents"]
        for document in documents:
            store_document(mission=mission, document=document, by=viewer, now=_now())
    except UnknownMissionError:
        return _fail(f"There is no mission {options.slug}.")
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        return _fail(f"{options.file}: {error}")
    _say(f"{len(documents)} documents stored.")
    return 0


def _release(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.domain.figures import RefusedFigureError
    from paragraph8.missions.queries import UnknownMissionError, mission_of
    from paragraph8.publishing.operations import EmptyStatementError, NotReadyError, release

    viewer = _me("release")
    try:
        mission = mission_of(options.slug, viewer=viewer)
        made = release(mission=mission, by=viewer, now=_now(), target=options.target, progress=_progress)
    except UnknownMissionError:
        return _fail(f"There is no mission {options.slug}.")
    except EmptyStatementError:
        return _fail(f"{options.slug} has no document to release. Store one with: p8 statement {options.slug} FILE")
    except NotReadyError as error:
        for blocked in error.blocked:
            _say(f"{blocked.sentence} ({blocked.language or 'all'}): {blocked.finding.message}", error=True)
        return _fail(f"Not released: {len(error.blocked)} findings block it.")
    except RefusedFigureError as error:
        return _fail(str(error))
    _say(f"Released version {made.version}: {made.folder}\nroot {made.root}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from paragraph8.documents.verify import verify

    verdict = verify(options.folder, signer=options.signer)
    if options.json:
        _print(verdict.to_json())
    else:
        for line in verdict.lines:
            _say(str(line))
    return 0 if verdict.ok else 1


def _log(options: argparse.Namespace) -> int:  # noqa: ARG001
    _open()
    from paragraph8.audit.queries import latest_change
    from paragraph8.audit.sequencer import broken_links

    broken = list(broken_links())
    if broken:
        return _fail(f"The chain does not hold at change {', '.join(map(str, broken[:10]))}.")
    _say(f"{latest_change()} changes; the chain holds.")
    return 0


def _member(options: argparse.Namespace) -> int:
    _open()
    import getpass

    from paragraph8.accounts.operations import add_member
    from paragraph8.accounts.permissions import Role
    from paragraph8.missions.queries import UnknownMissionError, mission_of

    viewer = _me("member")
    try:
        mission = mission_of(options.slug, viewer=viewer)
    except UnknownMissionError:
        return _fail(f"There is no mission {options.slug}.")
    team = mission.teams.filter(code=options.team).first() if options.team else None
    if options.team and team is None:
        return _fail(f"The mission has no team {options.team}.")
    password = getpass.getpass("Password for a new account: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    if len(password) < 10:
        return _fail("A password has at least 10 characters.")
    try:
        add_member(
            username=options.username,
            password=password,
            mission_id=mission.pk,
            role=Role(options.role),
            team_id=team.pk if team else None,
            by=viewer,
            now=_now(),
        )
    except ValueError as error:
        return _fail(f"{error} (--team CODE)")
    _say(f"{options.username} is {options.role} of {options.slug}.")
    return 0


def _device(options: argparse.Namespace) -> int:
    _open()
    from paragraph8.accounts.operations import add_device, revoke_device
    from paragraph8.missions.queries import UnknownMissionError, mission_of

    viewer = _me("device")
    try:
        mission = mission_of(options.slug, viewer=viewer)
    except UnknownMissionError:
        return _fail(f"There is no mission {options.slug}.")
    if options.revoke:
        devices = list(mission.devices.filter(name=options.name, revoked_at=None))
        for device in devices:
            revoke_device(device=device, by=viewer, now=_now())
        _say(f"{len(devices)} devices closed.")
        return 0
    team = mission.teams.filter(code=options.team).first() if options.team else None
    if options.team and team is None:
        return _fail(f"The mission has no team {options.team}.")
    _, token = add_device(
        mission_id=mission.pk, team_id=team.pk if team else None, name=options.name, by=viewer, now=_now()
    )
    _say(f"Token of {options.name}, shown this once: {token}")
    return 0


def _bench(options: argparse.Namespace) -> int:
    from paragraph8.bench import BENCHES

    if options.name not in BENCHES:
        return _fail(f"There is no bench {options.name}; there are {', '.join(BENCHES)}.")
    result = BENCHES[options.name]()
    if options.json:
        return _print(result)
    for name, value in result.items():
        _say(f"{name}: {value}")
    return 0


def _open() -> None:
    """Make Django ready and bring the database up to this version."""
    import django
    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _progress("preparing the database")
        call_command("migrate", verbosity=0, interactive=False)


def _me(name: str) -> Viewer:
    from paragraph8.accounts.permissions import command

    return command(name)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(line: str, *, error: bool = False) -> None:
    print(line, file=sys.stderr if error else sys.stdout, flush=True)  # noqa: T201 - this is the command line


def _progress(line: str) -> None:
    _say(f"… {line}", error=True)


def _fail(line: str) -> int:
    _say(line, error=True)
    return 1


def _print(value: Any) -> int:
    _say(json.dumps(value, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
