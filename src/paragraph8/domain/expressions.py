"""Expressions of a form: when a question is asked, and what an answer must satisfy.

The XPath that stands in an XForm is compiled once per version of a form into a tree of a small grammar, which phone
and server evaluate alike (numbers are IEEE doubles in both). What lies outside the grammar is left to ODK Collect.

A tree is an operator followed by its operands:

    ("answer", code)  ("str", text)  ("num", digits)  ("true",)  ("false",)
    ("and" | "or", a, b)  ("not", a)  ("given", a)
    ("=" | "!=" | "<" | "<=" | ">" | ">=", a, b)
    ("+" | "-" | "*" | "div" | "mod", a, b)  ("neg", a)
    ("selected", a, text)  ("count-selected", a)  ("string-length", a)
    ("number" | "int" | "round", a)  ("if", condition, a, b)  ("coalesce", a, b)

Unknown is not zero: what rests on a missing answer is unknown, and neither true nor false.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .answers import Value

Tree = tuple[Any, ...]
Result = str | float | bool | tuple[str, ...] | None
"""What a tree is worth; `None` is unknown."""

GRAMMAR = 1
"""Raised when a tree of the same shape would mean something else."""
FUEL = 2_000
"""Operators that one evaluation may look at."""

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Expression:
    """An expression as the XForm has it, and its tree; none where it lies outside the grammar."""

    xpath: str
    tree: Tree | None = None

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data."""
        data: dict[str, Any] = {"xpath": self.xpath}
        if self.tree is not None:
            data |= {"tree": _to_lists(self.tree), "grammar": GRAMMAR}
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Expression:
        """The inverse of `to_json`; a tree of another grammar is left aside."""
        known = data.get("grammar") == GRAMMAR
        return cls(data["xpath"], _to_tuples(data["tree"]) if known else None)


def reads(tree: Tree) -> frozenset[str]:
    """Codes of the questions on whose answers it rests."""
    return frozenset(node[1] for node in _nodes(tree) if node[0] == "answer")


def both(one: Tree, other: Tree) -> Tree:
    """The tree that holds when both hold."""
    return ("and", one, other)


def evaluate(tree: Tree, values: Mapping[str, Value | None], *, fuel: int = FUEL) -> Result:
    """What the tree is worth, given the answers by question code (`Form.values`). A code that is not there is unknown,
    and so is everything when the fuel does not last."""
    if sum(1 for _ in _nodes(tree)) > fuel:
        return None
    return _worth(tree, values)


def holds(expression: Expression | None, values: Mapping[str, Value | None]) -> bool | None:
    """Whether it holds; an expression that is not there does. Unknown outside the grammar."""
    if expression is None:
        return True
    worth = evaluate(expression.tree, values) if expression.tree is not None else None
    return worth if isinstance(worth, bool) else None


def _nodes(tree: Tree) -> Iterator[Tree]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part in node[1:] if isinstance(part, tuple))


def _worth(tree: Tree, values: Mapping[str, Value | None]) -> Result:
    operator, *operands = tree
    if operator in ("answer", "str", "num", "true", "false"):
        return _leaf(tree, values)
    if operator == "if":
        condition = _worth(operands[0], values)
        return _worth(operands[1 if condition else 2], values) if isinstance(condition, bool) else None
    parts = [_worth(operand, values) for operand in operands]
    if operator in _OF_UNKNOWN:
        return _OF_UNKNOWN[operator](*parts)
    return None if None in parts else _OPERATORS[operator](*parts)


def _leaf(tree: Tree, values: Mapping[str, Value | None]) -> Result:
    operator = tree[0]
    if operator == "answer":
        value = values.get(tree[1])
        return float(value) if isinstance(value, int) else (value if value not in ("", ()) else None)
    if operator in ("true", "false"):
        return bool(operator == "true")
    return float(tree[1]) if operator == "num" else str(tree[1])


