"""Every command, setting, permission, figure and code of the software is documented, and nothing that is not there."""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

import pytest

from manual import PAGES, ROOT, TEXTS, page, rows, section
from paragraph8.accounts.permissions import TABLE, Action, Role
from paragraph8.bench import BENCHES
from paragraph8.cli import parser
from paragraph8.contest import figures as contest
from paragraph8.documents.labels import WITHHELD
from paragraph8.documents.verdict import State as Verified
from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, REFUSALS, Basis, Figure, Key, Kind, Unit
from paragraph8.eday import figures as eday
from paragraph8.eday.counting import METHOD
from paragraph8.evidence.registry import EvidenceApp
from paragraph8.missions import figures as registers
from paragraph8.missions.log import KINDS
from paragraph8.places import figures as places
from paragraph8.roster import figures as roster
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.observations import MIXED

SOURCES = sorted((ROOT / "src").rglob("*.py"))
SCRIPTS = [ROOT / "run", ROOT / ".ci" / "run"]
LEFT_TO_THE_SYSTEM = {"PATH"}

# Commands


def commands() -> dict[str, argparse.ArgumentParser]:
    (subparsers,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(subparsers.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented_with_its_options_and_an_example(name):
    told = section(page("docs/commands.md"), f"## p8 {name}")
    for action in commands()[name]._actions:
        for option in action.option_strings:
            assert option in ("-h", "--help") or re.search(rf"^\* `{option}\b", told, re.MULTILINE), option
    assert re.search(rf"^\$ \./run (p8 )?{name}\b", told, re.MULTILINE)


def test_no_document_describes_a_command_that_does_not_exist():
    told = re.findall(r"^## p8 (\S+)$", page("docs/commands.md"), re.MULTILINE)
    assert told == list(commands())


def test_every_bench_is_documented():
    told = section(page("docs/commands.md"), "## p8 bench")
    assert all(f"* `{name}` " in told for name in BENCHES)


def test_every_state_of_a_verdict_is_documented():
    told = rows(section(page("docs/commands.md"), "## p8 verify"))
    assert {state.value for state in Verified} <= {cells[0] for cells in told}


def test_every_stage_of_the_tests_is_documented():
    stages = re.findall(r'^    "(\w+)": \(', page("tests/stages.py"), re.MULTILINE)
    assert "postgresql" in stages
    assert stages == [cells[0] for cells in rows(section(page("CONTRIBUTING.md"), "## Set up and check"))[2:]]
    assert all(f"`{stage}`" in section(page("docs/commands.md"), "## p8 test") for stage in stages)


# Settings


def called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def settings() -> set[str]:
    """Every variable of the environment that the project reads."""
    names = set()
    for path in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]:
        own = path.name == "settings.py"
        for node in ast.walk(ast.parse(TEXTS[path])):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                reads = called(node) in ("os.environ.get", "os.environ.pop", "os.environ.setdefault", "os.getenv")
                if reads or (own and called(node) in ("text", "boolean", "integer")):
                    names.add(node.args[0].value)
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                names |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    for script in SCRIPTS:
        names |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]+):-", page(str(script.relative_to(ROOT)))))
    return names - LEFT_TO_THE_SYSTEM


def test_settings_are_found_wherever_they_are_read():
    assert {"P8_HOME", "P8_DEBUG", "P8_THREADS", "P8_REFERENCE_DATA", "TEST_DATABASE_URL", "PYTHON"} <= settings()


@pytest.mark.parametrize("name", sorted(settings()))
def test_every_setting_is_documented(name):
    assert f"`{name}`" in section(page("docs/operating.md"), "## Settings")


def test_no_document_describes_a_setting_that_nothing_reads():
    told = {name for path in PAGES for name in re.findall(r"\b((?:TEST_)?(?:P8|DATABASE)_[A-Z_]+[A-Z])\b", TEXTS[path])}
    assert told - settings() == set()


# Permissions


def test_the_table_of_roles_is_the_one_that_the_software_asks():
    told = rows(section(page("docs/operating.md"), "## Roles and permissions"))
    roles = [Role(name) for name in told[0][1:]]
    assert set(roles) == set(Role)
    documented = {cells[0]: cells[1:] for cells in told[2 : 2 + len(Action)]}
    asked = {
        action.value: [TABLE[role][action].value if action in TABLE[role] else "–" for role in roles]
        for action in Action
    }
    assert documented == asked


def test_every_action_is_explained():
    told = rows(section(page("docs/operating.md"), "## Roles and permissions"))
    assert {cells[0] for cells in told if len(cells) == 2} >= {action.value for action in Action}


# Figures


def measures() -> dict[str, str]:
    """Measure → method, of every app that computes figures."""
    found = {f"{eday.APP}.{measure}": method for measure, method in METHOD.items()}
    found |= {f"{contest.APP}.{measure}": method for measure, method in contest._METHOD.items()}
    found |= {f"{registers.APP}.{measure}": method for measure, (_, method, _, _) in registers._MEASURES.items()}
    for app in (roster, places):
        found |= {f"{app.APP}.{measure}": method for measure, (method, _, _) in app._MEASURES.items()}
    return found


