"""Charts as small accessible drawings of our own: data and ready-made words in, one SVG and its table out.

A chart takes its colours from the stylesheet (classes and custom properties, so that dark mode and print change them)
and its words from the caller: it knows no language and rounds nothing. Across it measures in per cent of its width and
down in pixels, so that text keeps its size on a wall and on a phone.
"""

from .drawing import Chart
from .forest import Dot, forest
from .hours import Hours, hours
from .scale import Axis, axis
from .spreads import Box, Point, spreads
from .tiles import Tile, tiles
from .trace import Mark, Moment, Series, trace

__all__ = [
    "Axis",
    "Box",
    "Chart",
    "Dot",
    "Hours",
    "Mark",
    "Moment",
    "Point",
    "Series",
    "Tile",
    "axis",
    "forest",
    "hours",
    "spreads",
    "tiles",
    "trace",
]
