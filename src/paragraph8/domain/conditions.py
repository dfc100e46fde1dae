"""Conditions in words: when a question is asked, as a paper form and a page say it."""

from __future__ import annotations

from .expressions import Tree
from .forms import Form
from .text import Text

LANGUAGES = ("en", "kk", "ru")
_QUOTES = {"en": ("“", "”"), "kk": ("«", "»"), "ru": ("«", "»")}
_WORDS = {
    "and": {"en": "{} and {}", "kk": "{} және {}", "ru": "{} и {}"},
    "or": {"en": "{} or {}", "kk": "{} немесе {}", "ru": "{} или {}"},
    "not": {"en": "not ({})", "kk": "({}) емес", "ru": "не ({})"},
    "given": {"en": "{} is answered", "kk": "{} сұрағына жауап берілген", "ru": "на {} дан ответ"},
    "is": {"en": "{}: {}", "kk": "{}: {}", "ru": "{}: {}"},
    "is-not": {"en": "{}: not {}", "kk": "{}: {} емес", "ru": "{}: не {}"},
    "count-selected": {
        "en": "number of answers to {}",
        "kk": "{} сұрағындағы жауап саны",
        "ru": "число ответов на {}",
    },
    "string-length": {"en": "length of {}", "kk": "{} ұзындығы", "ru": "длина {}"},
}
_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×", "div": "÷"}
_PLAIN = ("number", "int", "round")


def condition(form: Form, tree: Tree) -> Text | None:
    """The condition in the languages of the product, naming questions by their codes and answers by their titles;
    `None` where it is too involved for a line of words."""
    said = {language: _said(form, tree, language) for language in LANGUAGES}
    return Text.of({language: words for language, words in said.items() if words}) if all(said.values()) else None


def _said(form: Form, tree: Tree, language: str) -> str | None:
    operator = tree[0]
    if operator in ("answer", "num", "str"):
        return _quoted(str(tree[1]), language) if operator == "str" else str(tree[1])
    return _choice(form, tree, language) or _composed(form, tree, language)


def _composed(form: Form, tree: Tree, language: str) -> str | None:
    operator = tree[0]
    parts = [_said(form, part, language) for part in tree[1:] if isinstance(part, tuple)]
    if None in parts or not parts:
        return None
    words = [part or "" for part in parts]
    if operator in _SIGNS:
        return f"{words[0]} {_SIGNS[operator]} {words[1]}"
    if operator in ("and", "or"):
        words = [_bracketed(part, word, operator) for part, word in zip(tree[1:], words, strict=True)]
    if operator in _WORDS:
        return _WORDS[operator][language].format(*words)
    return words[0] if operator in _PLAIN else None


def _choice(form: Form, tree: Tree, language: str) -> str | None:
    """A comparison of a question with one of its answers."""
    operator, *operands = tree
    negated = operator == "!="
    if operator == "not" and operands[0][0] in ("selected", "="):
        operator, *operands = operands[0]
        negated = True
    if operator not in ("selected", "=", "!=") or operands[0][0] != "answer" or operands[1][0] != "str":
        return None
    question = form.question(operands[0][1])
    scale = form.scale(question) if question else None
    titles = {option.code: option.title for option in scale.options} if scale else {}
    titles |= {none.code: none.title for none in scale.missing} if scale else {}
    code = operands[1][1]
    title = titles[code].shown(language).string if code in titles else code
    return _WORDS["is-not" if negated else "is"][language].format(operands[0][1], _quoted(title, language))


def _bracketed(part: Tree, words: str, outer: str) -> str:
    return f"({words})" if part[0] in ("and", "or") and part[0] != outer else words


def _quoted(words: str, language: str) -> str:
    opening, closing = _QUOTES[language]
    return f"{opening}{words}{closing}"
