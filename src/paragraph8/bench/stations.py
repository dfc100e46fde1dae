"""A long list of stations: import, search, sums."""

from __future__ import annotations

import random
import time
from functools import partial
from typing import Any

from .databases import database
from .machine import Result, now, timed, with_machine


def stations() -> Result:
    """Import 100,000 stations from CSV and from XLSX, search among them, and add them up by area."""
    n, limit = 100_000, 30.0
    with database():
        from paragraph8.accounts.permissions import command
        from paragraph8.domain.figures import Origin
        from paragraph8.domain.text import Text
        from paragraph8.missions.operations import create_mission
        from paragraph8.places import queries

        by = command("bench")
        mission = create_mission(slug="bench", title=Text.of("Bench"), by=by, now=now(), origin=Origin.SIMULATED)
        rows = _invented_stations(n)
        files = {"csv": _as_csv(rows), "xlsx": _as_workbook(rows)}
        imports: dict[str, float] = {}
        for kind, data in files.items():
            started = time.process_time()
            wall, told = timed(partial(_import_stations, mission, data, f"list.{kind}"))
            imports |= {f"{kind}_seconds": wall, f"{kind}_cpu_seconds": round(time.process_time() - started, 3)}
        typed = _typed(rows)
        searches = sorted(timed(partial(queries.search, mission, words, viewer=by))[0] for words in typed)
        rolling, sums = timed(lambda: queries.area_sums(mission, viewer=by))
    return with_machine(
        {
            "bench": "stations",
            "rows": n,
            "areas": len(sums),
            "progress_reports": told,
            **imports,
            "searches": len(searches),
            "search_median_ms": round(1000 * searches[len(searches) // 2], 1),
            "search_p95_ms": round(1000 * searches[int(0.95 * len(searches))], 1),
            "search_limit_ms": 100,
            "search_within_limit": searches[int(0.95 * len(searches))] <= 0.1,
            "roll_up_ms": round(1000 * rolling, 1),
            "seconds": max(imports["csv_seconds"], imports["xlsx_seconds"]),
            "limit_seconds": limit,
        }
    )


_STATION_COLUMNS = (
    "Number",
    "Region",
    "District",
    "Name",
    "Address",
    "Type",
    "Urban",
    "Voters",
    "Latitude",
    "Longitude",
)


def _invented_stations(n: int) -> list[tuple[Any, ...]]:
    """Rows of an invented list: 20 regions, 200 districts, names and streets in two scripts."""
    chance = random.Random(7)  # noqa: S311 - an invented list
    premises = ["Средняя школа", "Мектеп-гимназия", "Дом культуры", "Lyceum", "Больница", "College of arts"]
    streets = ["Абая", "Жамбыла", "Достық", "Satpayev", "Мира", "Central", "Әуезов", "Первомайская", "Lake"]
    rows = []
    for number in range(1, n + 1):
        region, district = number % 20, number % 200
        name = f"{premises[number % 6]} №{chance.randrange(1, 400)} {chance.choice(streets)}"
        address = f"ул. {chance.choice(streets)}, {chance.randrange(1, 300)}"
        kind = "hospital" if number % 40 == 0 else "regular"
        place = (round(42 + chance.random() * 12, 5), round(50 + chance.random() * 35, 5))
        setting = "urban" if number % 2 else "rural"
        area = (f"Region {region}", f"District {district}")
        rows.append((str(number), *area, name, address, kind, setting, chance.randrange(50, 3000), *place))
    return rows


def _as_csv(rows: list[tuple[Any, ...]]) -> bytes:
    import csv
    import io

    file = io.StringIO()
    csv.writer(file).writerows([_STATION_COLUMNS, *rows])
    return file.getvalue().encode()


def _as_workbook(rows: list[tuple[Any, ...]]) -> bytes:
    import io

    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("List")
    for row in (_STATION_COLUMNS, *rows):
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _import_stations(mission: Any, data: bytes, name: str) -> int:
    """The whole way of a list: kept, read, staged, compared, put in force; how often its progress was told."""
    from paragraph8.accounts.permissions import command
    from paragraph8.places.lists import import_stations, publish
    from paragraph8.places.models import Upload
    from paragraph8.places.uploads import keep_upload, start_check

    by, told = command("bench"), 0

    def progress(_done: int, _total: int) -> None:
        nonlocal told
        told += 1

    kept = keep_upload(mission=mission, kind="stations", name=name, data=data, source="Bench", by=by, now=now())
    job = start_check(upload=kept, mapping=kept.mapping, by=by, now=now())
    import_stations(job, progress)
    job.state = "done"
    job.save(update_fields=["state"])
    staged = Upload.objects.select_related("list").get(pk=kept.pk).list
    if staged is None or staged.n == 0:
        raise AssertionError("the list was not staged")
    publish(listed=staged, by=by, now=now())
    mission.refresh_from_db()
    return told


def _typed(rows: list[tuple[Any, ...]]) -> list[str]:
    """What people type on the way to a station: prefixes of numbers, of words in either script, and what is nowhere."""
    chance = random.Random(11)  # noqa: S311 - an invented list
    typed = []
    for row in chance.sample(rows, 60):
        words = row[3].split()
        typed += [row[0][:2], row[0], words[0][:3], f"{words[0]} {words[-1]}", f"{words[-1][:4]} {row[4].split()[-1]}"]
    return [*typed, "shkola abaia 12", "srednyaya 77", "nowhere", "zzz", "школа достык 300", "gimnaziya zhambyl 9"]
