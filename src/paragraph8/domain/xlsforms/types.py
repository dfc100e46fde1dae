"""The column "type" of a survey: what each spelling means for us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from paragraph8.domain.questions import Kind


class Part(StrEnum):
    """What a row of the survey is."""

    QUESTION = "question"
    BEGIN_GROUP = "begin-group"
    END_GROUP = "end-group"
    BEGIN_REPEAT = "begin-repeat"
    END_REPEAT = "end-repeat"
    METADATA = "metadata"
    """Filled in by the device."""
    EXTERNAL = "external"
    """A file that expressions look into."""


@dataclass(frozen=True)
class Type:
    """A type as it was understood. `odk_only` names the type where only ODK Collect can ask it; `list_name` is the
    list of a choice, `file` the file that it takes its answers from."""

    part: Part
    kind: Kind | None = None
    list_name: str = ""
    file: str = ""
    odk_only: bool = False
    or_other: bool = False
    range: bool = False


_KINDS = {
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "datetime": Kind.MOMENT,
    "note": Kind.NOTE,
    "image": Kind.PHOTO,
    "photo": Kind.PHOTO,
    "geopoint": Kind.GEOPOINT,
    "gps": Kind.GEOPOINT,
    "location": Kind.GEOPOINT,
    "calculate": Kind.CALCULATION,
    "hidden": Kind.CALCULATION,
}
_ONLY_ODK = {
    "audio": Kind.FILE,
    "video": Kind.FILE,
    "file": Kind.FILE,
    "geotrace": Kind.FILE,
    "geoshape": Kind.FILE,
    "barcode": Kind.TEXT,
    "acknowledge": Kind.TEXT,
    "trigger": Kind.TEXT,
}
_METADATA = frozenset(
    (
        "start",
        "end",
        "today",
        "deviceid",
        "device_id",
        "phonenumber",
        "phone_number",
        "username",
        "email",
        "simserial",
        "subscriberid",
        "uri",
        "imei",
        "start-geopoint",
        "audit",
        "background-audio",
        "background-geopoint",
    )
)
_GROUPS = {
    ("begin", "group"): Part.BEGIN_GROUP,
    ("end", "group"): Part.END_GROUP,
    ("begin", "repeat"): Part.BEGIN_REPEAT,
    ("end", "repeat"): Part.END_REPEAT,
    ("begin", "lgroup"): Part.BEGIN_REPEAT,
}
_BOUNDARY = re.compile(r"(begin|end)[ _]+(group|repeat|lgroup)\Z")
_SELECT = re.compile(
    r"(?P<how>select[ _]?one(?:[ _]from[ _]file|[ _]external)?|select[ _]?(?:multiple|all that apply)"
    r"(?:[ _]from[ _]file)?|select1|select|rank)\s+(?:from\s+)?(?P<list>\S+?)(?P<other>\s+or[ _]other)?\Z"
)
_EXTERNAL = frozenset({"csv-external", "xml-external"})


def type_of(written: str) -> Type | None:
    """What a cell of the column means; `None` for a type that nobody knows."""
    word = " ".join(written.split())
    lower = word.lower()
    boundary = _BOUNDARY.match(lower)
    if boundary:
        return Type(_GROUPS.get((boundary[1], boundary[2]), Part.END_REPEAT))
    if lower in _KINDS:
        return Type(Part.QUESTION, _KINDS[lower])
    if lower in _ONLY_ODK:
        return Type(Part.QUESTION, _ONLY_ODK[lower], odk_only=True)
    if lower == "range":
        return Type(Part.QUESTION, Kind.INTEGER, range=True)
    if lower in _METADATA or lower in _EXTERNAL:
        return Type(Part.METADATA if lower in _METADATA else Part.EXTERNAL)
    return _choice(word)


def _choice(word: str) -> Type | None:
    found = _SELECT.match(word) or _SELECT.match(word[:6].lower() + word[6:])
    if found is None:
        return None
    how, listed = found["how"].replace(" ", "_").lower(), found["list"]
    kind = Kind.CHOICES if "multiple" in how or "all" in how or how in ("select", "rank") else Kind.CHOICE
    if "from_file" in how or "external" in how:
        return Type(Part.QUESTION, Kind.TEXT, file=listed, odk_only=True)
    return Type(Part.QUESTION, kind, list_name=listed, odk_only=how == "rank", or_other=bool(found["other"]))
