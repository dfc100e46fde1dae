"""Reading the data files of the reference mission."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from paragraph8.domain.text import Text


def read_toml(path: str) -> dict[str, Any]:
    """The content of a data file of this package."""
    return tomllib.loads(files("paragraph8.demo").joinpath(path).read_text(encoding="utf-8"))


@cache
def sources() -> Mapping[str, Text]:
    """Short titles of the sources by the key under which facts and sentences name them."""
    return {key: Text.of(title) for key, title in read_toml("sources.toml")["sources"].items()}


@cache
def commitments() -> Mapping[str, Text]:
    """The commitments that sentences name, by key."""
    return {key: Text.of(title) for key, title in read_toml("texts/commitments.toml")["commitments"].items()}
