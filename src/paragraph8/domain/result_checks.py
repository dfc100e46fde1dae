"""What of a version of results does not add up: sums of areas and stations, votes against valid ones, printed shares.

The numbers are the author's and stay as they are; what is found stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .contests import Count
from .results import ReportedLine
from .text import Text

FINDINGS: Mapping[str, Mapping[str, str]] = {
    "areas-sum": {
        "en": "{what}: the areas together have {together}, the whole has {whole}.",
        "kk": "{what}: өңірлер бойынша қосындысы {together}, жалпы саны {whole}.",
        "ru": "{what}: по регионам вместе {together}, в целом {whole}.",
    },
    "stations-sum": {
        "en": "{what}, {area}: the stations together have {together}, the area has {whole}.",
        "kk": "{what}, {area}: учаскелер бойынша қосындысы {together}, өңірдің саны {whole}.",
        "ru": "{what}, {area}: по участкам вместе {together}, в регионе {whole}.",
    },
    "votes-not-valid": {
        "en": "{where}: the votes add up to {together}, and the valid votes are {whole}.",
        "kk": "{where}: дауыстардың қосындысы {together}, ал жарамды дауыстар саны {whole}.",
        "ru": "{where}: сумма голосов {together}, а действительных голосов {whole}.",
    },
    "more-than-received": {
        "en": "{where}: valid and invalid together are {together}, and {whole} voters received a ballot.",
        "kk": "{where}: жарамды мен жарамсыздың қосындысы {together}, ал бюллетень алғандар саны {whole}.",
        "ru": "{where}: действительных и недействительных вместе {together}, а бюллетени получили {whole}.",
    },
    "more-than-registered": {
        "en": "{where}: {together} voters received a ballot, and {whole} are registered.",
        "kk": "{where}: бюллетень алғандар саны {together}, ал тіркелгендер саны {whole}.",
        "ru": "{where}: бюллетени получили {together}, а зарегистрировано {whole}.",
    },
    "share-differs": {
        "en": "{what}: the author prints {share} per cent; {n} of {base} is {computed} per cent.",
        "kk": "{what}: автор {share} пайыз деп көрсеткен; {base} санының {n}-і – {computed} пайыз.",
        "ru": "{what}: автор указывает {share} %; {n} из {base} — это {computed} %.",
    },
    "share-base": {
        "en": "The shares are those of {base} as the denominator: {n}.",
        "kk": "Үлестер мына бөлім бойынша есептелген: {base}, {n}.",
        "ru": "Доли посчитаны от знаменателя «{base}»: {n}.",
    },
    "shares-sum": {
        "en": "The printed shares add up to {together} per cent; rounding explains at most {slack}.",
        "kk": "Көрсетілген үлестердің қосындысы {together} пайыз; дөңгелектеу ең көбі {slack} айырма береді.",
        "ru": "Указанные доли в сумме дают {together} %; округлением объяснимо не более {slack}.",
    },
    "share-alone": {
        "en": "{n} lines give a share without a number: they cannot be recomputed.",
        "kk": "{n} жолда сансыз тек үлес берілген: оларды қайта есептеу мүмкін емес.",
        "ru": "Строк с долей без числа: {n}. Пересчитать их нельзя.",
    },
}
"""What is said of a version beside its numbers. `share-base` is no fault: it says which denominator fits."""

FAULTS = frozenset(FINDINGS) - {"share-base", "share-alone"}


@dataclass(frozen=True)
class Finding:
    """Something that was found in a version; `facts` name lines by contestant code or kind of line."""

    code: str
    facts: Mapping[str, str | int]

    def text(self, words: Mapping[str, Text], number: Callable[[int, str], str]) -> Text:
        """The sentence, with names instead of codes where `words` knows them; `number` writes one in a language."""
        return Text.of(
            {
                language: sentence.format(
                    **{
                        name: number(fact, language)
                        if isinstance(fact, int)
                        else words[fact].shown(language).string
                        if fact in words
                        else fact
                        for name, fact in self.facts.items()
                    }
                )
                for language, sentence in FINDINGS[self.code].items()
            }
        )


def check_results(lines: Sequence[ReportedLine]) -> tuple[Finding, ...]:
    """What of a version does not add up, in a fixed order."""
    return (*_sums(lines), *_within_places(lines), *_shares(lines))


def _sums(lines: Sequence[ReportedLine]) -> Iterable[Finding]:
    """Areas against the whole, stations against their area: only where a higher number is given."""
    wholes: dict[tuple[str, str], int] = {}
    areas: dict[tuple[str, str, str], int] = {}
    by_area: dict[tuple[str, str], int] = defaultdict(int)
    by_station: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in lines:
        if line.n is None:
            continue
        what = (line.line.value, line.contestant)
        if line.station:
            by_station[(*what, line.area)] += line.n
        elif line.area:
            areas[(*what, line.area)] = line.n
            by_area[what] += line.n
        else:
            wholes[what] = line.n
    for what, together in by_area.items():
        if what in wholes and wholes[what] != together:
            yield Finding("areas-sum", {"what": _what(*what), "together": together, "whole": wholes[what]})
    for (line_, contestant, area), together in by_station.items():
        whole = areas.get((line_, contestant, area)) if area else wholes.get((line_, contestant))
        if whole is not None and whole != together:
            facts: dict[str, str | int] = {
                "what": _what(line_, contestant),
                "area": area,
                "together": together,
                "whole": whole,
            }
            yield Finding("stations-sum" if area else "areas-sum", facts)


def _within_places(lines: Sequence[ReportedLine]) -> Iterable[Finding]:
    """Inside one place: votes make the valid ones, these and the invalid no more than were given out."""
    places: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for line in lines:
        if line.n is not None:
            place = places[line.place()]
            key = "sum" if line.line in (Count.VOTES, Count.AGAINST_ALL) else line.line.value
            place[key] = place.get(key, 0) + line.n
    for (area, station), has in places.items():
        where = station or area or "whole"
        if "sum" in has and Count.VALID in has and has["sum"] != has[Count.VALID]:
            yield Finding("votes-not-valid", {"where": where, "together": has["sum"], "whole": has[Count.VALID]})
        used = has.get(Count.VALID, has.get("sum", 0)) + has.get(Count.INVALID, 0)
        if Count.RECEIVED in has and used > has[Count.RECEIVED]:
            yield Finding("more-than-received", {"where": where, "together": used, "whole": has[Count.RECEIVED]})
        if Count.RECEIVED in has and Count.REGISTERED in has and has[Count.RECEIVED] > has[Count.REGISTERED]:
            facts: dict[str, str | int] = {
                "where": where,
                "together": has[Count.RECEIVED],
                "whole": has[Count.REGISTERED],
            }
            yield Finding("more-than-registered", facts)


def _shares(lines: Sequence[ReportedLine]) -> Iterable[Finding]:
    """Shares of votes of the whole, against every denominator that the version gives: the one that fits most shares is
    named, and what does not fit it is listed."""
    whole = [line for line in lines if line.place() == ("", "")]
    votes = [line for line in whole if line.line in (Count.VOTES, Count.AGAINST_ALL)]
    printed = [line for line in votes if line.share]
    if printed:
        together = sum(Decimal(line.share) for line in printed)
        slack = sum((_half_unit(line.share) for line in printed), Fraction(0))
        if len(printed) == len(votes) and abs(Fraction(together) - 100) > slack:
            yield Finding("shares-sum", {"together": str(together), "slack": str(_plain(slack))})
    computable = [line for line in printed if line.n is not None]
    bases = _bases(whole, votes)
    if computable and bases:
        best = max(bases, key=lambda name: sum(_fits(line, bases[name]) for line in computable))
        if any(_fits(line, bases[best]) for line in computable):
            yield Finding("share-base", {"base": best, "n": bases[best]})
        for line in computable:
            if not _fits(line, bases[best]):
                facts: dict[str, str | int] = {
                    "what": _what(line.line.value, line.contestant),
                    "share": line.share,
                    "n": line.n or 0,
                    "base": bases[best],
                    "computed": _per_cent(line.n or 0, bases[best], line.share),
                }
                yield Finding("share-differs", facts)
    alone = sum(1 for line in lines if line.share and line.n is None)
    if alone:
        yield Finding("share-alone", {"n": alone})


def _bases(whole: Sequence[ReportedLine], votes: Sequence[ReportedLine]) -> dict[str, int]:
    given = {line.line.value: line.n for line in whole if line.n and line.line not in (Count.VOTES, Count.AGAINST_ALL)}
    numbers = [line.n for line in votes]
    total = sum(n for n in numbers if n is not None)
    complete = None not in numbers and total
    bases = {"sum": total} if complete and given.get(Count.VALID.value, total) == total else {}
    if Count.VALID.value in given:
        bases = {}
    order = (Count.VALID.value, Count.RECEIVED.value, Count.REGISTERED.value)
    return bases | {name: n for name in order if (n := given.get(name))}


def _fits(line: ReportedLine, base: int) -> bool:
    """Whether the printed share is the number's, rounded to its last digit either way."""
    return abs(Fraction(100 * (line.n or 0), base) - Fraction(line.share)) <= _half_unit(line.share)


def _half_unit(share: str) -> Fraction:
    digits = len(share.partition(".")[2])
    return Fraction(1, 2 * 10**digits)


def _per_cent(n: int, base: int, like: str) -> str:
    """The share with as many digits as `like`, half-up."""
    digits = len(like.partition(".")[2])
    scaled = (2 * 100 * 10**digits * n + base) // (2 * base)
    return f"{Decimal(scaled).scaleb(-digits):f}"


def _plain(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _what(line: str, contestant: str) -> str:
    return contestant or line
