"""Claims: what a named author said, when, about what, with which figure. Rival claims stand side by side.

Nothing here adds or averages figures of different authors. What is checked is the arithmetic that one author offers:
the parts of a claim against its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from paragraph8.domain.text import Text

from .scopes import Scope


class AuthorKind(StrEnum):
    """What kind of author makes a claim."""

    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    MEDIUM = "medium"
    OBSERVERS = "observers"
    CONTESTANT = "contestant"
    PERSON = "person"


AUTHORS: Mapping[AuthorKind, Text] = {
    AuthorKind.AUTHORITY: Text.of({"en": "authority", "kk": "билік органы", "ru": "орган власти"}),
    AuthorKind.ORGANISATION: Text.of({"en": "organisation", "kk": "ұйым", "ru": "организация"}),
    AuthorKind.MEDIUM: Text.of(
        {"en": "media outlet", "kk": "бұқаралық ақпарат құралы", "ru": "средство массовой информации"}
    ),
    AuthorKind.OBSERVERS: Text.of({"en": "observers", "kk": "байқаушылар", "ru": "наблюдатели"}),
    AuthorKind.CONTESTANT: Text.of({"en": "contestant", "kk": "кандидат", "ru": "кандидат"}),
    AuthorKind.PERSON: Text.of({"en": "person", "kk": "адам", "ru": "лицо"}),
}


class Bound(StrEnum):
    """What the author said of the figure."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"
    BETWEEN = "between"
    NO_FIGURE = "no-figure"
    """An assertion without a number."""


BOUNDS: Mapping[Bound, Text] = {
    Bound.EXACT: Text.of({"en": "exactly", "kk": "дәл", "ru": "ровно"}),
    Bound.ABOUT: Text.of({"en": "about", "kk": "шамамен", "ru": "около"}),
    Bound.AT_LEAST: Text.of({"en": "at least", "kk": "кемінде", "ru": "не менее"}),
    Bound.MORE_THAN: Text.of({"en": "more than", "kk": "көп, шегі:", "ru": "более"}),
    Bound.AT_MOST: Text.of({"en": "up to", "kk": "ең көбі", "ru": "до"}),
    Bound.BETWEEN: Text.of({"en": "between", "kk": "аралығы:", "ru": "от и до:"}),
    Bound.NO_FIGURE: Text.of({"en": "no figure", "kk": "сан жоқ", "ru": "без числа"}),
}


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A figure as its author gave it: "about 4,000", "more than 950", "between 400 and 500"."""

    bound: Bound
    point: int | None = None
    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        if not _is_amount(self):
            raise ValueError(f"{self.bound} does not go with {self.low}, {self.point}, {self.high}")

    @property
    def least(self) -> int | None:
        """The least that the author's words allow; none for "about", which has no bound."""
        match self.bound:
            case Bound.EXACT | Bound.AT_LEAST:
                return self.point
            case Bound.MORE_THAN:
                return (self.point or 0) + 1
            case Bound.BETWEEN:
                return self.low
        return None

    @property
    def most(self) -> int | None:
        """The most that the author's words allow."""
        match self.bound:
            case Bound.EXACT | Bound.AT_MOST:
                return self.point
            case Bound.BETWEEN:
                return self.high
        return None


def _is_amount(amount: Amount) -> bool:
    numbers = (amount.point, amount.low, amount.high)
    if any(number is not None and number < 0 for number in numbers):
        return False
    match amount.bound:
        case Bound.NO_FIGURE:
            return numbers == (None, None, None)
        case Bound.BETWEEN:
            return (
                amount.point is None
                and amount.low is not None
                and amount.high is not None
                and (amount.low <= amount.high)
            )
    return amount.point is not None and amount.low is None and amount.high is None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part that the author's own arithmetic names."""

    label: str
    amount: Amount


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one author said once. `said_at` is when it became public, `known_at` when the mission entered it; both
    decide what may be used in a text of a given moment. `verbatim` is in `language`, kept as it was printed; where it
    misprints, `reading` is the corrected one and `reading_because` says why."""

    code: str
    topic: str
    author: str
    author_kind: AuthorKind
    amount: Amount
    scope: Scope
    said_at: datetime
    known_at: datetime
    language: str
    verbatim: str
    source: str
    reading: str = ""
    reading_because: str = ""
    parts: tuple[Part, ...] = ()


class Link(StrEnum):
    """What somebody said about two claims, with a reason."""

    SUPERSEDES = "supersedes"
    """The same author says it anew: the older one no longer stands."""
    CONTRADICTS = "contradicts"
    PART_OF = "part-of"
    REPEATS = "repeats"
    """The same figure from the same origin through another outlet: no second witness."""


LINKS: Mapping[Link, Text] = {
    Link.SUPERSEDES: Text.of(
        {
            "en": "the same author says it anew instead of",
            "kk": "сол автордың жаңартқаны:",
            "ru": "тот же автор говорит заново вместо",
        }
    ),
    Link.CONTRADICTS: Text.of({"en": "contradicts", "kk": "қайшы келеді:", "ru": "противоречит"}),
    Link.PART_OF: Text.of({"en": "is a part of", "kk": "мынаның бөлігі:", "ru": "является частью"}),
    Link.REPEATS: Text.of(
        {
            "en": "repeats, from the same origin,",
            "kk": "сол бастапқы дереккөзден қайталайды:",
            "ru": "повторяет, из того же источника,",
        }
    ),
}


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A link from one claim to another, since a moment, by somebody, for a reason."""

    link: Link
    claim: str
    other: str
    reason: str
    at: datetime