@pytest.mark.parametrize(("measure", "method"), measures().items())
def test_every_measure_is_documented_with_kind_and_method(measure, method):
    of_it = [cells for cells in rows(page("docs/figures.md")) if cells[0].split("`")[0] == measure]
    assert of_it
    for cells in of_it:
        key = Key.parse(cells[1].replace("FORM", "f").replace("CODE", "c").replace("Q1", "q").replace("Q2", "r"))
        assert f"{key.app}.{key.measure}" == measure
        assert (cells[3], cells[5]) == (METHODS[method].kind.value, method)
        assert cells[4] in set(Unit)


def test_every_method_computes_a_measure():
    assert set(measures().values()) == set(METHODS)


def test_every_kind_and_field_of_a_figure_is_documented():
    told = section(page("docs/figures.md"), "## What a figure carries")
    fields = set(Figure.__dataclass_fields__) - {"value", "numerator", "denominator", "spread"}
    assert all(f"`{name}`" in told for name in [*fields, *(kind.value for kind in Kind)])


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_of_a_figure_is_documented(code):
    assert code in {cells[0] for cells in rows(section(page("docs/figures.md"), "## What is refused"))}


def test_every_unit_is_part_of_the_methodology():
    told = section(page("docs/methodology.md"), "## 1. Units: what was counted")
    assert {unit.value for unit in Unit} <= set(re.findall(r"`([a-z]+)`", told))


def test_every_reason_for_leaving_out_and_every_basis_is_part_of_the_methodology():
    told = page("docs/methodology.md")
    reasons = rows(section(told, "## 2. The denominator, and what was left out"))[2:]
    bases = rows(section(told, "## 4. No interval on observations"))[2:]
    assert {cells[0] for cells in reasons} == {*Missing, MIXED, FORMS_WITHOUT_STATION}
    assert {cells[0] for cells in bases} == set(Basis)


@pytest.mark.parametrize("code", WITHHELD)
def test_every_reason_to_withhold_a_figure_is_documented(code):
    assert f"`{code}`" in page("docs/releases.md")


# The log, the tables and the contract


def log_entries() -> set[str]:
    """The kinds of all entries that some operation appends."""
    kinds = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(TEXTS[path])):
            if isinstance(node, ast.Call) and called(node) in ("append", "_log"):
                values = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "kind")]
                constants = [value.value for value in values if isinstance(value, ast.Constant)]
                kinds |= {
                    text for text in constants if isinstance(text, str) and re.fullmatch(r"[a-z-]+\.[a-z-]+", text)
                }
    return kinds


def log_rows(path: Path) -> list[list[str]]:
    """The kinds of log entries that the page of a room documents."""
    return rows(section(page(str(path.relative_to(ROOT))), "## What stands in the log"))[2:]


def test_every_kind_of_log_entry_is_documented_and_has_words_on_the_page_of_the_log():
    told = {cells[0] for cells in rows(section(page("docs/architecture.md"), "### Kinds of log entries"))[2:]}
    told |= {cells[0] for path in sorted((ROOT / "docs" / "rooms").glob("*.md")) for cells in log_rows(path)}
    assert {"report.received", "mission.created", "figures.frozen"} <= log_entries()
    assert told == log_entries() == set(KINDS)


def test_every_table_that_refuses_changes_is_documented():
    protected = {
        table
        for path in SOURCES
        if path.parent.name == "migrations"
        for table in re.findall(r'append_only\("(\w+)"\)', TEXTS[path])
    }
    assert "capture_report" in protected
    told = rows(section(page("docs/architecture.md"), "## 5. What is never overwritten"))[2:]
    for path in sorted((ROOT / "docs" / "rooms").glob("*.md")):
        told += rows(section(page(str(path.relative_to(ROOT))), "## What is never overwritten"))[2:]
    assert {cells[0] for cells in told} == protected


def test_the_contract_of_an_evidence_app_is_documented_name_by_name():
    told = section(page("docs/architecture.md"), "## 7. How to add an evidence app")
    offered = {name for name in vars(EvidenceApp) if not name.startswith("_")} | set(EvidenceApp.__annotations__)
    assert {"compute", "population_of", "APP"} <= offered
    assert all(re.search(rf"^ *\| `{name}\b", told, re.MULTILINE) for name in offered)


def test_the_order_of_the_layers_is_the_one_that_the_imports_are_held_to():
    layers = page("pyproject.toml").split("layers = [")[1].split("]")[0]
    held = [name.replace(" | paragraph8.", ", ") for name in re.findall(r'"paragraph8\.(.+)"', layers)]
    drawn = re.search(r"^    cli > .*(?:\n +> .*)*", page("docs/architecture.md"), re.MULTILINE)
    assert drawn
    assert drawn[0].split() == " > ".join(held).split()


# Sending


def test_every_answer_of_the_address_for_phones_is_documented():
    told = rows(page("docs/sending.md"))
    source = page("src/paragraph8/capture/views.py")
    refused = set(re.findall(r'_refuse\((\d+), "([a-z-]+)"', source))
    assert ("401", "no-device") in refused
    assert refused <= {(cells[0], cells[1]) for cells in told}
    assert {"new", "repeated", "conflict", "unreadable"} <= {cells[1] for cells in told}
