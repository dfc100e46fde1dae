"""XPath as it stands in an XForm → the tree of an expression, or the reason why it lies outside the grammar.

Only what phone and server can evaluate alike is in: paths to questions, literals, arithmetic, comparisons, and/or/not
and a few functions. `today()` and `now()` are left out because the same report must be read alike on any day, and
`regex()` because two languages do not agree on what an expression matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .expressions import Expression, Tree

MOST_CHARACTERS, DEEPEST, MOST_TOKENS = 4_000, 32, 500

_TOKENS = re.compile(
    r"""\s*(?:
    (?P<num>\d+(?:\.\d+)?|\.\d+)
  | (?P<str>"[^"]*"|'[^']*')
  | (?P<path>(?:current\(\)/)?\.\.?(?:/(?:\.\.|[^\W\d][\w.\-]*))*)
  | (?P<rooted>/[^\W\d][\w.\-]*(?:/[^\W\d][\w.\-]*)*)
  | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
  | (?P<sign><=|>=|!=|[=<>+\-*(),])
    )""",
    re.VERBOSE,
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_WORDS = ("or", "and", "div", "mod")
_ONE_OPERAND = ("not", "number", "int", "round", "string-length", "count-selected")
_CONDITIONS = frozenset({"and", "or", "not", "given", "=", "!=", "<", "<=", ">", ">=", "selected", "true", "false"})


class OutsideGrammarError(ValueError):
    """The expression says something that the grammar does not know. `reason` is a code of `OUTSIDE`, `word` what stood
    there."""

    def __init__(self, reason: str, word: str = "") -> None:
        super().__init__(f"{reason} {word}".strip())
        self.reason = reason
        self.word = word


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def compiled(xpath: str, codes: Mapping[str, str], own: str = "", *, condition: bool = True) -> Expression:
    """The expression with its tree; without one where it lies outside the grammar (`tree_of` says why)."""
    try:
        return Expression(xpath, tree_of(xpath, codes, own, condition=condition))
    except OutsideGrammarError:
        return Expression(xpath)


def tree_of(xpath: str, codes: Mapping[str, str], own: str = "", *, condition: bool = True) -> Tree:
    """The tree of an XPath. `codes` gives the question at each absolute path, `own` is the path that the expression
    stands at; a `condition` must be true or false.

    Raises `OutsideGrammarError`.
    """
    if len(xpath) > MOST_CHARACTERS:
        raise OutsideGrammarError("too-long")
    tree = _Parser(list(_tokens(xpath)), codes, own).parsed()
    if condition and not _is_condition(tree):
        raise OutsideGrammarError("no-condition")
    return tree


def _tokens(xpath: str) -> Iterator[_Token]:
    at, count = 0, 0
    text = xpath.strip()
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None or found.lastgroup is None or found.end() == at:
            raise OutsideGrammarError("sign", text[at : at + 20].split()[0])
        count += 1
        if count > MOST_TOKENS:
            raise OutsideGrammarError("too-long")
        yield _Token(found.lastgroup, found[found.lastgroup])
        at = found.end()


class _Parser:
    """By recursive descent, one method for each level of binding."""

    def __init__(self, tokens: list[_Token], codes: Mapping[str, str], own: str) -> None:
        self.tokens = tokens
        self.codes = codes
        self.own = own
        self.at = 0
        self.depth = 0

    def parsed(self) -> Tree:
        tree = self._level(0)
        if self.at < len(self.tokens):
            raise OutsideGrammarError("sign", self.tokens[self.at].text)
        return tree

    def _next(self) -> _Token:
        token = self.tokens[self.at] if self.at < len(self.tokens) else _Token("end", "")
        self.at += 1
        return token

    def _meets(self, *texts: str) -> str | None:
        """The text of the next token when it is one of these operators or signs; it is passed then."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind in ("sign", "name"):
            text = self.tokens[self.at].text
            if text in texts:
                self.at += 1
                return text
        return None

    def _wants(self, sign: str) -> None:
        if not self._meets(sign):
            token = self._next()
            raise OutsideGrammarError("sign", token.text)

    def _level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self._signed()
        self.depth += level == 0
        if self.depth > DEEPEST:
            raise OutsideGrammarError("too-deep")
        tree = self._level(level + 1)
        while operator := self._meets(*_LEVELS[level]):
            tree = _binary(operator, tree, self._level(level + 1))
        self.depth -= level == 0
        return tree

    def _signed(self) -> Tree:
        negative = False
        while self._meets("-"):
            negative = not negative
        tree = self._operand()
        return ("neg", tree) if negative else tree

    def _operand(self) -> Tree:
        token = self._next()
        if token.kind == "num":
            return ("num", token.text if token.text[0] != "." else f"0{token.text}")
        if token.kind == "str":
            return ("str", token.text[1:-1])
        if token.text == "(":
            tree = self._level(0)
            self._wants(")")
            return tree
        if token.kind in ("path", "rooted"):
            return ("answer", self._question(token.text))
        if token.kind == "name" and token.text not in _WORDS and self._meets("("):
            return self._function(token.text)
        raise OutsideGrammarError("sign", token.text)

    def _question(self, path: str) -> str:
        absolute = _absolute(path.removeprefix("current()/"), self.own)
        if absolute not in self.codes:
            raise OutsideGrammarError("path", path.rpartition("/")[2] or path)
        return self.codes[absolute]

    def _function(self, name: str) -> Tree:
        operands = self._operands()
        if name in ("true", "false") and not operands:
            return (name,)
        if name in _ONE_OPERAND and len(operands) == 1:
            return _unary(name, operands[0])
        if name == "selected" and len(operands) == 2:
            return self._selected(*operands)
        if name == "coalesce" and len(operands) == 2:
            return (name, *operands)
        if name == "if" and len(operands) == 3 and _is_condition(operands[0]):
            return (name, *operands)
        raise OutsideGrammarError("function", f"{name}()")

    def _operands(self) -> list[Tree]:
        if self._meets(")"):
            return []
        operands = [self._level(0)]
        while self._meets(","):
            operands.append(self._level(0))
        self._wants(")")
        return operands

    def _selected(self, question: Tree, code: Tree) -> Tree:
        if question[0] != "answer" or code[0] != "str":
            raise OutsideGrammarError("function", "selected()")
        return ("selected", question, code)


def _unary(name: str, operand: Tree) -> Tree:
    if name == "not" and not _is_condition(operand):
        raise OutsideGrammarError("no-condition")
    return (name, operand)


def _binary(operator: str, one: Tree, other: Tree) -> Tree:
    """A comparison with nothing ('') asks whether there is an answer, which is never unknown."""
    if operator in ("=", "!=") and ("str", "") in (one, other):
        given: Tree = ("given", one if other == ("str", "") else other)
        return given if operator == "!=" else ("not", given)
    if operator in ("and", "or") and not (_is_condition(one) and _is_condition(other)):
        raise OutsideGrammarError("no-condition")
    return (operator, one, other)


def _is_condition(tree: Tree) -> bool:
    """Whether it can be true or false, and nothing else."""
    operator = tree[0]
    if operator == "if":
        return _is_condition(tree[2]) and _is_condition(tree[3])
    return operator in _CONDITIONS


def _absolute(path: str, own: str) -> str:
    """A path from the root; `own` is where "." stands."""
    steps = [] if path.startswith("/") else own.split("/")[1:]
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/" + "/".join(steps)
