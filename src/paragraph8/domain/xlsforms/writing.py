"""A form of ours as the sheets of an XLSForm, so that a mission can take its forms elsewhere, and back.

What a form from a TOML file says that an XLSForm has no column for (`rules`, negative answers, meaning) stands in our
own columns. Reading what was written gives the same form, except that a number with bounds gets them as a constraint.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from paragraph8.domain.expressions import Expression, Tree
from paragraph8.domain.forms import Block, Form
from paragraph8.domain.questions import Kind, Question, Scale
from paragraph8.domain.text import Text

from .columns import column_name
from .meaning import NONE_OF_THEM
from .workbook import CHOICES, RULES, SETTINGS, SURVEY

Rows = list[dict[str, str]]

_TYPES = {
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.TEXT: "text",
    Kind.TIME: "time",
    Kind.DATE: "date",
    Kind.MOMENT: "dateTime",
    Kind.PHOTO: "image",
    Kind.FILE: "file",
    Kind.GEOPOINT: "geopoint",
    Kind.NOTE: "note",
}
_TRANSLATED = {SURVEY: ("label", "hint", "constraint_message"), CHOICES: ("label",), SETTINGS: ("form_title",)}
_FIRST = {
    SURVEY: ("type", "name"),
    CHOICES: ("list_name", "name"),
    SETTINGS: ("form_id", "version"),
    RULES: ("check", "questions", "details"),
}
_LAST = {
    SURVEY: (
        "required",
        "relevant",
        "constraint",
        "calculation",
        "p8_negative",
        "p8_use",
        "p8_indicator",
        "p8_section",
        "p8_commitment",
    ),
    CHOICES: ("p8_negative", "p8_missing", "p8_ordered"),
    SETTINGS: ("default_language", "p8_process"),
    RULES: (),
}


def to_sheets(form: Form) -> dict[str, list[list[str]]]:
    """The sheets with their header rows. Languages stand in the order of the form's title."""
    languages = form.languages()
    rows: dict[str, Rows] = {
        SURVEY: [row for block in form.blocks for row in _block(block)],
        CHOICES: [row for scale in form.scales for row in _scale(scale)],
        SETTINGS: [_settings(form, languages)],
        RULES: list(_rules(form)),
    }
    return {name: _with_header(name, rows[name], languages) for name in rows if rows[name] or name != RULES}


def _with_header(name: str, rows: Rows, languages: Sequence[str]) -> list[list[str]]:
    translated = [f"{part}::{column_name(tag)}" for part in _TRANSLATED.get(name, ()) for tag in languages]
    used = {column for row in rows for column in row}
    optional = [column for column in translated if column in used or column.startswith(("label", "form_title"))]
    header = [*_FIRST[name], *optional, *_LAST[name]]
    return [header, *([row.get(column, "") for column in header] for row in rows)]


def _texts(part: str, text: Text | None) -> dict[str, str]:
    return {f"{part}::{column_name(tag)}": string for tag, string in (text.strings if text else ()) if string}


def _block(block: Block) -> Iterator[dict[str, str]]:
    yield {
        "type": "begin_group",
        "name": _xml_name(block.code),
        **_texts("label", block.title),
        **_said("relevant", block.relevant),
    }
    for question in block.questions:
        yield _question(question)
    yield {"type": "end_group"}


def _question(question: Question) -> dict[str, str]:
    row = {
        "type": _type(question),
        "name": question.code,
        **_texts("label", question.title),
        **_texts("hint", question.hint),
        **_texts("constraint_message", question.constraint_text),
        **_said("relevant", question.relevant),
        **_said("constraint", question.constraint),
        **_said("calculation", question.calculate),
        "p8_use": question.use.value if question.kind is not Kind.NOTE else "",
        "p8_indicator": question.indicator,
        "p8_section": question.section,
        "p8_commitment": " ".join(question.commitments),
    }
    if question.required is not None:
        row |= _required(question.required)
    if question.negative is not None:
        row["p8_negative"] = " ".join(question.negative) or NONE_OF_THEM
    if question.constraint is None and question.kind is Kind.INTEGER:
        row["constraint"] = _bounds(question)
    return {name: cell for name, cell in row.items() if cell}


