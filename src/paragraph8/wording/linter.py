"""The linter reads a template back: numbers typed by hand, refused quotations, letters of another script."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from paragraph8.domain.figures import Basis, Figure
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text

from .admission import refuse_unknown_language
from .numerals import QUOTED, Number, find_numbers
from .overreach import beyond_observations
from .phrases import WORDS
from .quantifiers import QUANTIFIERS
from .reading import Reading, read
from .refusals import WordingError, reason
from .sentences import words_of
from .templates import Quotation, quotations

FINDINGS: Mapping[str, Mapping[str, str]] = {
    "hand-number": {
        "en": "“{excerpt}” is a number typed by hand. Quote a figure for it, or declare it a literal with its source.",
        "kk": "«{excerpt}» – қолмен жазылған сан. Оның орнына көрсеткішке сілтеме қойыңыз немесе дереккөзін көрсетіп, "
        "тұрақты сан деп белгілеңіз.",
        "ru": "«{excerpt}» — число, набранное вручную. Сошлитесь на показатель или объявите его постоянным, указав "
        "источник.",
    },
    "maybe-number": {
        "en": "“{excerpt}” may be a number typed by hand. If it counts something, quote a figure for it.",
        "kk": "«{excerpt}» қолмен жазылған сан болуы мүмкін. Ол бірдеңені санаса, көрсеткішке сілтеме қойыңыз.",
        "ru": "«{excerpt}» может быть числом, набранным вручную. Если оно что-то считает, сошлитесь на показатель.",
    },
    "judgement-word": {
        "en": "The word in “{excerpt}” is true of any number and says what the mission thinks of it: it needs "
        "a sign-off.",
        "kk": "«{excerpt}» дегендегі сөз кез келген санға сай келеді және миссияның пікірін білдіреді: "
        "оны бекіту керек.",
        "ru": "Слово в «{excerpt}» верно для любого числа и выражает мнение миссии: его нужно утвердить.",
    },
    "hand-interval": {
        "en": "“{excerpt}” speaks of sampling error, which only an estimate from a random sample has. Quote an "
        "estimate as estimate, which brings its own interval; of observations say how many of how many.",
        "kk": "«{excerpt}» іріктеме қателігін білдіреді, ал ол кездейсоқ іріктемеден алынған бағаланған мәнде ғана "
        "болады. Бағаланған мәнді estimate пішімімен келтіріңіз, оның сенім аралығы өзімен бірге тұрады; байқаулар "
        "туралы қаншадан қанша екенін айтыңыз.",
        "ru": "«{excerpt}» говорит об ошибке выборки, а она есть только у статистической оценки по случайной выборке. "
        "Приводите оценку форматом estimate, он сам пишет доверительный интервал; о наблюдениях скажите, сколько из "
        "скольких.",
    },
    "trend-word": {
        "en": "“{excerpt}” compares, and the sentence quotes counts of observations: other teams saw other stations. "
        "Give both counts side by side, or sign the word off.",
        "kk": "«{excerpt}» сөзі салыстырады, ал сөйлемде байқаулар саны келтірілген: басқа топтар басқа учаскелерді "
        "көрді. Екі санды қатар беріңіз немесе сөзді бекітіңіз.",
        "ru": "«{excerpt}» сравнивает, а в предложении приведены числа наблюдений: другие группы видели другие "
        "участки. Поставьте оба числа рядом или утвердите слово.",
    },
    "mixed-script": {
        "en": "“{excerpt}” mixes Cyrillic and Latin letters in one word.",
        "kk": "«{excerpt}» сөзінде кирилл және латын әріптері аралас.",
        "ru": "В слове «{excerpt}» смешаны кириллические и латинские буквы.",
    },
    "missing-text": {
        "en": "The sentence is not written in the language “{language}”.",
        "kk": "Сөйлем «{language}» тілінде жазылмаған.",
        "ru": "Предложение не написано на языке «{language}».",
    },
    "other-figures": {
        "en": "{key} is quoted in: {present}; not in: {absent}.",
        "kk": "{key} көрсеткіші бар тілдер: {present}; жоқ тілдер: {absent}.",
        "ru": "{key} приводится на языках: {present}; не приводится на языках: {absent}.",
    },
    "other-quantifiers": {
        "en": "{key} is worded as “{format}” in: {present}; not in: {absent}.",
        "kk": "{key} көрсеткіші «{format}» деп берілген тілдер: {present}; басқаша берілген тілдер: {absent}.",
        "ru": "{key} передан как «{format}» на языках: {present}; иначе на языках: {absent}.",
    },
}
"""What the linter says beyond the refusals of `refusals.REASONS`."""

_LATIN, _CYRILLIC_LETTER = "[a-z\u00df-\u024f\u0259]", "[\u0400-\u04ff]"
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(rf"{_LATIN}{_CYRILLIC_LETTER}|{_CYRILLIC_LETTER}{_LATIN}")
_CYRILLIC = ("kk", "ru")

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Finding:
    """Something the linter found, from `start` to `end` in the template; between templates the place is 0, 0.

    `code` is a key of `FINDINGS`, of `refusals.REASONS` or of `domain.figures.REFUSALS`.
    """

    code: str
    severity: Severity
    start: int
    end: int
    excerpt: str
    message: Text


def lint(template: str, language: str, figures: Mapping[str, Figure], literals: Collection[str]) -> tuple[Finding, ...]:
    """Everything that stands against publishing a template, in the order of the text. Never raises.

    A number inside one of `literals` (strings that the sentence declares, each with a source) is no finding.
    """
    if not template.strip():
        return (_missing(language),)
    try:
        refuse_unknown_language(language)
        quoted = quotations(template)
    except WordingError as error:
        return (Finding(error.code, Severity.BLOCK, 0, len(template), template, error.text),)
    plain = read(_without_quotations(template, quoted))
    findings = [
        *(finding for quotation in quoted for finding in _of_quotation(template, quotation, language, figures)),
        *(
            finding
            for quotation in quoted
            if quotation.name == WORDS
            for finding in _of_bound_words(template, quotation, language, literals)
        ),
        *_hand_numbers(template, plain, language, literals),
        *_mixed_words(template, plain, language),
        *_beyond_the_evidence(template, plain, language, [figures.get(str(quotation.key)) for quotation in quoted]),
    ]
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.code)))


def lint_parity(templates: Mapping[str, str]) -> tuple[Finding, ...]:
    """What one language says and another does not: figures quoted, and the quantifiers they are worded with.

    A language without a text is a finding of its own; a malformed template is reported and then left out.
    """
    findings: list[Finding] = []
    read_templates: dict[str, tuple[Quotation, ...]] = {}
    for language, template in sorted(templates.items()):
        if not template.strip():
            findings.append(_missing(language))
            continue
        try:
            read_templates[language] = quotations(template)
        except WordingError as error:
            findings.append(Finding(error.code, Severity.BLOCK, 0, 0, language, error.text))
    keys = {language: {str(quotation.key) for quotation in quoted} for language, quoted in read_templates.items()}
    words = {
        language: {
            (str(quotation.key), _quantifier(quotation)) for quotation in quoted if quotation.name in QUANTIFIERS
        }
        for language, quoted in read_templates.items()
    }
    findings += [_differing("other-figures", *where, key=key) for key, where in _differences(keys)]
    findings += [
        _differing("other-quantifiers", *where, key=key, form=form) for (key, form), where in _differences(words)
    ]
    return tuple(findings)


def _without_quotations(template: str, quoted: tuple[Quotation, ...]) -> str:
    """The template with each quotation overwritten, character for character."""
    characters = list(template)
    for quotation in quoted:
        characters[quotation.start : quotation.end] = QUOTED * (quotation.end - quotation.start)
    return "".join(characters)


def _of_quotation(
    template: str, quotation: Quotation, language: str, figures: Mapping[str, Figure]
) -> Iterator[Finding]:
    place = quotation.start, quotation.end, template[quotation.start : quotation.end]
    try:
        words = words_of(quotation, figures, language)
    except WordingError as error:
        yield Finding(error.code, Severity.BLOCK, *place, error.text)
        return
    if quotation.name in QUANTIFIERS and QUANTIFIERS[quotation.name].judgement:
        yield Finding("judgement-word", Severity.WARN, *place, reason(FINDINGS["judgement-word"], {"excerpt": words}))
    if quotation.name != WORDS and "/" in quotation.inflection:
        hidden = read(quotation.inflection)
        yield from (_number_finding(*place, number.doubtful) for number in find_numbers(hidden, language))


def _of_bound_words(template: str, quotation: Quotation, language: str, literals: Collection[str]) -> Iterator[Finding]:
    """Words that are bound to a yes are the author's: they are read like the sentence around them."""
    place = quotation.start, quotation.end, template[quotation.start : quotation.end]
    words = quotation.inflection
    plain = read(words)
    found = (*_hand_numbers(words, plain, language, literals), *_mixed_words(words, plain, language))
    yield from (replace(finding, start=place[0], end=place[1], excerpt=place[2]) for finding in found)


