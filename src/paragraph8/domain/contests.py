"""What is elected and who stands: kinds of elections, how far a contestant has come, what a deadline has become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .text import Text


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


class Election(StrEnum):
    """What kind of election a contest belongs to."""

    PRESIDENTIAL = "presidential"
    PARLIAMENTARY = "parliamentary"
    LOCAL = "local"
    REFERENDUM = "referendum"
    BY_ELECTION = "by-election"


ELECTIONS: Mapping[Election, Text] = {
    Election.PRESIDENTIAL: _text("presidential election", "президент сайлауы", "президентские выборы"),
    Election.PARLIAMENTARY: _text("parliamentary election", "парламент сайлауы", "парламентские выборы"),
    Election.LOCAL: _text("local election", "жергілікті сайлау", "местные выборы"),
    Election.REFERENDUM: _text("referendum", "референдум", "референдум"),
    Election.BY_ELECTION: _text("by-election", "қосымша сайлау", "дополнительные выборы"),
}


class Standing(StrEnum):
    """How far a contestant has come; each step holds from its day until the next."""

    NOMINATED = "nominated"
    REGISTERED = "registered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DEREGISTERED = "de-registered"
    ELECTED = "elected"


STANDINGS: Mapping[Standing, Text] = {
    Standing.NOMINATED: _text("nominated", "ұсынылған", "выдвинут(а)"),
    Standing.REGISTERED: _text("registered", "тіркелген", "зарегистрирован(а)"),
    Standing.REFUSED: _text("registration refused", "тіркеуден бас тартылған", "отказано в регистрации"),
    Standing.WITHDRAWN: _text("withdrew", "өзі бас тартқан", "снял(а) кандидатуру"),
    Standing.DEREGISTERED: _text("de-registered", "тіркеуі жойылған", "регистрация отменена"),
    Standing.ELECTED: _text("elected", "сайланған", "избран(а)"),
}

ON_BALLOT = frozenset({Standing.REGISTERED, Standing.ELECTED})
"""Who stands for election: the newest step is one of these."""

NEXT: Mapping[Standing | None, frozenset[Standing]] = {
    None: frozenset({Standing.NOMINATED, Standing.REGISTERED, Standing.REFUSED}),
    Standing.NOMINATED: frozenset({Standing.REGISTERED, Standing.REFUSED, Standing.WITHDRAWN}),
    Standing.REGISTERED: frozenset({Standing.WITHDRAWN, Standing.DEREGISTERED, Standing.ELECTED}),
    # A court may restore what a commission refused, and a de-registered contestant.
    Standing.REFUSED: frozenset({Standing.REGISTERED, Standing.WITHDRAWN}),
    Standing.DEREGISTERED: frozenset({Standing.REGISTERED, Standing.WITHDRAWN}),
    Standing.WITHDRAWN: frozenset({Standing.NOMINATED}),
    Standing.ELECTED: frozenset({Standing.DEREGISTERED}),
}
"""Which step may follow which. A first step may be a later one, where nobody recorded those before it."""

IMPLIED: Mapping[Standing, frozenset[Standing]] = {
    step: frozenset({step, Standing.NOMINATED})
    | (
        frozenset({Standing.REGISTERED})
        if step in (Standing.REGISTERED, Standing.DEREGISTERED, Standing.ELECTED)
        else frozenset()
    )
    for step in Standing
}
"""What a contestant was who has come so far: whoever was registered was nominated before."""


class DeadlineState(StrEnum):
    """What became of a legal deadline."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    NOT_KNOWN = "not-known"
    NO_DEADLINE = "no-deadline"


DEADLINE_STATES: Mapping[DeadlineState, Text] = {
    DeadlineState.MET: _text("met", "мерзімінде орындалды", "соблюден"),
    DeadlineState.LATE: _text("met late", "кешігіп орындалды", "соблюден с опозданием"),
    DeadlineState.MISSED: _text("missed", "орындалмады", "пропущен"),
    DeadlineState.OPEN: _text("still open", "мерзімі біткен жоқ", "еще не наступил"),
    DeadlineState.NOT_KNOWN: _text("not known", "белгісіз", "неизвестно"),
    DeadlineState.NO_DEADLINE: _text("no deadline", "мерзім қойылмаған", "срок не установлен"),
}


@dataclass(frozen=True)
class Moment:
    """A day with or without a time of day, as a law or a source gives it, where it happened."""

    day: date
    clock: time | None
    zone: str

    def begins(self) -> datetime:
        """The moment, or the first one of the day."""
        return datetime.combine(self.day, self.clock or time(), tzinfo=ZoneInfo(self.zone))

    def ends(self) -> datetime:
        """The moment, or the first one of the day after: a day without a time lasts until midnight."""
        if self.clock is not None:
            return self.begins()
        return datetime.combine(self.day + timedelta(days=1), time(), tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True)
class Kept:
    """The state of a deadline; `days` by how many calendar days it was met late, 0 when later on the same day."""

    state: DeadlineState
    days: int = 0


def kept(*, due: Moment | None, happened: Moment | None, did_not_happen: bool, at: datetime) -> Kept:
    """What became of a deadline, as known at the moment `at`.

    Nobody having written anything is not a missed deadline: once the time is over it is *not known*. A day without a
    time that may lie on either side of the deadline is not known either.
    """
    if due is None:
        return Kept(DeadlineState.NO_DEADLINE)
    if happened is not None:
        if happened.ends() <= due.ends():
            return Kept(DeadlineState.MET)
        if happened.begins() >= due.ends():
            return Kept(DeadlineState.LATE, (happened.day - due.day).days)
        return Kept(DeadlineState.NOT_KNOWN)
    over = at >= due.ends()
    if did_not_happen and over:
        return Kept(DeadlineState.MISSED)
    return Kept(DeadlineState.NOT_KNOWN if over else DeadlineState.OPEN)


