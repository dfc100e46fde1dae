"""Every check of the project, one stage after the other; the program behind `p8 test`.

    python tests/stages.py              all stages
    python tests/stages.py lint types   only these

All stages run even when one fails; the exit code is 1 then. Settings of the caller (P8_…, DATABASE_URL) do not reach
the tests, and nothing is written to the caller's `var/` and `out/`. The last line counts the tests of all pytest runs.
"""

from __future__ import annotations

import argparse
import os
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from postgres import NoServerError, call, end_on_signals, postgres

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
PROGRAMS = Path(sysconfig.get_path("scripts"))
PASSED_ON = {"P8_REFERENCE_DATA", "P8_TEST_POSTGRES"}
WITHOUT_STORED_DATA = {"browser", "charts", "documents", "domain", "statistics", "wording"}
"""Folders of tests that say the same on either database; all others run on both."""


@dataclass
class Run:
    """One run of stages: where its programs may write, and what its tests came to."""

    home: Path
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)

    def program(self, name: str, *arguments: str, database: str = "") -> int:
        """Runs a program of the environment in the checkout, by default on SQLite; its exit code."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("P8_") or k in PASSED_ON}
        environment |= {"P8_HOME": str(self.home), "DATABASE_URL": database}
        environment["PATH"] = os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", os.defpath)])
        if not database:
            del environment["DATABASE_URL"]
        path = PROGRAMS / name
        # A script is read by our own Python: its first line names the place where it was installed.
        command = [path] if name in ("python", "ruff") else [sys.executable, path]
        return call([*command, *arguments], cwd=ROOT, env=environment)

    def pytest(self, *arguments: str, database: str = "") -> bool:
        """Runs tests and counts them; True when all passed and there were any."""
        report = self.home / f"tests-{time.monotonic_ns()}.xml"
        code = self.program("pytest", f"--junitxml={report}", *arguments, database=database)
        if report.exists():
            self.count(ElementTree.parse(report).getroot())  # noqa: S314  pytest wrote it a moment ago
        return code == 0

    def count(self, report: ElementTree.Element) -> None:
        """Adds the tests of one report, where one that failed and then failed to tidy up stands twice."""
        outcomes: dict[str, str] = {}
        for case in report.iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            skip = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                outcomes[name] = "failed"
            elif skip is not None:
                outcomes.setdefault(name, "skipped")
                self.reasons[name] = skip.get("message", "")
            else:
                outcomes.setdefault(name, "passed")
        self.outcomes.update(outcomes.values())


def lint(run: Run) -> bool:
    return run.program("ruff", "check", "src", "tests") + run.program("ruff", "format", "--check", "src", "tests") == 0


def types(run: Run) -> bool:
    return run.program("mypy") == 0


def imports(run: Run) -> bool:
    return run.program("lint-imports", "--no-logo") == 0


def migrations(run: Run) -> bool:
    settings = "--settings=paragraph8.config.settings"
    return run.program("django-admin", "makemigrations", "--check", "--dry-run", settings) == 0


def sqlite(run: Run) -> bool:
    return run.pytest()


def postgresql(run: Run) -> bool:
    folders = sorted(
        str(folder.relative_to(ROOT))
        for folder in TESTS.iterdir()
        if folder.is_dir() and folder.name not in WITHOUT_STORED_DATA and any(folder.rglob("test_*.py"))
    )
    try:
        with postgres() as url:
            return run.pytest("-m", "not browser", *folders, database=url)
    except NoServerError as error:
        print(error)
        return False


STAGES: Mapping[str, tuple[str, Callable[[Run], bool]]] = {
    "lint": ("Style of the code", lint),
    "types": ("Types", types),
    "imports": ("Who may know whom", imports),
    "migrations": ("Migrations match the models", migrations),
    "sqlite": ("Tests, on SQLite and in the browser", sqlite),
    "postgresql": ("Tests of stored data, on PostgreSQL", postgresql),
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Run the checks of the project.")
    parser.add_argument("stage", nargs="*", help=f"only these of {', '.join(STAGES)}")
    wanted = parser.parse_args(arguments).stage
    unknown = [name for name in wanted if name not in STAGES]
    if unknown:
        parser.error(f"no stage {', '.join(unknown)}; there are {', '.join(STAGES)}")
    end_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="p8-tests-") as home:
            return run_stages(wanted or list(STAGES), Run(Path(home)))
    except KeyboardInterrupt:
        return 130


def run_stages(wanted: list[str], run: Run) -> int:
    """Runs the stages in their order, tells of each how it went, and closes with the sum."""
    failures = []
    for name, (title, stage) in STAGES.items():
        if name not in wanted:
            continue
        print(f"\n== {name}: {title}", flush=True)
        started = time.monotonic()
        passed = stage(run)
        print(f"== {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
        if not passed:
            failures.append(name)
    print()
    for test, reason in sorted(run.reasons.items()):
        print(f"skipped: {test}: {reason}")
    print(f"Stages that failed: {', '.join(failures)}" if failures else "Every stage passed.")
    print(", ".join(f"{run.outcomes[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped")))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
