"""What the room's figures are called, in the languages of the product."""

from __future__ import annotations

from paragraph8.domain.contests import COUNTS, MEASURES, STANDINGS, VOTERS, Count, Measure, Standing, Voters
from paragraph8.domain.figures import Key
from paragraph8.domain.text import Text

from .populations import Populations

LANGUAGES = ("en", "kk", "ru")


def title_of(held: Populations, key: Key) -> Text:
    """What the figure is, with whatever narrows it."""
    base = _base_title(held, key)
    narrowed = [
        part
        for part in (
            held.name_of_contest(key.dimension("contest")),
            held.name_of_area(key.dimension("area")),
            Text.of(dict.fromkeys(LANGUAGES, key.dimension("station") or key.dimension("day"))),
        )
        if str(part)
    ]
    return _joined(base, *narrowed)


def _base_title(held: Populations, key: Key) -> Text:
    match key.measure:
        case "contestants":
            return _standing_title(key)
        case "voters":
            return _capital(VOTERS[Voters(key.dimension("category", Voters.ALL.value))])
        case "deadlines":
            return _DEADLINES
        case "record" | "first":
            return _joined(_CLAIMS[key.measure], MEASURES[Measure(key.dimension("measure"))])
        case "turnout":
            return _joined(_TURNOUT, held.name_of_version(key.dimension("version")))
        case _:
            line = Count(key.dimension("line", Count.VOTES.value))
            who = held.name_of_contestant(key.dimension("contestant"))
            return _joined(
                _capital(COUNTS[line]),
                *((who,) if line is Count.VOTES else ()),
                held.name_of_version(key.dimension("version")),
            )


def _standing_title(key: Key) -> Text:
    status, ever = key.dimension("status"), key.dimension("ever")
    words = [STANDINGS[Standing(status)]] if status else []
    words += [_joined(STANDINGS[Standing(ever)], _EVER)] if ever else []
    if key.dimension("gender"):
        words.append(_GENDERS[key.dimension("gender")])
    return _joined(_CONTESTANTS if status or ever else _ON_BALLOT, *words)


_CONTESTANTS = Text.of({"en": "Contestants", "kk": "Үміткерлер", "ru": "Кандидаты и выдвинутые"})
_ON_BALLOT = Text.of(
    {"en": "Registered candidates", "kk": "Тіркелген кандидаттар", "ru": "Зарегистрированные кандидаты"}
)
_EVER = Text.of({"en": "at any time", "kk": "кез келген уақытта", "ru": "когда-либо"})
_GENDERS = {
    "f": Text.of({"en": "women", "kk": "әйелдер", "ru": "женщины"}),
    "m": Text.of({"en": "men", "kk": "ерлер", "ru": "мужчины"}),
    "x": Text.of({"en": "neither", "kk": "басқа", "ru": "другое"}),
}
_DEADLINES = Text.of(
    {
        "en": "Legal deadlines met in time",
        "kk": "Мерзімінде орындалған заңды талаптар",
        "ru": "Законные сроки, соблюденные вовремя",
    }
)
_TURNOUT = Text.of(
    {
        "en": "Voters who received a ballot, of those registered",
        "kk": "Тіркелгендердің ішінде бюллетень алғандары",
        "ru": "Получившие бюллетени, из числа зарегистрированных",
    }
)
_CLAIMS = {
    "record": Text.of(
        {
            "en": "More than at any earlier election",
            "kk": "Бұрынғы сайлаулардың бәріндегіден көп",
            "ru": "Больше, чем на любых прежних выборах",
        }
    ),
    "first": Text.of({"en": "For the first time", "kk": "Тұңғыш рет", "ru": "Впервые"}),
}


def _joined(first: Text, *others: Text) -> Text:
    """“Registered candidates: women, North”, in each language."""
    return Text.of(
        {
            language: ": ".join(
                filter(None, [first.shown(language).string, ", ".join(o.shown(language).string for o in others)])
            )
            for language in LANGUAGES
        }
    )


def _capital(text: Text) -> Text:
    return Text.of({language: string[:1].upper() + string[1:] for language, string in text.strings})
