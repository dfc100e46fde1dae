"""Small numbers: what may be shown of a figure, decided by rules that are data.

Three gates, one place. Which applies follows from the evidence, and nobody chooses:

* `observed`: counts of observations. Under 10 answers there is no percentage ("3 of 8"); from 10 to 29 the count comes
  first and the percentage stands in brackets, marked; from 30 on a share may carry a sentence.
* `exposing`: public output. A cell that rests on one team, or on fewer than five stations, could say what they
  reported, and is hidden. The mission itself sees it.
* `estimated`: proportions from a probability sample, by the data presentation standards of the NCHS (Parker, Talih,
  Malec et al. 2017, Vital and Health Statistics 2(175)): not shown with n or effective n under 30, with a Korn-Graubard
  interval 30 points wide or more, or wider than 5 points and than 130 % of the proportion; under 8 degrees of freedom,
  or without an event, a statistician looks first.

Only the standard library is imported: the words of a statement bind to the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from numbers import Integral
from typing import TYPE_CHECKING

from paragraph8.domain.text import Text

from .refusals import RefusedEstimateError

if TYPE_CHECKING:
    from .estimates import Estimate

LEAST_FOR_PERCENTAGE = 10
"""Under this many answers there is no percentage at all."""
LEAST_FOR_SHARE = 30
"""Under this many answers a sentence gives only counts: one answer would move a per cent by more than three points."""
LEAST_TEAMS = 2
"""Under this many teams a public cell would say what one of them reported."""
LEAST_STATIONS = 5
"""Under this many stations a public cell could say what was reported of one of them; as in public releases."""


class Showing(StrEnum):
    """How a figure may be shown, from all to nothing."""

    FULL = "full"
    """Number and percentage, and in a sentence."""
    REVIEW = "review"
    """Shown once a statistician has looked at it."""
    COUNT_FIRST = "count-first"
    """The count first, the percentage in brackets, marked."""
    COUNT_ONLY = "count-only"
    """The count, no percentage."""
    SUPPRESSED = "suppressed"
    """Too uncertain to be shown."""
    HIDDEN = "hidden"
    """Would expose who reported."""


_FROM_ALL_TO_NOTHING = tuple(Showing)

REASONS: Mapping[str, Text] = {
    "few-answers": Text.of(
        {
            "en": "{n} answers, fewer than {least}.",
            "kk": "{n} жауап бар, бұл {least} санынан аз.",
            "ru": "Ответов {n}, меньше {least}.",
        }
    ),
    "few-effective": Text.of(
        {
            "en": "The sample counts for {n} independent answers, fewer than {least}.",
            "kk": "Іріктеме {n} тәуелсіз жауапқа тең, бұл {least} санынан аз.",
            "ru": "Выборка равноценна {n} независимым ответам, это меньше {least}.",
        }
    ),
    "one-team": Text.of(
        {
            "en": "The cell rests on {n} team(s); under {least} it would expose who reported.",
            "kk": "Ұяшық негізіндегі топ саны – {n}; {least} санынан аз болса, кім хабарлағаны ашылып қалады.",
            "ru": "Ячейка держится на группах: {n}; меньше {least} раскрыло бы, кто сообщил.",
        }
    ),
    "few-stations": Text.of(
        {
            "en": "The cell rests on {n} station(s); under {least} it would say what was seen at one of them.",
            "kk": "Ұяшық негізіндегі учаске саны – {n}; {least} санынан аз болса, қайсысында не көргені ашылып қалады.",
            "ru": "Ячейка держится на участках: {n}; меньше {least} раскрыло бы, что увидели на одном из них.",
        }
    ),
    "no-degrees": Text.of(
        {
            "en": "There are too few sampled units to say how uncertain this is.",
            "kk": "Белгісіздікті бағалау үшін іріктелген бірлік тым аз.",
            "ru": "Отобранных единиц слишком мало, чтобы оценить неопределенность.",
        }
    ),
    "wide": Text.of(
        {
            "en": "The interval is {width} percentage points wide, {most} or more.",
            "kk": "Аралықтың ені – {width} пайыздық тармақ, {most} не одан көп.",
            "ru": "Ширина интервала – {width} п. п., не меньше {most}.",
        }
    ),
    "wide-for-its-size": Text.of(
        {
            "en": "The interval is {width} % as wide as the proportion, more than {most} %.",
            "kk": "Аралықтың ені үлестің {width} пайызына тең, бұл {most} пайыздан артық.",
            "ru": "Ширина интервала – {width} % самой доли, больше {most} %.",
        }
    ),
    "complement": Text.of(
        {
            "en": "The share of the others is too uncertain for its size, and should not be shown beside it.",
            "kk": "Қалғандарының үлесі өз шамасына қарағанда тым белгісіз, оны қатар көрсетпеген жөн.",
            "ru": "Доля остальных слишком неопределенна для своей величины, рядом ее показывать не следует.",
        }
    ),
    "few-degrees": Text.of(
        {
            "en": "The variance has {df} degrees of freedom, fewer than {least}.",
            "kk": "Дисперсияның еркіндік дәрежесі – {df}, бұл {least} санынан аз.",
            "ru": "Степеней свободы у дисперсии {df}, меньше {least}.",
        }
    ),
    "no-event": Text.of(
        {
            "en": "All answers are the same, so that the sample shows no variation.",
            "kk": "Барлық жауап бірдей, сондықтан іріктемеде ешбір айырма көрінбейді.",
            "ru": "Все ответы одинаковы, разброса в выборке не видно.",
        }
    ),
}
"""Why: code → sentence; what stands in braces is filled in."""


@dataclass(frozen=True)
class Reason:
    """One reason of a verdict; `code` is one of `REASONS`."""

    code: str
    details: tuple[tuple[str, str], ...] = ()

    def text(self) -> Text:
        """In every language."""
        return Text.of({tag: string.format(**dict(self.details)) for tag, string in REASONS[self.code].strings})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What may be shown and why not more; `rule` names the rule and its version."""

    showing: Showing
    reasons: tuple[Reason, ...] = ()
    rule: str

    @property
    def has_percentage(self) -> bool:
        """Whether a percentage may be written, in brackets or not."""
        return self.showing in (Showing.FULL, Showing.REVIEW, Showing.COUNT_FIRST)

    @property
    def has_count(self) -> bool:
        """Whether the count may be written."""
        return self.showing not in (Showing.SUPPRESSED, Showing.HIDDEN)

    def and_(self, other: Verdict) -> Verdict:
        """Both gates: the stricter showing, all reasons."""
        showing = max(self.showing, other.showing, key=_FROM_ALL_TO_NOTHING.index)
        rules = dict.fromkeys((self.rule, other.rule))
        return Verdict(showing=showing, reasons=self.reasons + other.reasons, rule=" + ".join(rules))