def _type(question: Question) -> str:
    match question.kind:
        case Kind.CHOICE:
            return f"select_one {question.scale}"
        case Kind.CHOICES:
            return f"select_multiple {question.scale}"
        case Kind.CALCULATION:
            return "calculate" if question.calculate else "hidden"
        case kind:
            return _TYPES[kind]


def _required(required: Expression) -> dict[str, str]:
    return {"required": "yes"} if required.tree == ("true",) else _said("required", required)


def _bounds(question: Question) -> str:
    parts = [f". >= {question.low}"] if question.low is not None else []
    parts += [f". <= {question.high}"] if question.high is not None else []
    return " and ".join(parts)


def _said(name: str, expression: Expression | None) -> dict[str, str]:
    """An expression with names instead of paths; what lies outside the grammar cannot be moved to another form."""
    if expression is None or expression.tree is None:
        return {}
    return {name: written(expression.tree)}


_INFIX = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "div", "mod"), 6),
}
"""How tightly an operator binds."""


def written(tree: Tree) -> str:
    """A tree as a person writes it in an XLSForm: ${V01} = 'yes'."""
    operator, *operands = tree
    if operator == "answer":
        return f"${{{operands[0]}}}"
    if operator == "str":
        return f'"{operands[0]}"' if "'" in operands[0] else f"'{operands[0]}'"
    if operator == "num":
        return str(operands[0])
    return _composed(operator, operands)


def _composed(operator: str, operands: Sequence[Tree]) -> str:
    if operator in _INFIX:
        one, other = (_bracketed(part, _INFIX[operator], right) for right, part in enumerate(operands))
        return f"{one} {operator} {other}"
    if operator == "neg":
        return f"-({written(operands[0])})"
    if operator == "given":
        return f"{_bracketed(operands[0], _INFIX['='], 0)} != ''"
    return f"{operator}({', '.join(written(part) for part in operands)})"


def _bracketed(part: Tree, level: int, right: int) -> str:
    own = _INFIX.get("=" if part[0] == "given" else part[0], 9)
    text = written(part)
    return f"({text})" if own < level or (own == level and right) else text


def _scale(scale: Scale) -> Iterator[dict[str, str]]:
    ordered = {"p8_ordered": "yes"} if scale.ordered else {}
    for option in scale.options:
        negative = {"p8_negative": "yes"} if option.negative else {}
        yield {"list_name": scale.code, "name": option.code, **_texts("label", option.title), **negative, **ordered}
        ordered = {}
    for none in scale.missing:
        reason = {"p8_missing": none.reason.value}
        yield {"list_name": scale.code, "name": none.code, **_texts("label", none.title), **reason}


def _settings(form: Form, languages: Sequence[str]) -> dict[str, str]:
    return {
        "form_id": form.code,
        "version": form.version,
        **_texts("form_title", form.title),
        "default_language": column_name(languages[0]) if languages else "",
        "p8_process": form.process,
    }


def _rules(form: Form) -> Iterator[dict[str, str]]:
    for rule in form.rules:
        data: Mapping[str, Any] = rule.to_json()
        details = {name: value for name, value in data.items() if name not in ("check", "questions")}
        yield {
            "check": rule.check,
            "questions": " ".join(rule.questions),
            "details": json.dumps(details, ensure_ascii=False, sort_keys=True) if details else "",
        }


def _xml_name(code: str) -> str:
    """A code of a block as the name of a group, which must begin with a letter."""
    plain = "".join(sign if sign.isalnum() or sign in "_-." else "_" for sign in code)
    return plain if plain[:1].isalpha() or plain[:1] == "_" else f"g_{plain}"
