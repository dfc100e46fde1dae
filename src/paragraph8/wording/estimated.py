"""An estimate → words: the number, its interval, how many stations it rests on and how much of the sample reported.

The four stand together in one phrase that no author can take apart. Per cents are whole numbers, with one decimal for
votes and voters and from a thousand stations on; the bounds of the interval are rounded outward, so that rounding never
makes an estimate surer than it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from paragraph8.domain.estimates import Estimate, Interval, Scale
from paragraph8.domain.figures import Basis, Figure, Kind, Unit

from .admission import named_noun, unknown_inflection
from .languages import NO_BREAK_SPACE, SHIPPED
from .nouns import LEXICON, Noun
from .numbers import format_decimals, format_integer
from .refusals import WordingError
from .templates import Quotation

ESTIMATE = "estimate"
"""The one format of an estimate."""
ROLES = ("in", "nom")
"""In an estimated 18 per cent of polling stations; an estimated 18 per cent of polling stations were."""
FINE_FROM = 1_000
"""From this many stations on a per cent has a decimal."""
_FINE_UNITS = frozenset({Unit.VOTE, Unit.VOTER, Unit.BALLOT})


def estimated(quotation: Quotation, figure: Figure, language: str) -> str:
    """The phrase. Raises `WordingError` when the figure is no estimate, rests on too little or cannot be worded."""
    estimate, interval = _told(quotation, figure)
    if quotation.argument is not None:
        raise WordingError("needless-argument", format=quotation.format)
    if language not in SHIPPED:
        raise WordingError("no-wording", format=quotation.format, language=language)
    noun, role = _inflected(quotation, figure)
    said = _Said(estimate, interval, figure.basis, noun, role, fine=is_fine(figure), language=language)
    return {"en": said.english, "kk": said.kazakh, "ru": said.russian}[language]()


def is_fine(figure: Figure) -> bool:
    """Whether the per cents of an estimate have a decimal."""
    return figure.unit in _FINE_UNITS or (figure.estimate is not None and figure.estimate.n >= FINE_FROM)


def _told(quotation: Quotation, figure: Figure) -> tuple[Estimate, Interval]:
    if figure.kind is not Kind.ESTIMATE or figure.estimate is None:
        if figure.basis is Basis.OBSERVED:
            raise WordingError("interval-on-observations")
        raise WordingError("needs-estimate", format=quotation.name, key=str(figure.key))
    if figure.interval is None:
        raise WordingError("too-few-for-interval")
    return figure.estimate, figure.interval


def _inflected(quotation: Quotation, figure: Figure) -> tuple[Noun, str]:
    """The noun of what is estimated, and the role: `nom`, `noun`, or `noun:nom`."""
    inflection = quotation.inflection
    if not inflection or inflection in ROLES:
        return named_noun(quotation, figure, "unit"), inflection or "in"
    name, colon, role = inflection.partition(":")
    noun = named_noun(quotation, figure, name, ROLES)
    if colon and role not in ROLES:
        raise unknown_inflection(quotation, (name, *(f"{name}:{known}" for known in ROLES)))
    return noun, role or "in"


@dataclass(frozen=True)
class _Said:
    """What the phrase is made of, in one language. `fine` asks for a decimal."""

    estimate: Estimate
    interval: Interval
    basis: Basis
    noun: Noun
    role: str
    fine: bool
    language: str

    def english(self) -> str:
        shown = {
            Scale.SHARE: f"{self._value()}{NO_BREAK_SPACE}per cent of {self.noun.english[1]}",
            Scale.POINTS: f"{self._value()}{NO_BREAK_SPACE}percentage points",
            Scale.TOTAL: f"{self._value()}{NO_BREAK_SPACE}{self.noun.english[1]}",
            Scale.MEAN: self._value(),
        }[self.estimate.scale]
        bounds = "credible interval" if self.basis is Basis.MODEL else "CI"
        return (
            f"an estimated {shown} ({self._level()}% {bounds} {self._range()}{self._sign()}; "
            f"{self._stations()}, {self._reported()}% reported)"
        )

    def kazakh(self) -> str:
        ending = "пайызында" if self.role == "in" else "пайызы"
        shown = {
            Scale.SHARE: f"{self.noun.kazakh.plural_genitive} {self._value()}{NO_BREAK_SPACE}{ending}",
            Scale.POINTS: f"{self._value()}{NO_BREAK_SPACE}пайыздық тармақ",
            Scale.TOTAL: f"{self._value()}{NO_BREAK_SPACE}{self.noun.kazakh.nominative}",
            Scale.MEAN: self._value(),
        }[self.estimate.scale]
        source = "модельден" if self.basis is Basis.MODEL else "кездейсоқ іріктемеден"
        return (
            f"{source} алынған бағаланған мән бойынша {shown} ({self._level()}%-дық сенім аралығы: "
            f"{self._range()}{self._sign()}; {self._stations()}, іріктеменің {self._reported()}%-ынан есеп келді)"
        )

    def russian(self) -> str:
        place = f"{self.noun.russian.place} " if self.role == "in" else ""
        nouns = self.noun.russian.plural_genitive or self.noun.russian.genitive[1]
        shown = {
            Scale.SHARE: f"{place}{self._value()}{NO_BREAK_SPACE}% {nouns}",
            Scale.POINTS: f"{self._value()}{NO_BREAK_SPACE}п.{NO_BREAK_SPACE}п.",
            Scale.TOTAL: f"{self._value()}{NO_BREAK_SPACE}{nouns}",
            Scale.MEAN: self._value(),
        }[self.estimate.scale]
        source = "модели" if self.basis is Basis.MODEL else "случайной выборки"
        return (
            f"по статистической оценке на основе {source}, {shown} ({self._level()}-процентный доверительный "
            f"интервал: {self._range()}{self._sign()}; {self._stations()}, отчеты получены с "
            f"{self._reported()}{NO_BREAK_SPACE}% отобранных)"
        )

    def _sign(self) -> str:
        if self.estimate.scale is not Scale.SHARE:
            return ""
        return f"{NO_BREAK_SPACE}%" if self.language == "ru" else "%"

    def _value(self) -> str:
        return self._number(self.estimate.number(), ROUND_HALF_UP)

    def _range(self) -> str:
        """12–26; with a bound below zero, spelled out so that no sign is taken for a dash."""
        low, high = Decimal(self.interval.low), Decimal(self.interval.high)
        first, last = self._number(low, ROUND_FLOOR), self._number(high, ROUND_CEILING)
        if low >= 0:
            return f"{first}–{last}"
        return {"en": f"{first} to {last}", "kk": f"{first} … {last}", "ru": f"от {first} до {last}"}[self.language]

    def _number(self, number: Decimal, rounding: str) -> str:
        parts = self.estimate.scale in (Scale.SHARE, Scale.POINTS)
        places = 1 if (parts and self.fine) or self.estimate.scale is Scale.MEAN else 0
        scaled = number.scaleb(2) if parts else number
        return format_decimals(scaled.quantize(Decimal(1).scaleb(-places), rounding), places, self.language)

    def _level(self) -> str:
        level = Decimal(self.interval.level).scaleb(2).normalize()
        places = max(0, -int(level.as_tuple().exponent))
        return format_decimals(level, places, self.language)

    def _stations(self) -> str:
        n = self.estimate.n
        return f"{format_integer(n, self.language)}{NO_BREAK_SPACE}{LEXICON['station'].counted(n, self.language)}"

    def _reported(self) -> str:
        """Whole per cents of the sample; 100 only when every drawn station reported."""
        reported, drawn = self.estimate.reported, self.estimate.drawn
        rounded = (200 * reported + drawn) // (2 * drawn)
        return str(min(rounded, 99) if reported < drawn else 100)