@dataclass(frozen=True, kw_only=True)
class CountRule:
    """The gate of observed counts."""

    name: str = "observed counts 1"
    least_for_percentage: int = LEAST_FOR_PERCENTAGE
    least_for_share: int = LEAST_FOR_SHARE


@dataclass(frozen=True, kw_only=True)
class PublicRule:
    """The gate of public output."""

    name: str = "public cells 1"
    least_teams: int = LEAST_TEAMS
    least_stations: int = LEAST_STATIONS


@dataclass(frozen=True, kw_only=True)
class ProportionRule:
    """The gate of estimated proportions; widths as shares, 0.05 is five percentage points."""

    name: str = "NCHS proportions 2017"
    least_n: int = 30
    narrow: float = 0.05
    wide: float = 0.30
    relative: float = 1.30
    least_df: int = 8


OBSERVED = CountRule()
PUBLIC = PublicRule()
NCHS = ProportionRule()


def observed(answers: int, *, rule: CountRule = OBSERVED) -> Verdict:
    """The gate of an observed count with so many `answers` in its denominator. Raises `RefusedEstimateError`."""
    _whole(answers)
    if answers < rule.least_for_percentage:
        return _verdict(rule.name, Showing.COUNT_ONLY, "few-answers", n=answers, least=rule.least_for_percentage)
    if answers < rule.least_for_share:
        return _verdict(rule.name, Showing.COUNT_FIRST, "few-answers", n=answers, least=rule.least_for_share)
    return Verdict(showing=Showing.FULL, rule=rule.name)