class Voters(StrEnum):
    """Which voters a total of a voter register counts."""

    ALL = "all"
    ABROAD = "abroad"
    FIRST_TIME = "first-time"
    SPECIAL_NEEDS = "special-needs"
    MILITARY = "military"
    DETAINED = "detained"
    HOMEBOUND = "homebound"


VOTERS: Mapping[Voters, Text] = {
    Voters.ALL: _text("all registered voters", "барлық тіркелген сайлаушылар", "все зарегистрированные избиратели"),
    Voters.ABROAD: _text("voters abroad", "шетелдегі сайлаушылар", "избиратели за рубежом"),
    Voters.FIRST_TIME: _text("first-time voters", "алғаш рет дауыс беретіндер", "голосующие впервые"),
    Voters.SPECIAL_NEEDS: _text(
        "voters with special needs", "ерекше қажеттілігі бар сайлаушылар", "избиратели с особыми потребностями"
    ),
    Voters.MILITARY: _text("voters in the military", "әскери қызметтегі сайлаушылар", "военнослужащие"),
    Voters.DETAINED: _text("voters in detention", "қамаудағы сайлаушылар", "избиратели под стражей"),
    Voters.HOMEBOUND: _text("homebound voters", "үйінен шыға алмайтын сайлаушылар", "голосующие на дому"),
}


class Measure(StrEnum):
    """What a series of earlier elections counts."""

    CANDIDATES = "candidates"
    WOMEN = "women-candidates"
    NOMINEES = "nominees"
    WOMEN_NOMINEES = "women-nominees"
    VOTERS = "registered-voters"


MEASURES: Mapping[Measure, Text] = {
    Measure.CANDIDATES: _text("registered candidates", "тіркелген кандидаттар", "зарегистрированные кандидаты"),
    Measure.WOMEN: _text(
        "women among registered candidates",
        "тіркелген кандидаттар арасындағы әйелдер",
        "женщины среди зарегистрированных кандидатов",
    ),
    Measure.NOMINEES: _text(
        "people nominated or seeking nomination",
        "ұсынылғандар немесе ұсынылуға ниет білдіргендер",
        "выдвинутые и добивавшиеся выдвижения",
    ),
    Measure.WOMEN_NOMINEES: _text(
        "women nominated or seeking nomination",
        "ұсынылған немесе ұсынылуға ниет білдірген әйелдер",
        "женщины, выдвинутые и добивавшиеся выдвижения",
    ),
    Measure.VOTERS: _text("registered voters", "тіркелген сайлаушылар", "зарегистрированные избиратели"),
}


class Gap(StrEnum):
    """Why nothing can be said against a series of earlier elections."""

    NO_SPAN = "no-span"
    INCOMPLETE = "incomplete"
    NO_CURRENT = "no-current"
    NO_EARLIER = "no-earlier"
    UNKNOWN_NUMBER = "unknown-number"


GAPS: Mapping[Gap, Text] = {
    Gap.NO_SPAN: _text(
        "nobody has said from when on the series is complete",
        "қатардың қай уақыттан бері толық екенін ешкім айтпаған",
        "никто не указал, с какого времени ряд полон",
    ),
    Gap.INCOMPLETE: _text(
        "the series is marked incomplete", "қатар толық емес деп белгіленген", "ряд отмечен как неполный"
    ),
    Gap.NO_CURRENT: _text(
        "the number of the election observed is not known",
        "байқалатын сайлаудың саны белгісіз",
        "неизвестно число наблюдаемых выборов",
    ),
    Gap.NO_EARLIER: _text(
        "the series holds no earlier election", "қатарда бұрынғы сайлау жоқ", "в ряду нет прежних выборов"
    ),
    Gap.UNKNOWN_NUMBER: _text(
        "the number of one earlier election is not known",
        "бұрынғы бір сайлаудың саны белгісіз",
        "неизвестно число одних из прежних выборов",
    ),
}


class ResultStage(StrEnum):
    """How final a version of the results is, as its author calls it."""

    PARTIAL = "partial"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    CORRECTED = "corrected"


RESULT_STAGES: Mapping[ResultStage, Text] = {
    ResultStage.PARTIAL: _text("partial", "толық емес", "частичные"),
    ResultStage.PRELIMINARY: _text("preliminary", "алдын ала", "предварительные"),
    ResultStage.FINAL: _text("final", "түпкілікті", "окончательные"),
    ResultStage.CORRECTED: _text("corrected", "түзетілген", "исправленные"),
}


class Count(StrEnum):
    """What a line of results counts; only votes belong to a contestant."""

    VOTES = "votes"
    AGAINST_ALL = "against-all"
    VALID = "valid"
    INVALID = "invalid"
    RECEIVED = "received"
    REGISTERED = "registered"


COUNTS: Mapping[Count, Text] = {
    Count.VOTES: _text("votes", "дауыстар", "голоса"),
    Count.AGAINST_ALL: _text("votes against all", "бәріне қарсы дауыстар", "голоса против всех"),
    Count.VALID: _text("valid votes", "жарамды дауыстар", "действительные голоса"),
    Count.INVALID: _text("invalid ballots", "жарамсыз бюллетеньдер", "недействительные бюллетени"),
    Count.RECEIVED: _text("voters who received a ballot", "бюллетень алған сайлаушылар", "получили бюллетени"),
    Count.REGISTERED: _text("registered voters", "тіркелген сайлаушылар", "зарегистрированные избиратели"),
}
