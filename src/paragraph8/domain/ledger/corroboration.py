"""How surely something is known: from who said it, how they know, and how independent they are of each other.

The level is computed from what is recorded about each piece of information and shown with its reasoning. "Established"
is not a level: head of mission and legal analyst sign it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from paragraph8.domain.text import Text


class Mode(StrEnum):
    """How something is known."""

    OBSERVED = "observed"
    """A team of the mission saw it and has a form or a note of it."""
    FIRST_HAND = "first-hand"
    """Somebody told the mission what he or she lived or saw."""
    SECOND_HAND = "second-hand"
    DOCUMENT = "document"
    """A judgement, a protocol, a decree, a letter, a recording."""
    OPEN_SOURCE = "open-source"
    """Published by media or online."""


MODES: Mapping[Mode, Text] = {
    Mode.OBSERVED: Text.of(
        {"en": "observed by the mission", "kk": "миссия өзі байқаған", "ru": "наблюдала сама миссия"}
    ),
    Mode.FIRST_HAND: Text.of(
        {"en": "first-hand testimony", "kk": "тікелей куәгердің айтқаны", "ru": "свидетельство из первых рук"}
    ),
    Mode.SECOND_HAND: Text.of(
        {"en": "second-hand account", "kk": "біреуден естіген мәлімет", "ru": "рассказ с чужих слов"}
    ),
    Mode.DOCUMENT: Text.of(
        {"en": "document or material", "kk": "құжат немесе материал", "ru": "документ или материал"}
    ),
    Mode.OPEN_SOURCE: Text.of({"en": "open source", "kk": "ашық дереккөз", "ru": "открытый источник"}),
}


class Reliability(StrEnum):
    """How far a source can be relied on: A completely … E not at all, F cannot be judged (the scale of NATO AJP-2)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """How likely the information itself is: 1 confirmed by others … 5 improbable, 6 cannot be judged."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    NOT_JUDGED = "6"


RELIABILITIES: Mapping[Reliability, Text] = {
    Reliability.A: Text.of({"en": "A: completely", "kk": "A: толық", "ru": "A: полностью"}),
    Reliability.B: Text.of({"en": "B: usually", "kk": "B: әдетте", "ru": "B: обычно"}),
    Reliability.C: Text.of({"en": "C: fairly", "kk": "C: едәуір", "ru": "C: достаточно"}),
    Reliability.D: Text.of({"en": "D: not usually", "kk": "D: әдетте емес", "ru": "D: обычно нет"}),
    Reliability.E: Text.of({"en": "E: not at all", "kk": "E: мүлде емес", "ru": "E: совсем нет"}),
    Reliability.F: Text.of({"en": "F: cannot be judged", "kk": "F: бағалау мүмкін емес", "ru": "F: судить нельзя"}),
}
CREDIBILITIES: Mapping[Credibility, Text] = {
    Credibility.CONFIRMED: Text.of(
        {"en": "1: confirmed by others", "kk": "1: басқалар растаған", "ru": "1: подтверждено другими"}
    ),
    Credibility.PROBABLE: Text.of({"en": "2: probably true", "kk": "2: рас болуы ықтимал", "ru": "2: вероятно, верно"}),
    Credibility.POSSIBLE: Text.of({"en": "3: possibly true", "kk": "3: рас болуы мүмкін", "ru": "3: возможно, верно"}),
    Credibility.DOUBTFUL: Text.of({"en": "4: doubtful", "kk": "4: күмәнді", "ru": "4: сомнительно"}),
    Credibility.IMPROBABLE: Text.of({"en": "5: improbable", "kk": "5: екіталай", "ru": "5: маловероятно"}),
    Credibility.NOT_JUDGED: Text.of(
        {"en": "6: cannot be judged", "kk": "6: бағалау мүмкін емес", "ru": "6: судить нельзя"}
    ),
}
RELIED_ON = frozenset({Reliability.A, Reliability.B, Reliability.C})
"""Sources that can carry "was informed"."""
DISBELIEVED = frozenset({Credibility.DOUBTFUL, Credibility.IMPROBABLE})
"""Information that carries no level above "alleged", whoever gave it."""


class Level(StrEnum):
    """How surely something is known; it fixes the words that a text may use."""

    OBSERVED = "observed"
    DOCUMENTED = "documented"
    CORROBORATED = "corroborated"
    REPORTED = "reported"
    ALLEGED = "alleged"


LEVELS: Mapping[Level, Text] = {
    Level.OBSERVED: Text.of({"en": "observed", "kk": "байқалған", "ru": "наблюдалось"}),
    Level.DOCUMENTED: Text.of({"en": "documented", "kk": "құжатпен расталған", "ru": "документировано"}),
    Level.CORROBORATED: Text.of(
        {"en": "corroborated", "kk": "бірнеше дереккөзбен расталған", "ru": "подтверждено несколькими источниками"}
    ),
    Level.REPORTED: Text.of({"en": "reported", "kk": "хабарланған", "ru": "сообщалось"}),
    Level.ALLEGED: Text.of({"en": "alleged", "kk": "айтылған, расталмаған", "ru": "утверждалось"}),
}
STRENGTH: Sequence[Level] = tuple(Level)
"""From the surest down."""


@dataclass(frozen=True, kw_only=True)
class Information:
    """One way in which something is known. `shares` are pseudonyms of what the source has in common with others (an
    outlet, a family, an employer, an origin): two sources that share one are not independent. `authenticated` is said
    of a document by somebody who checked it."""

    code: str
    mode: Mode
    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.NOT_JUDGED
    shares: frozenset[str] = frozenset()
    authenticated: bool = False
    withdrawn: bool = False


class Reason(StrEnum):
    """Why a level is what it is."""

    SEEN = "seen"
    AUTHENTICATED = "authenticated"
    INDEPENDENT = "independent"
    ONE_WITNESS = "one-witness"
    SAME_ORIGIN = "same-origin"
    NOT_RELIED_ON = "not-relied-on"
    NOTHING_FIRST_HAND = "nothing-first-hand"
    NOTHING = "nothing"


REASONS: Mapping[Reason, Text] = {
    Reason.SEEN: Text.of(
        {
            "en": "{n} observation(s) by teams of the mission",
            "kk": "миссия топтарының байқауы: {n}",
            "ru": "наблюдений групп миссии: {n}",
        }
    ),
    Reason.AUTHENTICATED: Text.of(
        {
            "en": "{n} document(s) that somebody checked",
            "kk": "тексерілген құжат: {n}",
            "ru": "проверенных документов: {n}",
        }
    ),
    Reason.INDEPENDENT: Text.of(
        {
            "en": "{n} first-hand sources that share no origin, outlet, family or employer",
            "kk": "шығу тегі, басылымы, отбасы немесе жұмыс берушісі ортақ емес тікелей дереккөз: {n}",
            "ru": "источников из первых рук без общего происхождения, издания, семьи или работодателя: {n}",
        }
    ),
    Reason.ONE_WITNESS: Text.of(
        {
            "en": "one first-hand source that can be relied on",
            "kk": "сенуге болатын бір тікелей дереккөз",
            "ru": "один надежный источник из первых рук",
        }
    ),
    Reason.SAME_ORIGIN: Text.of(
        {
            "en": "{n} first-hand sources, but they share an origin and count as one",
            "kk": "тікелей дереккөз {n}, бірақ шығу тегі ортақ болғандықтан бір дереккөз деп саналады",
            "ru": "источников из первых рук: {n}, но у них общее происхождение, и они считаются за один",
        }
    ),
    Reason.NOT_RELIED_ON: Text.of(
        {
            "en": "no first-hand source of reliability C or better whose account is not doubtful",
            "kk": "сенімділігі C немесе одан жоғары, айтқаны күмән тудырмайтын тікелей дереккөз жоқ",
            "ru": "нет источника из первых рук с надежностью C или выше, рассказ которого не вызывает сомнений",
        }
    ),
    Reason.NOTHING_FIRST_HAND: Text.of(
        {
            "en": "only accounts at second hand, open sources or documents that nobody checked",
            "kk": "тек біреуден естіген мәлімет, ашық дереккөз немесе тексерілмеген құжат бар",
            "ru": "только рассказы с чужих слов, открытые источники или непроверенные документы",
        }
    ),
    Reason.NOTHING: Text.of(
        {
            "en": "nothing that may still be used",
            "kk": "енді пайдалануға болатын ештеңе жоқ",
            "ru": "не осталось ничего, что можно использовать",
        }
    ),
}


@dataclass(frozen=True)
class Judged:
    """The level, why it is that, and how many count for it. `level` is `None` when nothing may be used."""

    level: Level | None
    reason: Reason
    n: int

    def why(self) -> Text:
        """The reasoning in words."""
        return Text.of({tag: string.format(n=self.n) for tag, string in REASONS[self.reason].strings})


def judge(information: Iterable[Information]) -> Judged:
    """The level of what rests on these pieces of information; those that were withdrawn count for nothing."""
    there = [each for each in information if not each.withdrawn]
    if not there:
        return Judged(None, Reason.NOTHING, 0)
    believed = [each for each in there if each.credibility not in DISBELIEVED]
    seen = [each for each in believed if each.mode is Mode.OBSERVED]
    if seen:
        return Judged(Level.OBSERVED, Reason.SEEN, len(seen))
    papers = [each for each in believed if each.mode is Mode.DOCUMENT and each.authenticated]
    if papers:
        return Judged(Level.DOCUMENTED, Reason.AUTHENTICATED, len(papers))
    return _of_witnesses(there, believed)


def _of_witnesses(there: Sequence[Information], believed: Sequence[Information]) -> Judged:
    witnesses = [each for each in believed if each.mode is Mode.FIRST_HAND and each.reliability in RELIED_ON]
    groups = independent(witnesses)
    if groups > 1:
        return Judged(Level.CORROBORATED, Reason.INDEPENDENT, groups)
    if witnesses:
        reason = Reason.ONE_WITNESS if len(witnesses) == 1 else Reason.SAME_ORIGIN
        return Judged(Level.REPORTED, reason, len(witnesses))
    first_hand = any(each.mode is Mode.FIRST_HAND for each in there)
    return Judged(Level.ALLEGED, Reason.NOT_RELIED_ON if first_hand else Reason.NOTHING_FIRST_HAND, len(there))


def independent(information: Sequence[Information]) -> int:
    """How many of these count as independent: those that share anything, directly or through others, count once."""
    groups: list[tuple[set[int], set[str]]] = []
    for place, each in enumerate(information):
        members, shared = {place}, set(each.shares)
        apart = []
        for group in groups:
            if group[1] & shared:
                members |= group[0]
                shared |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (members, shared)]
    return len(groups)
