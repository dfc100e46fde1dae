"""Settings from the environment. A value that cannot be read stops the program with its name, never silently."""

from __future__ import annotations

import os
from pathlib import Path


class SettingError(Exception):
    """An environment variable holds something its setting cannot use."""


def text(name: str, default: str) -> str:
    """The variable NAME, or the first line of the file that NAME_FILE points to, or the default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE: {path} cannot be read: {error.strerror}") from error
    return os.environ.get(name, default)


def boolean(name: str, *, default: bool) -> bool:
    """True or False; accepts 1/0, true/false, yes/no."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in ("1", "true", "yes"):
        return True
    if value in ("0", "false", "no", ""):
        return False
    raise SettingError(f"{name}: {value!r} is neither yes nor no")


def integer(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise SettingError(f"{name}: {value!r} is not a whole number") from None
