"""The project's texts as tests read them: every file, every page, sections and tables of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT_OUT = {".git", *(line.strip("/\n") for line in (ROOT / ".gitignore").read_text().splitlines() if line)}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def files() -> Iterator[Path]:
    """Every file of the project; what a first start makes is none."""
    waiting = [ROOT]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.name in KEPT_OUT or path.suffix == ".pyc":
                continue
            if path.is_dir():
                waiting.append(path)
            else:
                yield path


PAGES = [path for path in files() if path.suffix == ".md"]
TEXTS = {
    path: path.read_text(encoding="utf-8", errors="replace") for path in files() if path.suffix not in (".png", ".mo")
}


def rows(text: str) -> list[list[str]]:
    """The cells of every line of a table, without the marks of code."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def section(text: str, title: str) -> str:
    """What stands between this heading and the next one of its rank."""
    mark = title.split(" ", maxsplit=1)[0]
    after = text.split(f"\n{title}\n", 1)[1]
    return re.split(rf"^#{{1,{len(mark)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]
