"""Words for numbers, each bound to a numeric rule, with its wording in three languages: one table.

A quantifier whose rule the figure does not meet is refused, never softened. All rules are whole-number arithmetic.

Each word has two forms. `inside` fits "in more than half of observations": in English the author writes "in", the
Kazakh form ends in the locative, the Russian one brings its preposition. `subject` fits "more than half of observations
were".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from paragraph8.domain.text import Text
from paragraph8.statistics.estimation.gates import LEAST_FOR_SHARE

__all__ = ["LEAST_FOR_SHARE", "LEAST_FOR_WHOLE", "QUANTIFIERS", "Measure", "Quantifier"]

LEAST_FOR_WHOLE = 3
"""Under this many, "all" and "none" are written out by hand: in the one observation made."""


class Measure(StrEnum):
    """What a quantifier speaks of."""

    SHARE = "share"
    """`x` of `y`; the rule reads both."""
    COUNT = "count"
    """`x` alone."""
    STATED = "stated"
    """`x` against the number stated in the sentence, which the rule reads as `y`."""


@dataclass(frozen=True)
class Quantifier:
    """One word. `least` is the smallest denominator it may stand on; `case` is what it asks of a Russian noun after a
    stated number; `judgement` marks a word that is true of any number and so says something about the speaker.

    Slots of the wordings. English: `{many}` the plural, `{noun}` agreeing with `{y}`. Kazakh: `{one}`, `{of}`, `{at}`
    the singular, `{of_all}`, `{at_all}` the plural; `{dat}`, `{abl}` the stated number. Russian: `{v}` or `{vo}` the
    preposition; `{nom}`, `{gen}`, `{loc}` agreeing with `{y}`; `{nom_one}`, `{loc_one}`, `{nom_all}`, `{gen_all}`,
    `{loc_all}` without a number; words that agree with the gender. `{n}` is the stated number, or `x` itself.
    """

    name: str
    measure: Measure
    holds: Callable[[int, int], bool]
    rule: Text
    inside: Mapping[str, str]
    subject: Mapping[str, str]
    least: int = 0
    case: str = "nom"
    judgement: bool = False

    @property
    def takes_argument(self) -> bool:
        """Whether a number is stated after the sign "="."""
        return self.measure is Measure.STATED

    @property
    def holds_noun(self) -> bool:
        """Whether the wording holds the noun itself, and so has a form for each role."""
        return self.inside is not self.subject


def _texts(en: str, kk: str, ru: str) -> Mapping[str, str]:
    return MappingProxyType({"en": en, "kk": kk, "ru": ru})


def _rule(en: str, kk: str, ru: str) -> Text:
    return Text.of(_texts(en, kk, ru))


def _of_number(
    name: str,
    measure: Measure,
    holds: Callable[[int, int], bool],
    rule: Text,
    wording: Mapping[str, str],
    **grammar: Any,
) -> Quantifier:
    """A word before digits: it has one form only, and a noun follows it where the author asks for one."""
    return Quantifier(name, measure, holds, rule, wording, wording, **grammar)


_OVER_HALF = _rule(
    "the part is more than half of the whole", "бөлік бүтіннің жартысынан көп", "часть больше половины целого"
)
_JUST_UNDER = _rule(
    "the number is below the stated one, by 1 per cent of it at most",
    "сан айтылған саннан аз, айырма оның 1 пайызынан аспайды",
    "число меньше названного, не более чем на 1 % от него",
)


def _just_under(x: int, stated: int) -> bool:
    return 0 < 100 * (stated - x) <= stated


_WORDS = (
    Quantifier(
        "none",
        Measure.SHARE,
        lambda x, _: x == 0,
        _rule("the part is zero", "бөлік нөлге тең", "часть равна нулю"),
        _texts("none of {y} {noun}", "{y} {of} ешқайсысында", "ни {v} {in_one} из {y} {gen}"),
        _texts("none of {y} {noun}", "{y} {of} ешқайсысы", "ни {one} из {y} {gen}"),
        least=LEAST_FOR_WHOLE,
    ),
    Quantifier(
        "few",
        Measure.SHARE,
        lambda x, y: 0 < 20 * x < y,
        _rule(
            "the part is above zero and under 5 per cent of the whole",
            "бөлік нөлден көп және бүтіннің 5 пайызынан аз",
            "часть больше нуля и меньше 5 % целого",
        ),
        _texts("few {many}", "{of_all} аз бөлігінде", "{v} небольшом числе {gen_all}"),
        _texts("few {many}", "{of_all} аз бөлігі", "небольшое число {gen_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "some",
        Measure.SHARE,
        lambda x, y: y <= 20 * x and 5 * x < y,
        _rule(
            "the part is from 5 to under 20 per cent of the whole",
            "бөлік бүтіннің 5 пайызынан кем емес және 20 пайызынан аз",
            "часть не меньше 5 % и меньше 20 % целого",
        ),
        _texts("some {many}", "кейбір {at_all}", "{v} некоторых {loc_all}"),
        _texts("some {many}", "{of_all} кейбірі", "некоторые {nom_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "many",
        Measure.SHARE,
        lambda x, y: y <= 5 * x and 2 * x < y,
        _rule(
            "the part is from 20 to under 50 per cent of the whole",
            "бөлік бүтіннің 20 пайызынан кем емес және 50 пайызынан аз",
            "часть не меньше 20 % и меньше 50 % целого",
        ),
        _texts("many {many}", "көптеген {at}", "{vo} многих {loc_all}"),
        _texts("many {many}", "көптеген {one}", "многие {nom_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "one-third",
        Measure.SHARE,
        lambda x, y: 100 * abs(3 * x - y) <= 3 * y,
        _rule(
            "the part is within 1 percentage point of one third of the whole",
            "бөлік бүтіннің үштен бірінен 1 пайыздық тармақтан артық ауытқымайды",
            "часть отличается от трети целого не более чем на 1 процентный пункт",
        ),
        _texts("one of three {many}", "әр үш {of} бірінде", "{v} {in_each_third} {loc_one}"),
        _texts("one of three {many}", "әр үш {of} бірі", "{each_third} {nom_one}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "almost-half",
        Measure.SHARE,
        lambda x, y: 9 * y <= 20 * x and 2 * x < y,
        _rule(
            "the part is from 45 to under 50 per cent of the whole",
            "бөлік бүтіннің 45 пайызынан кем емес және 50 пайызынан аз",
            "часть не меньше 45 % и меньше 50 % целого",
        ),
        _texts("almost half of {many}", "{of_all} жартысына жуығында", "почти {v} половине {gen_all}"),
        _texts("almost half of {many}", "{of_all} жартысына жуығы", "почти половина {gen_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "more-than-half",
        Measure.SHARE,
        lambda x, y: 2 * x > y,
        _OVER_HALF,
        _texts("more than half of {many}", "{of_all} жартысынан көбінде", "более чем {v} половине {gen_all}"),
        _texts("more than half of {many}", "{of_all} жартысынан көбі", "более половины {gen_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "majority",
        Measure.SHARE,
        lambda x, y: 2 * x > y,
        _OVER_HALF,
        _texts("the majority of {many}", "{of_all} көпшілігінде", "{v} большинстве {gen_all}"),
        _texts("the majority of {many}", "{of_all} көпшілігі", "большинство {gen_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "large-majority",
        Measure.SHARE,
        lambda x, y: 4 * x >= 3 * y,
        _rule(
            "the part is at least three quarters of the whole",
            "бөлік бүтіннің кемінде төрттен үші",
            "часть не меньше трех четвертей целого",
        ),
        _texts("a large majority of {many}", "{of_all} басым көпшілігінде", "{v} подавляющем большинстве {gen_all}"),
        _texts("a large majority of {many}", "{of_all} басым көпшілігі", "подавляющее большинство {gen_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "almost-all",
        Measure.SHARE,
        lambda x, y: 10 * x >= 9 * y and x < y,
        _rule(
            "the part is at least 90 per cent of the whole, and not the whole",
            "бөлік бүтіннің кемінде 90 пайызы, бірақ бүтіннің өзі емес",
            "часть не меньше 90 % целого, но не все целое",
        ),
        _texts("almost all {many}", "{of_all} барлығында дерлік", "почти {vo} всех {loc_all}"),
        _texts("almost all {many}", "{of_all} барлығы дерлік", "почти все {nom_all}"),
        least=LEAST_FOR_SHARE,
    ),
    Quantifier(
        "all",
        Measure.SHARE,
        lambda x, y: x == y,
        _rule("the part is the whole", "бөлік бүтінге тең", "часть равна целому"),
        _texts("all {y} {noun}", "барлық {y} {at}", "{vo} всех {y} {loc}"),
        _texts("all {y} {noun}", "барлық {y} {one}", "все {y} {nom}"),
        least=LEAST_FOR_WHOLE,
    ),
    Quantifier(
        "several",
        Measure.COUNT,
        lambda x, _: 3 <= x <= 9,
        _rule("the number is from 3 to 9", "сан 3-тен 9-ға дейін", "число от 3 до 9"),
        _texts("several {many}", "бірнеше {at}", "{v} нескольких {loc_all}"),
        _texts("several {many}", "бірнеше {one}", "несколько {gen_all}"),
    ),
    _of_number(
        "only",
        Measure.COUNT,
        lambda x, _: x > 0,
        _rule("the number is above zero", "сан нөлден көп", "число больше нуля"),
        _texts("only {n}", "небәрі {n}", "всего {n}"),
        judgement=True,
    ),
    _of_number("nearly", Measure.STATED, _just_under, _JUST_UNDER, _texts("nearly {n}", "{dat} жуық", "почти {n}")),
    _of_number("almost", Measure.STATED, _just_under, _JUST_UNDER, _texts("almost {n}", "{dat} жуық", "почти {n}")),
    _of_number(
        "about",
        Measure.STATED,
        lambda x, stated: 50 * abs(x - stated) <= stated,
        _rule(
            "the number is within 2 per cent of the stated one, on either side",
            "сан айтылған саннан екі жаққа 2 пайыздан артық ауытқымайды",
            "число отличается от названного не более чем на 2 % в любую сторону",
        ),
        _texts("about {n}", "шамамен {n}", "около {n}"),
        case="gen",
    ),
    _of_number(
        "more-than",
        Measure.STATED,
        lambda x, stated: x > stated,
        _rule("the number is above the stated one", "сан айтылған саннан көп", "число больше названного"),
        _texts("more than {n}", "{abl} астам", "более {n}"),
        case="gen",
    ),
    _of_number(
        "at-least",
        Measure.STATED,
        lambda x, stated: x >= stated,
        _rule("the number is the stated one or above it", "сан айтылған саннан кем емес", "число не меньше названного"),
        _texts("at least {n}", "кемінде {n}", "не менее {n}"),
        case="gen",
    ),
    _of_number(
        "at-most",
        Measure.STATED,
        lambda x, stated: x <= stated,
        _rule("the number is the stated one or below it", "сан айтылған саннан аспайды", "число не больше названного"),
        _texts("at most {n}", "ең көбі {n}", "не более {n}"),
        case="gen",
    ),
)

QUANTIFIERS: Mapping[str, Quantifier] = MappingProxyType({word.name: word for word in _WORDS})
"""Every quantifier by the name that a template calls it."""
