"""How far observations reach: where teams went, against the frame of all polling stations.

Coverage is arithmetic and no inference. It says which part of the country the observations come from, so that a reader
can judge what they are observations of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SIZES = (300, 1_000, 2_000)
"""Upper bounds, not included, of the classes of stations by registered voters; the last class is open."""
UNKNOWN = "unknown"
"""The category of stations of which the list does not say."""


@dataclass(frozen=True)
class Reach:
    """One category: stations in the frame, how many of them were seen at least once, and observations made there.

    `frame` is `None` where the frame has no such category (an hour of the day).
    """

    category: str
    frame: int | None
    seen: int
    observations: int

    def part_seen(self) -> tuple[int, int] | None:
        """Stations seen of those in the frame; `None` without a frame."""
        return None if self.frame is None else (self.seen, self.frame)


@dataclass(frozen=True)
class Coverage:
    """The categories of one dimension in a given order, with what is outside the frame.

    `outside` counts observations at stations that the frame does not hold, or at no known station.
    """

    dimension: str
    rows: tuple[Reach, ...]
    outside: int = 0

    @property
    def frame(self) -> int:
        """Stations in the frame."""
        return sum(row.frame or 0 for row in self.rows)

    @property
    def seen(self) -> int:
        """Different stations seen."""
        return sum(row.seen for row in self.rows)

    @property
    def observations(self) -> int:
        """Observations at stations of the frame."""
        return sum(row.observations for row in self.rows)

    def unseen(self) -> tuple[str, ...]:
        """Categories of the frame in which no station was seen."""
        return tuple(row.category for row in self.rows if row.frame and not row.seen)

    def displacement(self) -> Fraction | None:
        """The part of the stations seen that would have to lie in another category for shares like the frame's.

        D = ½ Σ |seen_c / seen - frame_c / frame|, the index of dissimilarity (Duncan and Duncan 1955), from 0 (like the
        frame) to 1. `None` where nothing was seen or there is no frame.
        """
        if not self.seen or not self.frame:
            return None
        gaps = (abs(Fraction(row.seen, self.seen) - Fraction(row.frame or 0, self.frame)) for row in self.rows)
        return sum(gaps, Fraction(0)) / 2


def coverage(
    dimension: str,
    frame: Mapping[str, str],
    visits: Iterable[str | None],
    *,
    order: Sequence[str] = (),
) -> Coverage:
    """Coverage of a frame by category.

    `frame` gives each station its category; `visits` names the station of each observation, `None` where it is not
    known. Categories come in `order`, those not named there after it by their spelling.
    """
    stations = Counter(frame.values())
    made = Counter(visits)
    outside = sum(n for station, n in made.items() if station is None or station not in frame)
    inside = {station: n for station, n in made.items() if station is not None and station in frame}
    seen = Counter(frame[station] for station in inside)
    observations: Counter[str] = Counter()
    for station, n in inside.items():
        observations[frame[station]] += n
    return Coverage(
        dimension,
        tuple(
            Reach(category, stations[category], seen[category], observations[category])
            for category in _ordered(stations, order)
        ),
        outside,
    )


def by_hour(hours: Iterable[tuple[int | None, str | None]]) -> Coverage:
    """Observations by the hour in which they began, local time: (hour, station) for each; hours without any between the
    first and the last are listed with none. There is no frame of hours. `outside` counts those without a time.
    """
    stations: dict[int, set[Hashable]] = {}
    made: Counter[int] = Counter()
    outside = 0
    for hour, station in hours:
        if hour is None:
            outside += 1
            continue
        made[hour] += 1
        stations.setdefault(hour, set()).add(station)
    span = range(min(made), max(made) + 1) if made else range(0)
    return Coverage(
        "hour",
        tuple(Reach(f"{hour % 24:02}", None, len(stations.get(hour, set()) - {None}), made[hour]) for hour in span),
        outside,
    )


def size_class(registered: int | None) -> str:
    """The class of a station by registered voters, such as "300-999" or "2000+"; unknown without a number."""
    if registered is None:
        return UNKNOWN
    below = 0
    for bound in SIZES:
        if registered < bound:
            return f"{below}-{bound - 1}"
        below = bound
    return f"{below}+"


def size_classes() -> tuple[str, ...]:
    """All classes in order."""
    return (*(size_class(bound - 1) for bound in SIZES), size_class(SIZES[-1]), UNKNOWN)


def _ordered(stations: Mapping[str, int], order: Sequence[str]) -> list[str]:
    place = {category: n for n, category in enumerate(order)}
    return sorted(stations, key=lambda category: (place.get(category, len(place)), category))
