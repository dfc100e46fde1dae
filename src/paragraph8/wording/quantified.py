"""A quantifier and its figure → words, when the figure meets the quantifier's rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paragraph8.domain.figures import Figure
from paragraph8.domain.text import Text

from . import russian
from .admission import named_noun, number_of, share_of, unknown_inflection
from .languages import NO_BREAK_SPACE, SHIPPED
from .magnitudes import format_round, magnitude_of
from .nouns import Noun, noun_of
from .numbers import format_integer, format_percentage
from .quantifiers import QUANTIFIERS, Measure, Quantifier
from .refusals import WordingError
from .templates import Quotation

ROLES = ("in", "nom")
"""In more than half of observations; more than half of observations were."""

_STATED = re.compile(r"[1-9][0-9]{0,14}\Z")


def quantified(quotation: Quotation, figure: Figure, language: str) -> str:
    """The words of a quantifier. Raises `WordingError` when it is not true of the figure or cannot be written."""
    quantifier = QUANTIFIERS[quotation.name]
    if language not in SHIPPED:
        raise WordingError("no-wording", format=quotation.format, language=language)
    noun, role = _inflected(quantifier, quotation, figure)
    x, y = _read(quantifier, quotation, figure)
    claim = _Claim(quantifier, noun or noun_of(figure.unit), noun is not None, role, x, y)
    if not quantifier.holds(x, y):
        raise WordingError(
            "false-quantifier",
            words=Text.of({tag: claim.words(tag) for tag in SHIPPED}),
            key=str(figure.key),
            numbers=Text.of({tag: claim.numbers(tag) for tag in SHIPPED}),
            rule=quantifier.rule,
        )
    return claim.words(language)


def _inflected(quantifier: Quantifier, quotation: Quotation, figure: Figure) -> tuple[Noun | None, str]:
    """The noun named in the inflection, if any, and the role: `nom`, `noun`, or `noun:nom`."""
    roles = ROLES if quantifier.holds_noun else ()
    if not quotation.inflection or quotation.inflection in roles:
        return None, quotation.inflection or "in"
    name, colon, role = quotation.inflection.partition(":")
    noun = named_noun(quotation, figure, name, roles)
    if colon and role not in roles:
        raise unknown_inflection(quotation, (name, *(f"{name}:{known}" for known in roles)))
    return noun, role or "in"


def _read(quantifier: Quantifier, quotation: Quotation, figure: Figure) -> tuple[int, int]:
    """What the rule reads: `x` and `y` of a share, `x` and the number stated after the sign "=", or `x` and zero."""
    if quotation.argument is not None and not quantifier.takes_argument:
        raise WordingError("needless-argument", format=quotation.format)
    match quantifier.measure:
        case Measure.SHARE:
            x, y = share_of(quotation, figure)
            if y == 0:
                raise WordingError("no-denominator", key=str(figure.key))
            if y < quantifier.least:
                raise WordingError("small-n", key=str(figure.key), x=x, y=y, least=quantifier.least)
            return x, y
        case Measure.STATED:
            if not quotation.argument or not _STATED.match(quotation.argument):
                raise WordingError("bad-argument", format=quotation.format, example=f"{quantifier.name}=10000")
            return number_of(figure), int(quotation.argument)
        case Measure.COUNT:
            return number_of(figure), 0


@dataclass(frozen=True)
class _Claim:
    """What a quotation would say: the quantifier with its noun, its form and what its rule reads. `named` says whether
    the author asked for the noun."""

    quantifier: Quantifier
    noun: Noun
    named: bool
    role: str
    x: int
    y: int

    def words(self, language: str) -> str:
        """The wording with its slots filled; numbers keep together with what follows them."""
        wording = (self.quantifier.subject if self.role == "nom" else self.quantifier.inside)[language]
        slots = {"en": self._english, "kk": self._kazakh, "ru": self._russian}[language]()
        words = wording.replace("{y} ", "{y}" + NO_BREAK_SPACE).format(
            y=format_integer(self.y, language), n=self._number(language), **slots
        )
        return words + (NO_BREAK_SPACE + self._noun_after(language) if self._noun_follows() else "")

    def numbers(self, language: str) -> str:
        """What the figure says, for the refusal."""
        x, y = format_integer(self.x, language), format_integer(self.y, language)
        match self.quantifier.measure:
            case Measure.SHARE:
                share = format_percentage(self.x, self.y, language)
                return {
                    "en": f"{x} of {y} ({share} per cent)",
                    "kk": f"{y} ішінен {x} ({share} пайыз)",
                    "ru": f"{x} из {y} ({share} %)",
                }[language]
            case Measure.STATED:
                return {
                    "en": f"it is {x}, against {y}",
                    "kk": f"мәні {x}, айтылғаны {y}",
                    "ru": f"значение {x}, названо {y}",
                }[language]
            case Measure.COUNT:
                return {"en": f"it is {x}", "kk": f"мәні {x}", "ru": f"значение {x}"}[language]

    def _counted(self) -> int:
        """The number that the words name."""
        return self.y if self.quantifier.takes_argument else self.x

    def _number(self, language: str) -> str:
        """A stated number may be said in millions; the figure's own number is always given to the last digit."""
        if not self.quantifier.takes_argument:
            return format_integer(self.x, language)
        return format_round(self.y, language, self.quantifier.case if language == "ru" else "nom")

    def _noun_follows(self) -> bool:
        return self.named and not self.quantifier.holds_noun

    def _noun_after(self, language: str) -> str:
        """The noun after a number. After a word for millions it is plural in English, genitive plural in Russian."""
        if self.quantifier.takes_argument and magnitude_of(self.y):
            return {
                "en": self.noun.english[1],
                "kk": self.noun.kazakh.nominative,
                "ru": self.noun.russian.genitive[1],
            }[language]
        return self.noun.counted(self._counted(), language, self.quantifier.case if language == "ru" else "nom")

    def _english(self) -> Mapping[str, str]:
        return {"many": self.noun.english[1], "noun": self.noun.counted(self.y, "en")}

    def _kazakh(self) -> Mapping[str, str]:
        forms = self.noun.kazakh
        return {
            "one": forms.nominative,
            "of": forms.genitive,
            "at": forms.locative,
            "of_all": forms.plural_genitive,
            "at_all": forms.plural_locative,
            "dat": format_round(self._counted(), "kk", "dat"),
            "abl": format_round(self._counted(), "kk", "abl"),
        }

    def _russian(self) -> Mapping[str, str]:
        forms = self.noun.russian
        return {
            "v": forms.place,
            "vo": forms.place_before_cluster(),
            "nom": forms.form(self.y, "nom"),
            "gen": forms.form(self.y, "gen"),
            "loc": forms.form(self.y, "loc"),
            "nom_one": forms.nominative[0],
            "loc_one": forms.locative[0],
            "nom_all": forms.plural,
            "gen_all": forms.plural_genitive or forms.genitive[1],
            "loc_all": forms.locative[1],
            "each_third": russian.EACH_THIRD[forms.gender],
            "in_each_third": russian.IN_EACH_THIRD[forms.gender],
            "one": russian.ONE[forms.gender],
            "in_one": russian.IN_ONE[forms.gender],
        }
