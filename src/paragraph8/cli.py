"""The command line: `p8 COMMAND`. What a command does stands in `commands`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from paragraph8 import commands
from paragraph8.accounts.permissions import Role
from paragraph8.audit.refusals import ClosedMissionError

Command = Callable[[argparse.Namespace], int]
Add = Callable[[str, Command, str, str], argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code: 0 done, 1 refused or failed, 2 wrongly asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paragraph8.config.settings")
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except commands.RefusedError as refused:
        print(refused, file=sys.stderr)
        return 1
    except ClosedMissionError:
        print("The mission is closed: it can be read, and nothing in it can be changed.", file=sys.stderr)
        return 1
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
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Command, summary: str, example: str) -> argparse.ArgumentParser:
        command = subparsers.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: p8 {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        return command

    _running(add)
    _mission(add)
    _reports(add)
    _publishing(add)
    return top


def _running(add: Add) -> None:
    command = add(
        "demo", commands.demo, "Make the reference mission, release its statement, serve it.", "demo --no-serve"
    )
    command.add_argument("--no-serve", action="store_true", help="stop before serving")
    command.add_argument("--seed", type=int, default=2019, help="seed of the simulated election day")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--replay", action="store_true", help="let the day come in again, into a fresh mission")
    command.add_argument("--pace", type=int, default=60, help="minutes of the day in a minute of a replay")

    command = add("test", commands.test, "Run every check of the project.", "test")
    command.add_argument("stages", nargs="*", help="only these stages")

    command = add("serve", commands.serve, "Serve the missions and work through what comes in.", "serve --port 8000")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--host", default="127.0.0.1")

    add("work", commands.work, "Number and read what comes in, until stopped.", "work")

    add("jobs", commands.jobs, "Do the jobs that people start from pages, until stopped.", "jobs")

    command = add("bench", commands.bench, "Measure, and print the figures with the machine.", "bench figures --json")
    command.add_argument("name", help="figures, kosovo, release, receive, room, stations, deploy, statistics or live")
    command.add_argument("--json", action="store_true")


def _mission(add: Add) -> None:
    command = add("missions", commands.missions, "List the missions.", "missions --json")
    command.add_argument("--json", action="store_true", help="slug, title, format, simulated")

    command = add("founder", commands.founder, "Let a person make missions in the browser.", "founder anna")
    command.add_argument("username")

    command = add("member", commands.member, "Give a person a role in a mission.", "member kosovo-2013 anna analyst")
    command.add_argument("slug")
    command.add_argument("username")
    command.add_argument("role", choices=[role.value for role in Role])
    command.add_argument("--team", help="code of the observer's team")

    command = add(
        "device", commands.device, "Register a device that sends reports.", "device kosovo-2013 --name desk-1"
    )
    command.add_argument("slug")
    command.add_argument("--name", required=True)
    command.add_argument("--team")
    command.add_argument("--revoke", action="store_true", help="close the device of that name")

    add("log", commands.log, "Check the hash chain of the mission log.", "log")

    command = add(
        "close", commands.close, "Archive a mission, erase personal data, certify it.", "close kosovo-2013 --erase"
    )
    command.add_argument("slug")
    command.add_argument("--erase", action="store_true", help="do it; without this it only says what would be done")
    command.add_argument("--target", type=Path, help="folder for archive and certificate (default: out/closed)")


def _reports(add: Add) -> None:
    command = add(
        "import",
        commands.import_file,
        "Import completed forms from a file.",
        "import observations forms.csv --mission kosovo-2013 --mapping examples/kosovo-2013/mapping.toml --create",
    )
    command.add_argument("what", choices=["observations", "returns"])
    command.add_argument("file", type=Path)
    command.add_argument("--mission", required=True, metavar="SLUG")
    command.add_argument("--mapping", required=True, type=Path, metavar="MAP.toml")
    command.add_argument("--sample", type=Path, metavar="CSV", help="returns: the stations of the sample")
    command.add_argument("--frame", type=Path, metavar="CSV", help="returns: how many stations each stratum has")
    command.add_argument("--create", action="store_true", help="make the mission, form and stations described")
    command.add_argument("--json", action="store_true", help="print the result as one object")
    command.add_argument("--all", action="store_true", help="print every row problem")

    command = add("figures", commands.figures, "Compute the figures of a mission.", "figures kosovo-2013 --json")
    command.add_argument("slug")
    command.add_argument("--json", action="store_true")
    command.add_argument("--as-of", type=int, metavar="CHANGE", help="as of this change number")
    command.add_argument("--key", action="append", default=[], help="only this figure (may be repeated)")
    command.add_argument("--by-area", action="store_true", help="each share of observations for each area as well")

    command = add(
        "export",
        commands.export,
        "Write a folder that reproduces the mission's numbers.",
        "export analysis kosovo-2013 --out kosovo-2013-analysis",
    )
    command.add_argument("what", choices=["analysis"])
    command.add_argument("slug")
    command.add_argument(
        "--out", type=Path, metavar="FOLDER", help="folder to make (default: out/analysis/SLUG-CHANGE)"
    )
    command.add_argument("--as-of", type=int, metavar="CHANGE", help="as of this change number")

    command = add("problems", commands.problems, "Count the problems that checks found.", "problems kosovo-2013 --json")
    command.add_argument("slug")
    command.add_argument("--json", action="store_true")


def _publishing(add: Add) -> None:
    command = add(
        "statement",
        commands.statement,
        "Store documents from a TOML file.",
        "statement kosovo-2013 examples/kosovo-2013/statement.toml",
    )
    command.add_argument("slug")
    command.add_argument("file", type=Path)

    command = add("release", commands.release, "Release the mission's documents.", "release reference-2019")
    command.add_argument("slug")
    command.add_argument("--target", type=Path, help="folder for releases (default: out/releases)")

    command = add(
        "verify", commands.verify, "Verify a released folder; needs nothing else.", "verify out/releases/x/public"
    )
    command.add_argument("folder", type=Path)
    command.add_argument("--signer", help="fingerprint that the signing key must have")
    command.add_argument("--json", action="store_true")

    command = add(
        "verify-draw",
        commands.verify_draw,
        "Draw a sample again from its disclosure file; needs nothing else.",
        "verify-draw reference-2019-draw-1.json",
    )
    command.add_argument("file", type=Path)
    command.add_argument("--commitment", metavar="SHA256", help="hash of the seed as it was noted before the draw")
    command.add_argument("--json", action="store_true")


if __name__ == "__main__":
    raise SystemExit(main())
