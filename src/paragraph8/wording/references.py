"""Digits that count nothing: dates and years, clock times, articles and paragraphs, document numbers.

They are blanked before the linter looks for quantities. A pattern takes no more than it can be sure of: where a year
could as well be a number of observations ("in 1990 observations"), it stays. Repetitions are bounded, so that the time
grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from babel.dates import get_month_names

from .languages import locale
from .reading import Reading

BLANK = "\ufffd"

_ALONE = r"(?<![\d.,:/-])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_TO = r" ?[–-] ?"
_NUMBER_SIGN = r"№{1,2} ?\d{1,9}(?:[./-]\d{1,9}){0,4}"
_REFERENCE = r"\d{1,6}(?:[.-]\d{1,6}){0,4}(?:\([\da-z]{1,6}\)){0,4}"

_EVERYWHERE = (
    rf"{_ALONE}{_YEAR}-\d\d-\d\d\b",
    rf"{_ALONE}{_DAY}[./](?:0[1-9]|1[0-2])[./]{_YEAR}\b",
    rf"{_ALONE}(?:[01]?\d|2\d):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:-\w+)?",
    rf"\({_YEAR}\)",
    _NUMBER_SIGN,
)

_EN_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_EN_DAY = rf"{_DAY}(?:st|nd|rd|th)?"
_EN_DOCUMENT = (
    r"(?:Document|Covenant|Constitution|Convention|Charter|Law|Code|Declaration|Act|Statement|Report|Agreement|Treaty"
    r"|Protocol|Guidelines|Recommendations|Concept)\b"
)
_EN_EVENT = (
    r"(?:(?:early|presidential|parliamentary|local|general|previous|last) )*(?:elections?|campaign|constitution)\b"
)
_EN_AFTER_YEAR = (
    r"(?=$|[^\w %‰]|'s\b| (?:[^\w %‰]|and (?:19|20)\d\d|or (?:19|20)\d\d|to (?:19|20)\d\d|the|a|an|and|but"
    r"|was|were|is|are|had|has|have|by|at|on|for|with|when|which|who|that|as|until|there|it|they|under|after|before"
    rf"|did|does|could|would|may|also|{_EN_EVENT})\b)"
)
_EN_LIST = rf"{_REFERENCE}(?:, {_REFERENCE}){{0,9}}(?:,? (?:and|or|to) {_REFERENCE}|[–-]{_REFERENCE})?"
_EN_NAMES = "article|paragraph|subparagraph|section|chapter|annex|clause"

_ENGLISH = (
    rf"{_ALONE}(?:{_EN_DAY}(?:, {_EN_DAY}){{0,9}}(?:{_TO}|,? and | to | or ))?{_EN_DAY}(?: of)? {_EN_MONTH}"
    rf"(?:,? {_YEAR}\b)?",
    rf"\b{_EN_MONTH} {_EN_DAY}, {_YEAR}\b",
    rf"\b{_EN_MONTH},? {_YEAR}\b",
    rf"\b(?:[Tt]he )?[Yy]ears? {_YEAR}(?:(?:{_TO}| and | or | to ){_YEAR})?\b",
    rf"\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Bb]efore|[Aa]fter|[Dd]uring|[Bb]etween"
    rf"|(?<=[a-z] )of|(?<=(?:19|20)\d\d )(?:and|or|to)) {_YEAR}(?:{_TO}{_YEAR})?{_EN_AFTER_YEAR}",
    rf"{_ALONE}{_YEAR}(?='s )",
    rf"{_ALONE}(?:19|20)\d0s\b",
    rf"{_ALONE}{_YEAR} (?=(?:[A-Z][\w'-]* (?:(?:[A-Z][\w'-]*|of|on|and|the|for|to|in) ){{0,7}})?{_EN_DOCUMENT})",
    rf"{_ALONE}{_YEAR} (?={_EN_EVENT})",
    rf"{_ALONE}1?\d(?: ?[ap]\.m\.| ?[ap]m\b)",
    r"\bNos?\. ?\d{1,9}(?:[./-]\d{1,9}){0,4}",
    rf"\b(?i:{_EN_NAMES}) {_REFERENCE}(?:{_TO}{_REFERENCE})?",
    rf"\b(?i:articles|paragraphs|subparagraphs|sections|chapters|annexes|clauses) {_EN_LIST}",
    rf"\b(?i:arts?|paras?)\. ?{_REFERENCE}",
)

_KK_MONTH = (
    r"(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)"
    r"(?:[нтд][ыі]ң|[дт][ае]|[ғг][ае]|[қк][ае]|[днт][ае]н|[днт][ыі]|[дт][ае][ғг][ыі]|[мбп]ен)?\b"
)
_KK_YEAR_WORD = r"(?:жыл(?:ғы|ы|ына|ында|ынан|ының|дың|ға|да|дан|дағы|дары\w*|дар)?\b|жж?\.)"
_KK_ARTICLE = r"(?:ба[пб]|тарма[қғ]|бөлі[мг]|тарау|қосымша)\w*"

_KK_NUMBER = r"\d{1,4}(?:[.-]\d{1,4}){0,3}"

_KAZAKH = (
    rf"{_ALONE}{_YEAR}(?:(?:{_TO}|, | және | мен ){_YEAR}){{0,9}}[ -]{_KK_YEAR_WORD}",
    rf"{_ALONE}(?:{_DAY}(?:, {_DAY}){{0,9}}(?:{_TO}| және | мен ))?{_DAY} {_KK_MONTH}",
    rf"{_ALONE}{_KK_NUMBER}(?:(?:, | және | мен |[–-]){_KK_NUMBER}){{0,9}}-{_KK_ARTICLE}",
    r"(?<!\d)\d{1,2}\) тармақша\w*",
    r"\bсағат \d\d?\.[0-5]\d(?:-\w+)?",
    rf"{_NUMBER_SIGN}-\w+",
)

_RU_MONTH = r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b"
_RU_ANY_MONTH = r"(?:(?:янв|февр|апр|сент|окт|нояб|дек)[а-я]+|март[а-я]*|ма[йяюе]м?|ию[нл][а-я]+|август[а-я]*)"
_RU_YEAR_WORD = r"(?:год[а-я]*\b|гг?\.|гг?\b)"
_RU_NAMES = (
    r"(?:стать[а-я]+|статей|пункт[а-я]*|подпункт[а-я]*|част[ьи]|глав[аыеу]|раздел[а-я]*|приложени[а-я]+|абзац[а-я]*)"
)
_RU_PLURALS = (
    r"(?:статьи|статей|статьям|статьях|статьями|пункт(?:ы|ов|ам|ах|ами)|подпункт(?:ы|ов|ам|ах|ами)|част(?:и|ей|ям|ях))"
)

_RUSSIAN = (
    rf"{_ALONE}(?:{_DAY}(?:, {_DAY}){{0,9}}(?:{_TO}| и | или | по | до ))?{_DAY} {_RU_MONTH}"
    rf"(?: {_YEAR}(?: {_RU_YEAR_WORD})?)?",
    rf"\b{_RU_ANY_MONTH} {_YEAR}(?: {_RU_YEAR_WORD})?\b",
    rf"{_ALONE}{_YEAR}(?:(?:{_TO}|, | и | или | по | до ){_YEAR}){{0,9}} ?{_RU_YEAR_WORD}",
    rf"{_ALONE}(?:19|20)\d0-(?:е|х|ми)\b",
    rf"\b{_RU_NAMES} {_REFERENCE}(?:{_TO}{_REFERENCE})?",
    rf"\b{_RU_PLURALS} {_REFERENCE}(?:, {_REFERENCE}){{0,9}}(?: (?:и|или|по) {_REFERENCE}|[–-]{_REFERENCE})?",
    rf"(?<!п\.)(?<!п\. )(?<!т\.)(?<!т\. )(?<!\d)(?<!\d )\b(?:ст|пп?|ч)\. ?{_REFERENCE}",
)

_CASED = {"en": _ENGLISH}
_FOLDED = {"kk": _KAZAKH, "ru": _RUSSIAN}


def blank_references(reading: Reading, language: str) -> str:
    """The folded text with every reference overwritten by `BLANK`, character for character."""
    characters = list(reading.folded)
    for text, patterns in ((reading.cased, _patterns(language, cased=True)), (reading.folded, _patterns(language))):
        for pattern in patterns:
            for match in pattern.finditer(text):
                characters[match.start() : match.end()] = BLANK * (match.end() - match.start())
    return "".join(characters)


@lru_cache(maxsize=128)
def _patterns(language: str, *, cased: bool = False) -> tuple[re.Pattern[str], ...]:
    if cased:
        return _compiled(_CASED.get(language, ()))
    ours = _FOLDED.get(language, () if language in _CASED else _dates_of_cldr(language))
    return _compiled((*_EVERYWHERE, *ours))


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _dates_of_cldr(language: str) -> tuple[str, ...]:
    """Day, month and year in a language of which only CLDR is known."""
    where = locale(language)
    names = {
        name.lower()
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in get_month_names(width, context, where).values()
    }
    month = "(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + r")\b\.?"
    return (rf"{_ALONE}{_DAY}\.?(?:{_TO}{_DAY}\.?)? (?:de )?{month}(?:,? (?:de )?{_YEAR}\b)?", rf"\b{month} {_YEAR}\b")
