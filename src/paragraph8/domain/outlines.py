"""Outlines of areas: a GeoJSON file from a stranger becomes a small drawing, or is refused with the reason.

The drawing is an equirectangular projection that is true at the middle latitude; lines are simplified to what a
screen can show (Douglas and Peucker 1973).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .importing.cells import unspaced
from .text import Text

MOST_BYTES = 25_000_000
MOST_FEATURES = 5_000
MOST_POINTS = 2_000_000
WIDTH = 1_000
TALLEST = 1_400
_TOLERANCE = 0.7
"""How far, in units of the drawing, a simplified line may lie from the true one."""
_LEAST_RING = 1.5
"""Rings smaller than this in both directions are left out, unless the area has no other."""

Point = tuple[float, float]
Ring = list[Point]


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


NOT_A_MAP: Mapping[str, Text] = {
    "map-too-large": _words(
        "The map is larger than 25 MB, or has more points than can be drawn. Simplify it and upload it again.",
        "Карта 25 МБ-тан үлкен немесе нүктелері сызуға тым көп. Оны жеңілдетіп, қайта жүктеңіз.",
        "Карта больше 25 МБ или в ней больше точек, чем можно нарисовать. Упростите ее и загрузите снова.",
    ),
    "not-json": _words("The file is no JSON.", "Файл JSON емес.", "Файл не является JSON."),
    "not-geojson": _words(
        "The file is no GeoJSON: it holds no FeatureCollection with features.",
        "Файл GeoJSON емес: онда нысандары бар FeatureCollection жоқ.",
        "Файл не является GeoJSON: в нем нет FeatureCollection с объектами.",
    ),
    "wrong-geometry": _words(
        "Feature {n} is a {type}; only Polygon and MultiPolygon are areas.",
        "{n}-нысан – {type}; аумақ ретінде тек Polygon және MultiPolygon жарайды.",
        "Объект {n} имеет тип {type}; территориями могут быть только Polygon и MultiPolygon.",
    ),
    "broken-geometry": _words(
        "Feature {n} has a broken outline.",
        "{n}-нысанның сызығы бүлінген.",
        "У объекта {n} поврежденный контур.",
    ),
    "not-degrees": _words(
        "Feature {n} has coordinates that are no degrees. Export the map in WGS 84 (EPSG:4326).",
        "{n}-нысанның координаталары градус емес. Картаны WGS 84 (EPSG:4326) жүйесінде сақтаңыз.",
        "Координаты объекта {n} не в градусах. Сохраните карту в системе WGS 84 (EPSG:4326).",
    ),
    "names-no-area": _words(
        "No property of the features names areas of the mission by code or name. Properties found: {properties}.",
        "Нысандардың бірде-бір қасиеті миссия аумақтарын кодымен не атауымен атамайды. Табылған қасиеттер: "
        "{properties}.",
        "Ни одно свойство объектов не называет территории миссии по коду или названию. Найденные свойства: "
        "{properties}.",
    ),
}
"""Code → why the file is no map, and what to do."""


class NotAMapError(ValueError):
    """The file cannot be drawn. `reason` is a code of `NOT_A_MAP`."""

    def __init__(self, reason: str, **details: str | int) -> None:
        self.reason = reason
        self.details = details
        super().__init__(str(self.text()))

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return Text.of({tag: string.format(**self.details) for tag, string in NOT_A_MAP[self.reason].strings})


@dataclass(frozen=True)
class Outlines:
    """A drawing: SVG paths by code of the area; `property` named the areas; `strange` counts features of no area."""

    shapes: Mapping[str, str]
    property: str
    width: int
    height: int
    strange: int


def read_outlines(data: bytes, names: Mapping[str, Iterable[str]]) -> Outlines:
    """The drawing of a GeoJSON file. `names` are, for each code of an area, what it may be called besides.

    Raises `NotAMapError`.
    """
    features = _features(data)
    known = {unspaced(name): code for code, others in names.items() for name in (*others, code) if name}
    name = _naming(features, known)
    rings: dict[str, list[Ring]] = {}
    strange = points = 0
    for n, feature in enumerate(features, start=1):
        code = known.get(unspaced(str(_properties(feature).get(name, ""))))
        found = list(_rings(feature.get("geometry"), n))
        points += sum(map(len, found))
        if points > MOST_POINTS:
            raise NotAMapError("map-too-large")
        if code is None:
            strange += 1
        else:
            rings.setdefault(code, []).extend(found)
    return _drawn(rings, name, strange)


def _features(data: bytes) -> list[Mapping[str, Any]]:
    if len(data) > MOST_BYTES:
        raise NotAMapError("map-too-large")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotAMapError("not-json") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        raise NotAMapError("not-geojson")
    if len(features) > MOST_FEATURES:
        raise NotAMapError("map-too-large")
    return features


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    found = dict(properties) if isinstance(properties, dict) else {}
    return {**found, "id": found.get("id", feature.get("id", ""))}


def _naming(features: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> str:
    """The property under which most areas are named; among equals the first by name."""
    named: dict[str, set[str]] = {}
    for feature in features:
        for name, value in _properties(feature).items():
            if isinstance(value, str | int):
                named.setdefault(name, set()).add(known.get(unspaced(str(value)), ""))
    best = min(named, key=lambda name: (-len(named[name] - {""}), name), default="")
    if not best or not named[best] - {""}:
        raise NotAMapError("names-no-area", properties=", ".join(sorted(named)[:20]) or "–")
    return best


def _rings(geometry: Any, n: int) -> Iterator[Ring]:
    if not isinstance(geometry, dict):
        raise NotAMapError("broken-geometry", n=n)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotAMapError("wrong-geometry", n=n, type=str(kind)[:40])
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list):
        raise NotAMapError("broken-geometry", n=n)
    for polygon in polygons:
        if not isinstance(polygon, list):
            raise NotAMapError("broken-geometry", n=n)
        for ring in polygon:
            yield _ring(ring, n)


def _ring(ring: Any, n: int) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise NotAMapError("broken-geometry", n=n)
    points = []
    for point in ring:
        if not isinstance(point, list) or len(point) < 2 or not all(_is_number(part) for part in point[:2]):
            raise NotAMapError("broken-geometry", n=n)
        x, y = float(point[0]), float(point[1])
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise NotAMapError("not-degrees", n=n)
        points.append((x, y))
    return points


def _is_number(part: Any) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool)


def _drawn(rings: Mapping[str, list[Ring]], name: str, strange: int) -> Outlines:
    every = [point for found in rings.values() for ring in found for point in ring]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    narrow = max(math.cos(math.radians((south + north) / 2)), 0.01)
    scale = WIDTH / max((east - west) * narrow, 1e-9)
    scale = min(scale, TALLEST / max(north - south, 1e-9))

    def placed(ring: Ring) -> Ring:
        return [((x - west) * narrow * scale, (north - y) * scale) for x, y in ring]

    shapes = {code: _path([placed(ring) for ring in found]) for code, found in rings.items()}
    width, height = math.ceil((east - west) * narrow * scale), math.ceil((north - south) * scale)
    return Outlines(shapes, name, max(width, 1), max(height, 1), strange)


def _path(rings: Sequence[Ring]) -> str:
    """The outlines of one area as an SVG path with one decimal."""
    large = [ring for ring in rings if _size(ring) > _LEAST_RING] or [max(rings, key=_size)]
    pieces = []
    for ring in large:
        steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in simplified(ring, _TOLERANCE))
        pieces.append(f"M{steps}Z")
    return "".join(pieces)


def _size(ring: Ring) -> float:
    return max(max(x for x, _ in ring) - min(x for x, _ in ring), max(y for _, y in ring) - min(y for _, y in ring))


def simplified(line: Ring, tolerance: float) -> Ring:
    """The line with fewer points, none of the old ones further than `tolerance` away (Douglas-Peucker).

    A closed ring is split where it is furthest from its start, so that it keeps its shape.
    """
    if len(line) < 4:
        return line
    start = line[0]
    middle = max(range(len(line)), key=lambda n: math.dist(start, line[n]))
    keep = {0, middle, len(line) - 1}
    spans = [(0, middle), (middle, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        furthest, distance = first, tolerance
        for n in range(first + 1, last):
            away = _away(line[n], line[first], line[last])
            if away > distance:
                furthest, distance = n, away
        if furthest != first:
            keep.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    return [line[n] for n in sorted(keep)]


def _away(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(point, start)
    along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))
