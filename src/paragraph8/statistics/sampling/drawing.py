"""Drawing: frame, request and seed in, design out. The same three give the same design everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from . import methods
from .allocation import allocate
from .design import Design, Drawn, Method, Request, Stratum
from .frame import Frame
from .pivotal import pivotal
from .randomness import Stream
from .refusals import RefusedDrawError

Progress = Callable[[int, int], None]


def draw(frame: Frame, request: Request, *, seed: bytes, progress: Progress | None = None) -> Design:
    """Draw the sample with its reserves. `progress` is told strata done, of how many.

    Each stratum has its own stream of chance ("draw:" and its code), and its reserves another ("reserves:"), so that
    nothing in one stratum depends on another. Raises `RefusedDrawError`; then nothing was drawn.
    """
    shares = refuse_unfit(frame, request)
    strata, drawn, reserves = [], [], []
    for done, (stratum, places) in enumerate(frame.places.items()):
        n = shares[stratum]
        probabilities = inclusion(frame, request.method, places, n)
        chosen = _choose(frame, request.method, places, n, probabilities, Stream(seed, f"draw:{stratum}"))
        units = [
            Drawn(
                station=frame.stations[places[k]],
                stratum=stratum,
                probability=probabilities[k],
                certain=probabilities[k] == 1,
            )
            for k in chosen
        ]
        strata.append(Stratum(code=stratum, there=len(places), drawn=n, certain=sum(unit.certain for unit in units)))
        drawn += units
        spare = _reserves(frame, places, chosen, request.reserves, Stream(seed, f"reserves:{stratum}"))
        if spare:
            reserves.append((stratum, spare))
        if progress:
            progress(done + 1, len(frame.places))
    return Design(
        method=request.method,
        allocation=request.allocation,
        frame=frame.sha256,
        strata=tuple(strata),
        drawn=tuple(drawn),
        reserves=tuple(reserves),
        seed=seed.hex(),
    )


def allocation_of(frame: Frame, request: Request) -> dict[str, int]:
    """Stratum → how many the request draws there. Raises `RefusedDrawError`."""
    return allocate(
        request.n,
        {stratum: len(places) for stratum, places in frame.places.items()},
        allocation=request.allocation,
        minimum=request.minimum,
        spreads=request.spread_fractions(),
        given=dict(request.given),
    )


def refuse_unfit(frame: Frame, request: Request) -> dict[str, int]:
    """The allocation, if the frame holds what the method needs. Raises `RefusedDrawError` otherwise."""
    _check(frame, request.method)
    return allocation_of(frame, request)


def inclusion(frame: Frame, method: Method, places: Sequence[int], n: int) -> list[Fraction]:
    """The probability of each of these stations of one stratum to be among n drawn; they add up to n exactly."""
    if not method.by_size:
        return [Fraction(n, len(places))] * len(places)
    return methods.proportions([frame.sizes[place] or 0 for place in places], n)


def _check(frame: Frame, method: Method) -> None:
    if method.by_size:
        without = [name for name, size in zip(frame.stations, frame.sizes, strict=True) if not size or size < 0]
        if without:
            raise RefusedDrawError("no-size", n=len(without), station=without[0])
    if method is Method.SPATIAL:
        where = zip(frame.stations, frame.x, frame.y, strict=True)
        nowhere = [name for name, x, y in where if x is None or y is None]
        if nowhere:
            raise RefusedDrawError("no-coordinates", n=len(nowhere), station=nowhere[0])


def _choose(
    frame: Frame, method: Method, places: Sequence[int], n: int, probabilities: Sequence[Fraction], chance: Stream
) -> list[int]:
    """Which of the stations of a stratum are drawn, as places within it."""
    if n == len(places):
        return list(range(n))
    match method:
        case Method.SIMPLE:
            return methods.simple(len(places), n, chance)
        case Method.SYSTEMATIC:
            return methods.systematic([1] * len(places), n, chance)
        case Method.SPATIAL:
            x, y = ([column[place] or 0 for place in places] for column in (frame.x, frame.y))
            return pivotal([n] * len(places), len(places), x, y, chance)
    sure = [k for k, probability in enumerate(probabilities) if probability == 1]
    rest = [k for k, probability in enumerate(probabilities) if probability != 1]
    sizes = [frame.sizes[places[k]] or 0 for k in rest]
    by_size = methods.brewer if method is Method.PPS_BREWER else methods.systematic
    left = n - len(sure)
    return sure + ([rest[k] for k in by_size(sizes, left, chance)] if left else [])


def _reserves(frame: Frame, places: Sequence[int], chosen: Sequence[int], n: int, chance: Stream) -> tuple[str, ...]:
    """Some of those not drawn in random order: whoever replaces a station later has no choice any more."""
    drawn = set(chosen)
    left = [place for k, place in enumerate(places) if k not in drawn]
    chance.shuffle(left, n)
    return tuple(frame.stations[place] for place in left[:n])
