"""Writing the folder: everything of one state of a mission, whole or not at all, and never over another one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from paragraph8 import __version__
from paragraph8.domain.canonical import canonical, sha256

from .notebook import notebook
from .readme import Told, readme
from .rscript import script
from .tables import Table

MANIFEST = "paragraph8 analysis 1"
"""The shape of `manifest.json`."""
_PLAIN = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True)
class Written:
    """The folder, the SHA-256 of its manifest, and how many files stand in it."""

    folder: Path
    sha256: str
    files: int


def files_of(
    tables: Mapping[str, Table], told: Told, mission: Mapping[str, Any], *, progress: Callable[[str], None]
) -> dict[str, bytes]:
    """Every file of the folder by its name, the manifest last."""
    files: dict[str, bytes] = {}
    for name, table in tables.items():
        progress(name)
        files[f"{name}.csv"] = table.csv()
        if told.parquet:
            files[f"{name}.parquet"] = table.parquet()
    notice = "\n".join([f"{told.title}, as of change {told.change}.", *(told.notices if told.simulated else ())])
    files["README.md"] = readme(told)
    files["reproduce.ipynb"] = notebook(title=told.title, notice=notice, counts=told.counts, estimates=told.estimates)
    if told.counts or told.estimates:
        files["reproduce.R"] = script(counts=told.counts, estimates=told.estimates, notice=notice)
    listed = [{"path": name, "sha256": sha256(data), "bytes": len(data)} for name, data in sorted(files.items())]
    body = {
        "file": MANIFEST,
        "mission": dict(mission),
        "as_of": told.change,
        "software": __version__,
        "files": listed,
    }
    files["manifest.json"] = canonical(body)
    return files


def write(target: Path, files: Mapping[str, bytes]) -> Written:
    """Write beside the target, then rename: who looks sees the whole folder or none. The files are their owner's.

    Raises `FileExistsError` when there is something at the target.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists: an export is never overwritten")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, content in sorted(files.items()):
            path = beside / name
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            path.chmod(0o600)
        beside.chmod(0o700)
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Written(target, sha256(files["manifest.json"]), len(files))


def file_names(populations: Iterator[str] | list[str]) -> dict[str, str]:
    """Population → name of its table, in plain letters. Raises `ValueError` when two would have one name."""
    found = {name: _PLAIN.sub("_", name) for name in populations}
    if len({name.casefold() for name in found.values()}) < len(found):
        raise ValueError("two forms have codes that differ in nothing that a file name could show")
    return found


def spelled(moment: datetime | None) -> str:
    """A moment as README tells it."""
    return moment.isoformat(timespec="seconds") if moment else "never"
