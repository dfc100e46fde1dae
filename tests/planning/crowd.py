"""Made-up travellers."""

from __future__ import annotations

import random

from paragraph8.planning.travellers import Traveller

COUNTRIES = ("DE", "FR", "US", "PL", "CZ", "SE", "NO", "GB", "KG", "MN")


def crowd(n: int, *, seed: int = 1, kinds: tuple[str, ...] = ("sto",), institutions: tuple[str, ...] = ("office",)):
    """So many people, the same for the same seed; everybody speaks English and some speak more."""
    draw = random.Random(seed)  # noqa: S311
    return [
        Traveller(
            code=f"P{number:04d}",
            kind=draw.choice(kinds),
            institution=draw.choice(institutions),
            country=draw.choice(COUNTRIES),
            gender=draw.choice("fm"),
            missions_before=draw.choice((0, 0, 1, 3, 9)),
            languages=frozenset({"en", *draw.sample(("ru", "kk", "fr"), draw.choice((0, 1, 2)))}),
        )
        for number in range(n)
    ]
