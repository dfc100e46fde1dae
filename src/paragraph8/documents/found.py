"""A release folder as it was found: its bytes, and what can be read from them. Nothing in it is trusted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Figure, figure_from_json
from paragraph8.wording.sentences import WordingError, quoted_keys

from .data import withheld_from_json
from .edition import Edition, edition_from_json
from .labels import WITHHELD
from .release import Release
from .rows import Rows
from .verdict import Line, failed

ROWS = "rows/"


class UnreadableError(ValueError):
    """A file is not what its name says."""


@dataclass
class Found:
    """The readable content of a folder, and a line for everything that could not be read."""

    files: Mapping[str, bytes]
    signer: str
    edition: Edition | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    sealed: dict[str, Figure] = field(default_factory=dict)
    withheld: dict[str, str] = field(default_factory=dict)
    commitments: dict[str, str] = field(default_factory=dict)
    openings: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    quoted_by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unreadable: list[Line] = field(default_factory=list)

    def release(self) -> Release | None:
        """What the documents are rendered from; none when the edition cannot be read."""
        if self.edition is None:
            return None
        return Release(self.edition, self.figures, self.withheld, self.commitments, self.signer)

    def quoting(self, keys: Iterable[str]) -> str:
        """Who quotes these figures, in words."""
        places = list(dict.fromkeys(place for key in keys for place in self.quoted_by.get(key, ())))
        return "quoted by " + ", ".join(places) if places else "quoted by no sentence"


def files_of(folder: Path) -> tuple[dict[str, bytes], list[Line]]:
    """Every file below the folder, by its path; a line for what is no plain file."""
    files: dict[str, bytes] = {}
    lines: list[Line] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix().encode(errors="backslashreplace").decode()
        if path.is_symlink():
            lines.append(failed(name, "is a link to another place, not a file of the release"))
        elif path.is_dir():
            continue
        elif not path.is_file():
            lines.append(failed(name, "is no plain file"))
        else:
            try:
                files[name] = path.read_bytes()
            except OSError as error:
                lines.append(failed(name, f"cannot be read: {error.strerror}"))
    return files, lines


def read(files: Mapping[str, bytes], signer: str) -> Found:
    """Read all data files; what cannot be read is left empty and listed."""
    found = Found(files, signer)
    _edition(found)
    found.figures = _figures(found, "figures.json")
    found.sealed = _figures(found, "figures-sealed.json") if "figures-sealed.json" in files else {}
    found.withheld = _mapping(found, "withheld.json")
    found.commitments = _mapping(found, "commitments.json")
    found.openings = {key: bytes.fromhex(salt) for key, salt in _mapping(found, "openings.json").items()}
    for name in files:
        if name.startswith(ROWS):
            _rows(found, name)
    return found


def read_json(content: bytes) -> Any:
    """JSON in its one canonical spelling. Raises `UnreadableError`: another spelling has other bytes to hash."""
    try:
        data = json.loads(content)
        spelled = canonical(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not canonical JSON ({error})") from error
    if spelled != content:
        raise UnreadableError("is not in the canonical spelling of its JSON")
    return data


def _edition(found: Found) -> None:
    if "edition.json" not in found.files:
        return
    try:
        edition = edition_from_json(read_json(found.files["edition.json"]))
    except ValueError as error:
        found.unreadable.append(failed("edition.json", str(error)))
        return
    found.edition = edition
    for document in edition.documents:
        for sentence in document.sentences():
            place = f"sentence {sentence.id} ({document.code})"
            for key in _keys(template for _, template in sentence.texts.strings):
                found.quoted_by[key].append(place)
        for bars in document.bars():
            for row in bars.rows:
                for key in row.keys:
                    found.quoted_by[key].append(f"chart “{bars.title}” ({document.code})")


def _keys(templates: Iterable[str]) -> Iterable[str]:
    keys: dict[str, None] = {}
    for template in templates:
        try:
            keys.update(dict.fromkeys(quoted_keys(template)))
        except WordingError:
            continue
    return keys


def _figures(found: Found, name: str) -> dict[str, Figure]:
    if name not in found.files:
        return {}
    try:
        items = read_json(found.files[name])
        if not isinstance(items, list):
            raise UnreadableError("is not a list of figures")
    except UnreadableError as error:
        found.unreadable.append(failed(name, str(error)))
        return {}
    figures: dict[str, Figure] = {}
    for i, item in enumerate(items):
        key = str(item.get("key", i)) if isinstance(item, dict) else str(i)
        try:
            figure = figure_from_json(item)
            _refuse_unsound(figure, item)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            found.unreadable.append(failed(f"figure {key}", f"{name}: {error}; {found.quoting([key])}"))
            continue
        figures[str(figure.key)] = figure
    return figures


def _refuse_unsound(figure: Figure, item: Mapping[str, Any]) -> None:
    """Numbers are whole and not negative, and nothing else stands in the figure."""
    if canonical(figure.to_json()) != canonical(dict(item)):
        raise UnreadableError("holds something that no figure has")
    counts = (figure.value, figure.numerator, figure.denominator, figure.n_stations, figure.n_teams, figure.n_areas)
    numbers = [n for n in (*counts, *(n for _, n in figure.left_out)) if n is not None]
    if any(not isinstance(n, int) or isinstance(n, bool) or n < 0 for n in numbers):
        raise UnreadableError("a count is not a whole number")


def _mapping(found: Found, name: str) -> dict[str, str]:
    """A data file that is read as key → string."""
    if name not in found.files:
        return {}
    try:
        data = read_json(found.files[name])
        read = withheld_from_json(data) if name == "withheld.json" else _strings(data)
        if name == "withheld.json" and not set(read.values()) <= WITHHELD.keys():
            raise UnreadableError("names a reason that is not known")
        if name == "openings.json":
            [bytes.fromhex(salt) for salt in read.values()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found.unreadable.append(failed(name, f"cannot be read: {error}"))
        return {}
    return read


def _strings(data: Any) -> dict[str, str]:
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise UnreadableError("key and string were expected")
    return data


def _rows(found: Found, name: str) -> None:
    population = name.removeprefix(ROWS).removesuffix(".jsonl")
    try:
        lines = found.files[name].split(b"\n")
        if lines.pop():
            raise UnreadableError("the last line has no end")
        rows = Rows.of(population, [read_json(line) for line in lines])
        if len({str(row["row"]) for row in rows.rows}) < len(rows.rows):
            raise UnreadableError("two rows have the same identifier")
        if rows.lines() != found.files[name]:
            raise UnreadableError("the rows are not in the order of their identifiers")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        keys = [key for key, figure in found.sealed.items() if figure.rows and figure.rows.population == population]
        found.unreadable.append(failed(name, f"cannot be read: {error}; {found.quoting(keys)}"))
        return
    found.rows[population] = rows
