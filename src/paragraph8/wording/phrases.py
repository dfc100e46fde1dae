"""One quotation and its figure → the words that stand in the sentence, or the reason why they may not."""

from __future__ import annotations

from paragraph8.domain.figures import Figure, Kind

from . import kazakh
from .admission import (
    named_noun,
    number_of,
    refuse_unknown_language,
    refuse_unless_yes,
    refuse_withheld,
    share_of,
    unknown_inflection,
)
from .estimated import ESTIMATE, estimated
from .languages import NO_BREAK_SPACE, SHIPPED, empty_value, plural_class, plural_classes
from .nouns import CASES, LEXICON
from .numbers import format_integer, format_percentage, format_share
from .quantified import quantified
from .quantifiers import LEAST_FOR_SHARE, QUANTIFIERS
from .refusals import WordingError
from .templates import Quotation

NUMBER_FORMATS = ("x", "count", "y", "left")
WORDS = "if"
"""The format of words that stand only while their figure says yes."""
FORMATS = (*NUMBER_FORMATS, "of", "share", "p", ESTIMATE, WORDS, *QUANTIFIERS)
"""Every format, in the order of the methodology."""


def phrase(quotation: Quotation, figure: Figure, language: str) -> str:
    """The words of a quotation. Raises `WordingError`, and nothing else, when the figure does not carry them."""
    refuse_unknown_language(language)
    refuse_withheld(figure)
    name = quotation.name
    if name == ESTIMATE:
        return estimated(quotation, figure, language)
    if figure.kind is Kind.ESTIMATE and name in FORMATS:
        raise WordingError("estimate-only", key=str(figure.key), format=quotation.name)
    if name in QUANTIFIERS:
        return quantified(quotation, figure, language)
    if name not in FORMATS:
        raise WordingError("unknown-format", format=quotation.format, known=", ".join(FORMATS))
    if quotation.argument is not None:
        raise WordingError("needless-argument", format=quotation.format)
    if name == WORDS:
        return _words_if_so(quotation, figure)
    if name in NUMBER_FORMATS:
        return _number(quotation, figure, language)
    _, y = share_of(quotation, figure)
    if name == "of":
        return empty_value(language) if y == 0 else _part_of_whole(quotation, figure, language)
    return _percentage(quotation, figure, language)


def _words_if_so(quotation: Quotation, figure: Figure) -> str:
    """The author's own words, bound to a figure that says yes; in any language."""
    refuse_unless_yes(figure)
    if not quotation.inflection.strip():
        raise WordingError("no-words", key=str(figure.key))
    return quotation.inflection


def _number(quotation: Quotation, figure: Figure, language: str) -> str:
    n = {
        "x": lambda: number_of(figure),
        "count": lambda: number_of(figure),
        "y": lambda: share_of(quotation, figure)[1],
        "left": figure.left_out_total,
    }[quotation.name]()
    inflection = quotation.inflection
    digits = format_integer(n, language)
    if not inflection:
        return digits
    if "/" in inflection:
        return _word_by_class(quotation, n, language)
    if language == "kk" and inflection in kazakh.CASES:
        return f"{digits}-{kazakh.suffix(n, inflection)}"
    if language not in SHIPPED:
        raise WordingError("no-wording", format=quotation.format, language=language)
    name, colon, case = inflection.partition(":")
    suffixes = kazakh.CASES if language == "kk" else ()
    noun = named_noun(quotation, figure, name, suffixes)
    if colon and case not in CASES:
        raise unknown_inflection(quotation, tuple(f"{name}:{known}" for known in CASES))
    return f"{digits}{NO_BREAK_SPACE}{noun.counted(n, language, case or 'nom')}"


def _word_by_class(quotation: Quotation, n: int, language: str) -> str:
    """The one of several words that agrees with the number, without the number: {KEY:x|was/were}."""
    words = quotation.inflection.split("/")
    classes = plural_classes(language)
    if len(words) != len(classes):
        raise WordingError("wrong-words", inflection=quotation.inflection, n=len(classes), classes=", ".join(classes))
    return words[classes.index(plural_class(n, language))]


def _part_of_whole(quotation: Quotation, figure: Figure, language: str) -> str:
    if language not in SHIPPED:
        raise WordingError("no-wording", format=quotation.format, language=language)
    x, y = share_of(quotation, figure)
    names = quotation.inflection.split(":") if quotation.inflection else []
    case = names.pop() if language == "kk" and names and names[-1] in kazakh.CASES else "in"
    suffixes = kazakh.CASES if language == "kk" else ()
    if len(names) > 1:
        raise unknown_inflection(quotation, (*suffixes, "unit", *LEXICON))
    noun = named_noun(quotation, figure, names[0] if names else "unit", suffixes)
    part, whole = format_integer(x, language), format_integer(y, language)
    if language == "kk":
        return f"{whole}{NO_BREAK_SPACE}{noun.counted(y, language, 'gen')} {part}-{kazakh.suffix(x, case)}"
    preposition = "of" if language == "en" else "из"
    return f"{part} {preposition} {whole}{NO_BREAK_SPACE}{noun.counted(y, language, 'gen')}"


def _percentage(quotation: Quotation, figure: Figure, language: str) -> str:
    x, y = share_of(quotation, figure)
    if 0 < y < LEAST_FOR_SHARE:
        raise WordingError("small-n", key=str(figure.key), x=x, y=y, least=LEAST_FOR_SHARE)
    cases = tuple(filter(None, kazakh.PER_CENT)) if language == "kk" and quotation.name == "share" else ()
    if quotation.inflection and quotation.inflection not in cases:
        raise unknown_inflection(quotation, cases)
    if quotation.name == "p":
        return format_percentage(x, y, language)
    return format_share(x, y, language, quotation.inflection)
