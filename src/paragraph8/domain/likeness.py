"""Whether two entries of a roster may be one person: a score with its reasons, for a person to decide.

Nothing is merged by a score. It says how alike two names are once alphabet, order and initials are looked through,
and what else agrees or speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from .text import Text
from .transliteration import alphabets, romanized

LEAST = 65
"""From this score on two entries are shown to a person."""
_CLOSE = 0.8
"""How alike two spellings must be to count as one word misspelt."""
_MISSPELT, _INITIAL, _AGAINST, _FOR = 12, 15, 20, 5

REASONS: Mapping[str, Text] = {
    code: Text.of({"en": en, "kk": kk, "ru": ru})
    for code, en, kk, ru in (
        ("same-name", "the same name", "аты-жөні бірдей", "имя совпадает"),
        ("other-alphabet", "written in two alphabets", "екі әліпбимен жазылған", "записано двумя алфавитами"),
        ("other-spelling", "spelt differently", "жазылуы бөлек", "написано по-разному"),
        ("other-order", "the parts of the name in another order", "аты мен тегінің реті бөлек", "другой порядок слов"),
        ("initial", "an initial instead of a name", "есімнің орнына бас әрпі", "инициал вместо имени"),
        ("part-missing", "one of them has a further name", "бірінде қосымша есім бар", "у одного есть еще одно имя"),
        ("same-country", "sent by the same country", "бір ел жіберген", "направлены одной страной"),
        ("other-country", "sent by different countries", "әртүрлі ел жіберген", "направлены разными странами"),
        ("other-gender", "different gender", "жынысы бөлек", "разный пол"),
        ("same-email", "the same e-mail address", "электрондық поштасы бірдей", "одинаковый адрес эл. почты"),
        ("same-card", "the same card number", "карта нөмірі бірдей", "одинаковый номер карты"),
    )
}
"""Why two entries may be one person, or may not."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is compared of a person. `key` is whatever tells entries apart: a code, or a row of a file."""

    key: str
    family: str
    given: str = ""
    country: str = ""
    gender: str = ""
    email: str = ""
    card: str = ""

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given} {self.family}".strip()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name in the rough spelling, family name last."""
        return tuple(romanized(self.name).split())


@dataclass(frozen=True)
class Likeness:
    """How alike two entries are, 0 to 100, and why."""

    score: int
    reasons: tuple[str, ...] = ()


def likeness(one: Entry, other: Entry) -> Likeness:
    """Compare two entries. The score is 0 when their names have no whole word in common or nearly so."""
    names = _names(one, other)
    if names is None:
        same = _same_contact(one, other)
        return Likeness(LEAST, same) if same else Likeness(0)
    score, reasons = names
    if one.country and other.country:
        reasons.append("same-country" if one.country == other.country else "other-country")
        score += _FOR if one.country == other.country else -_AGAINST
    if one.gender and other.gender and one.gender != other.gender:
        reasons.append("other-gender")
        score -= _AGAINST
    same = _same_contact(one, other)
    return Likeness(max(0, min(100, score + (_AGAINST if same else 0))), (*reasons, *same))


def proposals(entries: Sequence[Entry], against: Sequence[Entry]) -> list[tuple[Entry, Entry, Likeness]]:
    """Pairs of an entry and one it may be the same person as, the likeliest first.

    Only entries that share the beginning of a word, an address or a card are compared, so that a thousand against a
    thousand takes no minute.
    """
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in against:
        for mark in _marks(entry):
            index[mark].append(entry)
    found = []
    for entry in entries:
        near = {id(other): other for mark in _marks(entry) for other in index[mark] if other.key != entry.key}
        for other in near.values():
            alike = likeness(entry, other)
            if alike.score >= LEAST:
                found.append((entry, other, alike))
    return sorted(found, key=lambda pair: (-pair[2].score, pair[0].key, pair[1].key))


def _marks(entry: Entry) -> Iterator[str]:
    yield from {word[:3] for word in entry.words if len(word) > 1}
    yield from {word[-4:] + "$" for word in entry.words if len(word) > 4}
    if entry.email:
        yield f"@{entry.email.casefold()}"
    if entry.card:
        yield f"#{entry.card.casefold()}"


def _names(one: Entry, other: Entry) -> tuple[int, list[str]] | None:
    """Score and reasons of the names alone; `None` where they have no whole word in common."""
    shorter, longer = sorted((one.words, other.words), key=len)
    pairs = _paired(shorter, longer)
    if pairs is None or not any(len(a) > 1 and len(b) > 1 for a, b, _ in pairs):
        return None
    reasons: list[str] = []
    score = 90
    initials = sum(min(len(a), len(b)) == 1 < max(len(a), len(b)) for a, b, _ in pairs)
    misspelt = sum(alike < 1 and min(len(a), len(b)) > 1 for a, b, alike in pairs)
    missing = len(longer) - len(shorter)
    if len(pairs) - initials < 2 and missing:
        return None
    score -= _INITIAL * initials + _MISSPELT * misspelt + 10 * missing
    if alphabets(one.name) != alphabets(other.name):
        reasons.append("other-alphabet")
    if misspelt:
        reasons.append("other-spelling")
    if _turned(pairs, longer):
        reasons.append("other-order")
    if initials:
        reasons.append("initial")
    if missing:
        reasons.append("part-missing")
    return score, reasons or ["same-name"]


def _paired(shorter: Sequence[str], longer: Sequence[str]) -> list[tuple[str, str, float]] | None:
    """Each word of the shorter name with one of the longer: whole words first, initials last; `None` if one is left."""
    if not shorter:
        return None
    free = list(range(len(longer)))
    found: dict[int, tuple[str, str, float]] = {}
    for place in sorted(range(len(shorter)), key=lambda at: -len(shorter[at])):
        word = shorter[place]
        best = max(free, key=lambda at: (_alike(word, longer[at]), at == place), default=None)
        if best is None or not _alike(word, longer[best]):
            return None
        free.remove(best)
        found[place] = (word, longer[best], _alike(word, longer[best]))
    return [found[place] for place in range(len(shorter))]


def _turned(pairs: Iterable[tuple[str, str, float]], longer: Sequence[str]) -> bool:
    places = [longer.index(b) for _, b, _ in pairs]
    return places != sorted(places)


def _alike(one: str, other: str) -> float:
    """1 for one spelling, an initial a little, a near spelling as near as it is, anything else nothing."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.5 if one[0] == other[0] else 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= _CLOSE and min(len(one), len(other)) > 2 else 0.0


def _same_contact(one: Entry, other: Entry) -> tuple[str, ...]:
    email = one.email and one.email.casefold() == other.email.casefold()
    card = one.card and one.card.casefold() == other.card.casefold()
    return tuple(code for code, same in (("same-email", email), ("same-card", card)) if same)