def exposing(*, teams: int, stations: int, rule: PublicRule = PUBLIC) -> Verdict:
    """The gate of a cell of public output that rests on so many `teams` and `stations`; an empty cell exposes nobody.

    Hide as well whatever a reader could subtract it from. Raises `RefusedEstimateError` (`not-a-count`).
    """
    _whole(teams)
    _whole(stations)
    verdict = Verdict(showing=Showing.FULL, rule=rule.name)
    if 0 < teams < rule.least_teams:
        verdict = verdict.and_(_verdict(rule.name, Showing.HIDDEN, "one-team", n=teams, least=rule.least_teams))
    if 0 < stations < rule.least_stations:
        few = _verdict(rule.name, Showing.HIDDEN, "few-stations", n=stations, least=rule.least_stations)
        verdict = verdict.and_(few)
    return verdict


def estimated(estimate: Estimate, *, rule: ProportionRule = NCHS) -> Verdict:
    """The gate of an estimated proportion, at 95 % with the Korn-Graubard interval whatever interval is shown.

    Raises `RefusedEstimateError` (`not-a-share`).
    """
    return of_proportion(estimate.value, estimate.variance, estimate.n, estimate.df, rule=rule)


def of_proportion(p: float, variance: float, n: int, df: float, *, rule: ProportionRule = NCHS) -> Verdict:
    """The same from a share, its variance, answers and degrees of freedom."""
    from .intervals import effective_n, korn_graubard

    if not 0 <= p <= 1:
        raise RefusedEstimateError("not-a-share", value=p)
    if n < rule.least_n:
        return _verdict(rule.name, Showing.SUPPRESSED, "few-answers", n=n, least=rule.least_n)
    if not df >= 1:
        return _verdict(rule.name, Showing.SUPPRESSED, "no-degrees")
    effective = float(effective_n(p, variance, n))
    if effective < rule.least_n:
        return _verdict(rule.name, Showing.SUPPRESSED, "few-effective", n=f"{effective:.1f}", least=rule.least_n)
    width = korn_graubard(p, variance, n, df).width
    if width >= rule.wide:
        return _verdict(
            rule.name, Showing.SUPPRESSED, "wide", width=f"{100 * width:.1f}", most=f"{100 * rule.wide:.0f}"
        )
    verdict = Verdict(showing=Showing.FULL, rule=rule.name)
    if width > rule.narrow:
        if p > 0 and width > rule.relative * p:
            return _verdict(
                rule.name,
                Showing.SUPPRESSED,
                "wide-for-its-size",
                width=f"{100 * width / p:.0f}",
                most=f"{100 * rule.relative:.0f}",
            )
        if p < 1 and width > rule.relative * (1 - p):
            verdict = verdict.and_(_verdict(rule.name, Showing.FULL, "complement"))
    if df < rule.least_df:
        few = _verdict(rule.name, Showing.REVIEW, "few-degrees", df=f"{df:g}", least=rule.least_df)
        verdict = verdict.and_(few)
    if p in (0, 1):
        verdict = verdict.and_(_verdict(rule.name, Showing.REVIEW, "no-event"))
    return verdict


def _verdict(rule: str, showing: Showing, code: str, **details: object) -> Verdict:
    told = tuple((name, str(value)) for name, value in details.items())
    return Verdict(showing=showing, reasons=(Reason(code, told),), rule=rule)


def _whole(number: int) -> None:
    if isinstance(number, bool) or not isinstance(number, Integral) or number < 0:
        raise RefusedEstimateError("not-a-count", value=number)
