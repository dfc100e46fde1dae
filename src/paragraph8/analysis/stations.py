"""The list of polling stations as a table: the frame that observations are held against."""

from __future__ import annotations

from operator import itemgetter

from paragraph8.missions.models import Mission

from .tables import Column, Holds, Table


def stations_table(mission: Mission) -> Table:
    """`stations.csv`: the list in force, by key."""
    columns = [
        Column("station"),
        Column("area"),
        Column("kind"),
        Column("urban", Holds.WHOLE),
        Column("registered", Holds.WHOLE),
        Column("origin"),
    ]
    # Sorted here: databases compare letters each in their own way.
    rows = sorted(mission.stations.values_list("key", "top__code", "kind", "urban", "registered"), key=itemgetter(0))
    return Table.of(
        "stations",
        columns,
        (
            (key, area, kind, None if urban is None else int(urban), registered, mission.origin)
            for key, area, kind, urban, registered in rows
        ),
    )