def known(claims: Iterable[Claim], *, at: datetime) -> list[Claim]:
    """The claims that were both public and entered at the moment, oldest first. A text of that moment may use
    no other."""
    return sorted((c for c in claims if c.said_at <= at and c.known_at <= at), key=lambda c: (c.said_at, c.code))


def standing(claims: Iterable[Claim], links: Iterable[Linked], *, at: datetime) -> list[Claim]:
    """The claims that stand at the moment: known then, and not superseded by one known then."""
    there = known(claims, at=at)
    codes = {claim.code for claim in there}
    gone = {
        each.other
        for each in links
        if each.link is Link.SUPERSEDES and each.at <= at and each.claim in codes and each.other in codes
    }
    return [claim for claim in there if claim.code not in gone]


class SumState(StrEnum):
    """What came of adding an author's parts."""

    FITS = "fits"
    ROUNDED = "rounded"
    """The whole is called "about" and rounds to what the parts make."""
    DIFFERS = "differs"
    OPEN = "open"
    """A part or the whole has no exact figure, and the bounds do not exclude each other."""


@dataclass(frozen=True)
class Sum:
    """The parts of a claim added up against its whole."""

    state: SumState
    parts: int
    whole: int | None


def sum_of(claim: Claim) -> Sum | None:
    """Whether the parts that the author names make the whole; `None` where there are no parts or no figures.

    "About 4,000" fits 3,000 + 677 + 305 = 3,982, because 3,982 rounded to the digits that "4,000" shows is 4,000.
    """
    points = [part.amount.point for part in claim.parts]
    if not points or claim.amount.bound is Bound.NO_FIGURE or any(point is None for point in points):
        return None
    total, whole = sum(point or 0 for point in points), claim.amount.point
    exact = all(part.amount.bound is Bound.EXACT for part in claim.parts)
    return Sum(_sum_state(claim.amount, total, exact), total, whole)


def _sum_state(amount: Amount, total: int, exact: bool) -> SumState:
    if amount.bound is Bound.ABOUT and amount.point is not None:
        step = rounding_step(amount.point)
        return SumState.ROUNDED if (total + step // 2) // step * step == amount.point else SumState.DIFFERS
    if amount.bound is Bound.EXACT and exact:
        return SumState.FITS if total == amount.point else SumState.DIFFERS
    least, most = amount.least, amount.most
    if exact and ((least is not None and total < least) or (most is not None and total > most)):
        return SumState.DIFFERS
    return SumState.FITS if exact and amount.bound is not Bound.EXACT else SumState.OPEN


def rounding_step(number: int) -> int:
    """The unit to which a round number is given: 4,000 to thousands, 950 to tens, 617 to ones."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return step


@dataclass(frozen=True)
class ClaimRange:
    """What authors say about one thing: the least and the greatest figure that anybody gave, and who gave them. The
    range is of their words: no value inside it is more likely than another."""

    claims: tuple[Claim, ...]
    low: int | None
    high: int | None


def range_of(claims: Sequence[Claim]) -> ClaimRange:
    """The range of claims about the same thing. Raises `ValueError` when they are not about the same thing."""
    if len({(claim.scope.counted, claim.scope.population) for claim in claims}) > 1:
        raise ValueError("the claims count different things")
    lows = [n for claim in claims for n in (claim.amount.low, claim.amount.point) if n is not None]
    highs = [n for claim in claims for n in (claim.amount.high, claim.amount.point) if n is not None]
    return ClaimRange(tuple(claims), min(lows, default=None), max(highs, default=None))
