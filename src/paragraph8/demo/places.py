"""Where the simulated mission works: an invented list of stations and the teams that visit them.

No polling station of 2019 is copied. How many stations a unit gets follows the size of the next election's list, so
that the map looks plausible; codes, names, lists and premises are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from paragraph8.domain.text import Text

from .chance import bell
from .facts import Area

STATIONS = 1500
TEAMS = 130
CITY_WEIGHT = 2
"""Teams are denser in the cities, as in real missions."""

_PREMISES = (("school", 62), ("culture", 14), ("office", 12), ("college", 7), ("hospital", 3), ("military", 2))
_URBAN_SHARE = 0.5


@dataclass(frozen=True)
class Station:
    """A simulated polling station, or the seat of a simulated territorial commission (`kind` "commission").

    `registered` is the number of voters on its list; a commission has none.
    """

    key: str
    area: str
    name: Text
    kind: str
    urban: bool
    registered: int | None


@dataclass(frozen=True)
class Team:
    """A simulated team: a code, the unit it works in, and the phone it sends with. Nobody's name."""

    code: str
    area: str
    device: str


def draw_stations(rng: Random, areas: Sequence[Area]) -> tuple[Station, ...]:
    """About 1,500 polling stations over the units, and as many territorial commissions as tabulation needs."""
    stations: list[Station] = []
    teams = _per_area(areas, TEAMS)
    for number, (area, n) in enumerate(zip(areas, _per_area(areas, STATIONS), strict=True), start=1):
        stations += [_station(rng, area, f"{number:02d}{place:03d}") for place in range(1, n + 1)]
        commissions = math.ceil(0.75 * teams[number - 1])
        stations += [_commission(area, f"{number:02d}T{place:02d}") for place in range(1, commissions + 1)]
    return tuple(stations)


def draw_teams(areas: Sequence[Area]) -> tuple[Team, ...]:
    """The teams, numbered through the units."""
    codes = (area.code for area, n in zip(areas, _per_area(areas, TEAMS), strict=True) for _ in range(n))
    return tuple(Team(f"{n:03d}", area, f"phone-{n:03d}") for n, area in enumerate(codes, start=1))


def share_out(weights: Sequence[float], total: int) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `total` (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [math.floor(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_rest[: total - sum(whole)]:
        whole[i] += 1
    return whole


def _per_area(areas: Sequence[Area], total: int) -> list[int]:
    weights = [math.sqrt(area.stations_2021) * (CITY_WEIGHT if area.kind == "city" else 1) for area in areas]
    return share_out(weights, total)


def _station(rng: Random, area: Area, key: str) -> Station:
    urban = area.kind == "city" or rng.random() < _URBAN_SHARE
    centre, least, most = (1650, 300, 3000) if urban else (620, 60, 2200)
    registered = round(bell(rng, centre, 0.4 * centre))
    kind = rng.choices([name for name, _ in _PREMISES], [weight for _, weight in _PREMISES])[0]
    name = Text.of(
        {"en": f"Simulated station {key}", "kk": f"Үлгіленген учаске № {key}", "ru": f"Смоделированный участок № {key}"}
    )
    return Station(key, area.code, name, kind, urban, min(max(registered, least), most))


def _commission(area: Area, key: str) -> Station:
    name = Text.of(
        {
            "en": f"Simulated territorial commission {key}",
            "kk": f"Үлгіленген аумақтық комиссия № {key}",
            "ru": f"Смоделированная территориальная комиссия № {key}",
        }
    )
    return Station(key, area.code, name, "commission", urban=True, registered=None)