def _hand_numbers(template: str, plain: Reading, language: str, literals: Collection[str]) -> Iterator[Finding]:
    declared = tuple(_occurrences(plain.folded, literals))
    for number in find_numbers(plain, language):
        if not _is_declared(number, declared):
            start, end = plain.span(number.start, number.end)
            yield _number_finding(start, end, template[start:end], number.doubtful)


def _occurrences(text: str, literals: Collection[str]) -> Iterator[tuple[int, int]]:
    for literal in literals:
        wanted = read(literal).folded.strip()
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            yield at, at + len(wanted)
            at = text.find(wanted, at + 1)


def _is_declared(number: Number, declared: tuple[tuple[int, int], ...]) -> bool:
    """Whether every part of the number lies whole inside a declared string."""
    return all(any(start <= first and last <= end for start, end in declared) for first, last in number.parts)


def _number_finding(start: int, end: int, excerpt: str, doubtful: bool) -> Finding:
    code = "maybe-number" if doubtful else "hand-number"
    severity = Severity.WARN if doubtful else Severity.BLOCK
    return Finding(code, severity, start, end, excerpt, reason(FINDINGS[code], {"excerpt": excerpt}))


def _mixed_words(template: str, plain: Reading, language: str) -> Iterator[Finding]:
    """Look-alike letters of the Latin script inside a Kazakh or Russian word."""
    if language not in _CYRILLIC:
        return
    for match in _WORD.finditer(plain.folded):
        if not _MIXED.search(match[0]):
            continue
        start, end = plain.span(*match.span())
        excerpt = template[start:end]
        message = reason(FINDINGS["mixed-script"], {"excerpt": excerpt})
        yield Finding("mixed-script", Severity.BLOCK, start, end, excerpt, message)


