"""The documents themselves: their examples can be typed, their links lead somewhere, what they name is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from manual import PAGES, ROOT, TEXTS, page
from paragraph8.cli import parser
from paragraph8.domain.ids import id_of_bytes
from paragraph8.domain.reports import read_body


def examples() -> list[tuple[str, str]]:
    """Commands in blocks of code, with the page they stand on; a line that ends in a backslash goes on."""
    found = []
    for path in PAGES:
        blocks = re.findall(r"^```\w*\n(.*?)^```|((?:^    .*\n)+)", TEXTS[path], re.MULTILINE | re.DOTALL)
        for block in blocks:
            joined = "".join(block).replace("\\\n", " ")
            lines = [line.strip().removeprefix("$ ") for line in joined.splitlines()]
            found += [(path.name, line) for line in lines if re.match(r"(\./run|p8) [a-z]", line)]
    return found


@pytest.mark.parametrize(("name", "line"), examples())
def test_every_example_is_a_command_that_can_be_typed(name, line):
    typed = shlex.split(line)[1:]
    if "…" in typed or "[--create]" in typed or (typed and typed[-1] == "--help"):
        return
    typed = typed[1:] if typed[0] == "p8" else typed
    assert parser().parse_args(typed).run, name


def test_the_examples_are_found():
    assert len(examples()) > 25


def test_the_report_in_the_document_can_be_read():
    body = page("docs/sending.md").split("```json\n")[1].split("```")[0].encode()
    sent = read_body(body)
    assert sent.problems == ()
    assert (sent.form, sent.station, sent.answers["P07VNL"]) == ("whole-day", "1804e-1r", 912)
    assert sent.id.version == 7
    assert sent.id != id_of_bytes(body)


def test_the_readme_holds_the_two_commands():
    assert {"    ./run demo", "    ./run test"} <= set(page("README.md").splitlines())


def anchors(path: Path) -> set[str]:
    """The anchors that headings get: small letters, hyphens for blanks, no other signs."""
    headings = re.findall(r"^#+ (.*)$", TEXTS[path], re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> list[tuple[Path, str]]:
    return [
        (path, target)
        for path in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[path])
        if not target.startswith("http")
    ]


@pytest.mark.parametrize(("path", "target"), links(), ids=lambda value: str(value).removeprefix(f"{ROOT}/"))
def test_every_link_leads_somewhere(path, target):
    name, _, anchor = target.partition("#")
    found = (path.parent / name).resolve() if name else path
    assert found.exists()
    assert not anchor or anchor in anchors(found)


NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|toml|css|sh|svg|png|typ|html))`")


def named_files() -> list[tuple[str, str]]:
    return [(str(path.relative_to(ROOT)), name) for path in PAGES for name in NAMED.findall(TEXTS[path])]


@pytest.mark.parametrize(("path", "name"), named_files())
def test_every_file_that_a_document_names_is_there(path, name):
    places = (ROOT, ROOT / "src" / "paragraph8", (ROOT / path).parent)
    assert any((place / name).exists() for place in places)


def test_links_and_files_are_found():
    assert len(links()) > 40
    assert len(named_files()) > 20


def test_decisions_are_numbered_without_a_gap_and_name_what_else_was_possible():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{n:04d}" for n in range(1, len(records) + 1)]
    for path in records:
        assert TEXTS[path].startswith(f"# {path.name[:4]} ")
        assert {"## Decision", "## Alternatives", "## Consequences"} <= set(TEXTS[path].splitlines()), path.name


def test_pictures_are_small_and_shown():
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert len(pictures) == 3
    for path in pictures:
        assert path.stat().st_size < 200_000, path.name
        assert f"(docs/pictures/{path.name})" in page("README.md")


FOREIGN = re.compile(
    r"(?<![\w.])/(?:work|root|home|Users|tmp)/\w|\bpy(?:pi|thonhosted)\.\w|\bnpm(?:js)?\.\w|registry\.\w+\.\w+|/simple/?\""
)


def test_no_file_names_a_place_on_somebodys_machine_or_a_package_registry():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in TEXTS.items()
        if path.name != "uv.lock" and path != Path(__file__).resolve()
        for match in FOREIGN.finditer(text)
    ]
    assert found == []


def test_a_place_on_a_machine_would_be_found():
    assert FOREIGN.search("see /home/anna/notes")
    assert not FOREIGN.search("the path src/work/home.py")
