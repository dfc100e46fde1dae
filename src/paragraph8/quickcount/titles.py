"""What the figures of a quick count are called, in the languages of the product."""

from __future__ import annotations

from paragraph8.domain.figures import Key
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.quickcount.plans import Base, CountPlan

_TITLES = {
    "returns": {
        "en": "Quick count: stations of the sample that have reported",
        "kk": "Параллель санау: есеп берген іріктеме учаскелері",
        "ru": "Параллельный подсчет: участки выборки, приславшие отчет",
    },
    "turnout": {
        "en": "Quick count: turnout",
        "kk": "Параллель санау: сайлаушылардың дауыс беруге келуі",
        "ru": "Параллельный подсчет: явка",
    },
    "lead": {
        "en": "Quick count: lead of the first over the second",
        "kk": "Параллель санау: біріншінің екіншіден артықтығы",
        "ru": "Параллельный подсчет: отрыв первого от второго",
    },
    "lead-of": {
        "en": "Quick count: lead of {one} over {other}",
        "kk": "Параллель санау: {one} және {other}, арасындағы айырма",
        "ru": "Параллельный подсчет: отрыв ({one} – {other})",
    },
    "valid": {
        "en": "Quick count: {one}, share of valid votes",
        "kk": "Параллель санау: {one}, жарамды дауыстардағы үлесі",
        "ru": "Параллельный подсчет: {one}, доля действительных голосов",
    },
    "ballots": {
        "en": "Quick count: {one}, share of ballots counted",
        "kk": "Параллель санау: {one}, саналған бюллетеньдердегі үлесі",
        "ru": "Параллельный подсчет: {one}, доля подсчитанных бюллетеней",
    },
}


def title_of(mission: Mission, plan: CountPlan, key: Key) -> Text:
    """The title of a figure."""
    names = contestant_names(mission)
    match key.measure:
        case "share":
            kind = "valid" if plan.base_is is Base.VALID else "ballots"
        case "lead" if key.dimension("contestant"):
            kind = "lead-of"
        case _:
            kind = key.measure
    one, other = (names.get(key.dimension(name), Text.of("")) for name in ("contestant", "over"))
    return Text.of(
        {
            tag: string.format(one=one.shown(tag).string, other=other.shown(tag).string)
            for tag, string in _TITLES[kind].items()
        }
    )


def contestant_names(mission: Mission) -> dict[str, Text]:
    """Code → name of everybody who stands or stood."""
    return {
        code: Text.of(name) if any(name.values()) else Text.of(code)
        for code, name in mission.contestants.values_list("code", "name")
    }