def _beyond_the_evidence(
    template: str, plain: Reading, language: str, quoted: Sequence[Figure | None]
) -> Iterator[Finding]:
    """Words of sampling error without an estimate, and words of comparison beside counts of observations."""
    if any(figure is not None and figure.estimate is not None for figure in quoted):
        return
    for code, severity, start, end in beyond_observations(plain.folded, language):
        if code == "trend-word" and not any(figure is not None and figure.basis is Basis.OBSERVED for figure in quoted):
            continue
        first, last = plain.span(start, end)
        excerpt = template[first:last]
        yield Finding(code, severity, first, last, excerpt, reason(FINDINGS[code], {"excerpt": excerpt}))


def _missing(language: str) -> Finding:
    message = reason(FINDINGS["missing-text"], {"language": language})
    return Finding("missing-text", Severity.BLOCK, 0, 0, "", message)


def _quantifier(quotation: Quotation) -> str:
    return quotation.name + (f"={quotation.argument}" if quotation.argument is not None else "")


def _differences(said: Mapping[str, set[Thing]]) -> Iterator[tuple[Thing, tuple[list[str], list[str]]]]:
    """Each thing that not every language says, with the languages that do and those that do not."""
    for thing in sorted(set().union(*said.values()), key=str):
        present = [language for language in said if thing in said[language]]
        absent = [language for language in said if thing not in said[language]]
        if absent:
            yield thing, (present, absent)


def _differing(code: str, present: list[str], absent: list[str], *, key: str, form: str = "") -> Finding:
    facts = {"key": key, "format": form, "present": ", ".join(present), "absent": ", ".join(absent)}
    return Finding(code, Severity.BLOCK, 0, 0, key, reason(FINDINGS[code], facts))