def _joined(operator: str, one: Result, other: Result) -> bool | None:
    """And, or: one side may decide while the other is unknown."""
    deciding = operator == "or"
    if deciding in (one, other):
        return deciding
    return None if one is None or other is None else not deciding


def number_of(value: Result) -> float | None:
    """The number that a value stands for: digits, the minute of a clock time, the day of a date (with the
    clock time as its fraction)."""
    if isinstance(value, bool | float):
        return float(value)
    return _number_in(value) if isinstance(value, str) else None


def _number_in(value: str) -> float | None:
    if _NUMBER.fullmatch(value.strip()):
        return float(value)
    if clock := _CLOCK.fullmatch(value):
        return float(int(clock[1]) * 60 + int(clock[2]))
    try:
        day = float(date.fromisoformat(value[:10]).toordinal() - _EPOCH)
    except ValueError:
        return None
    clock = _CLOCK.fullmatch(value[11:]) if value[10:11] == "T" else None
    return day + (int(clock[1]) * 60 + int(clock[2])) / 1440 if clock else day


def _text_of(value: Result) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _equal(one: Result, other: Result) -> bool | None:
    if isinstance(one, bool) or isinstance(other, bool):
        return one == other if isinstance(one, bool) and isinstance(other, bool) else None
    if isinstance(one, float) or isinstance(other, float):
        numbers = number_of(one), number_of(other)
        return None if None in numbers else numbers[0] == numbers[1]
    return _text_of(one) == _text_of(other)


def _unequal(one: Result, other: Result) -> bool | None:
    equal = _equal(one, other)
    return None if equal is None else not equal


def _numbers(work: Callable[..., Any]) -> Callable[..., Result]:
    """An operator on numbers: unknown where an operand is none, and where the result is."""

    def worked(*operands: Result) -> Result:
        numbers = [number_of(operand) for operand in operands]
        if None in numbers:
            return None
        try:
            result = work(*numbers)
        except (ArithmeticError, ValueError):
            return None
        return result if isinstance(result, bool) else (float(result) if math.isfinite(result) else None)

    return worked


def _not(value: Result) -> bool | None:
    return not value if isinstance(value, bool) else None


def _selected(value: Result, code: Result) -> bool:
    chosen = value if isinstance(value, tuple) else tuple(_text_of(value).split())
    return _text_of(code).strip() in chosen


_OF_UNKNOWN: dict[str, Callable[..., Result]] = {
    "and": lambda one, other: _joined("and", one, other),
    "or": lambda one, other: _joined("or", one, other),
    "coalesce": lambda one, other: other if one is None else one,
    "given": lambda value: value is not None,
}
"""Operators that can say something although an operand is unknown."""

_OPERATORS: dict[str, Callable[..., Result]] = {
    "not": _not,
    "=": _equal,
    "!=": _unequal,
    "<": _numbers(lambda a, b: a < b),
    "<=": _numbers(lambda a, b: a <= b),
    ">": _numbers(lambda a, b: a > b),
    ">=": _numbers(lambda a, b: a >= b),
    "+": _numbers(lambda a, b: a + b),
    "-": _numbers(lambda a, b: a - b),
    "*": _numbers(lambda a, b: a * b),
    "div": _numbers(lambda a, b: a / b),
    "mod": _numbers(math.fmod),
    "neg": _numbers(lambda a: -a),
    "number": _numbers(lambda a: a),
    "int": _numbers(math.trunc),
    "round": _numbers(lambda a: math.floor(a + 0.5)),
    "selected": _selected,
    "count-selected": lambda value: float(len(value if isinstance(value, tuple) else _text_of(value).split())),
    "string-length": lambda value: float(len(_text_of(value))),
}


def _to_lists(tree: Tree) -> list[Any]:
    return [_to_lists(part) if isinstance(part, tuple) else part for part in tree]


def _to_tuples(tree: list[Any]) -> Tree:
    return tuple(_to_tuples(part) if isinstance(part, list) else part for part in tree)
