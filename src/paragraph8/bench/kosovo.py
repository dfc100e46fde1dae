"""Import and figures of a real file."""

from __future__ import annotations

import os
from pathlib import Path

from .databases import database
from .machine import Result, now, quiet, timed, with_machine


def kosovo() -> Result:
    """Import and figures of the file of 1,143 forms that P8_REFERENCE_DATA and the mapping in examples/ describe."""
    folder = os.environ.get("P8_REFERENCE_DATA")
    if not folder:
        raise SystemExit("P8_REFERENCE_DATA is not set: this bench reads kosovo-2013-first-round.csv from that folder.")
    mapping_file = Path(__file__).parents[3] / "examples" / "kosovo-2013" / "mapping.toml"
    data = (Path(folder) / "kosovo-2013-first-round.csv").read_bytes()
    with database():
        from paragraph8.accounts.permissions import command
        from paragraph8.audit.queries import latest_change
        from paragraph8.audit.sequencer import sequence_all
        from paragraph8.capture.imported import import_observations
        from paragraph8.domain.importing.mapping import load_mapping
        from paragraph8.eday.figures import catalogue, compute
        from paragraph8.missions.models import Mission

        mapping = load_mapping(mapping_file.read_bytes())
        importing, imported = timed(
            lambda: import_observations(
                data, slug="k", mapping=mapping, create=True, by=command("bench"), clock=now, progress=quiet
            )
        )
        reading, _ = timed(lambda: sequence_all(clock=now))
        mission = Mission.objects.get(slug="k")
        keys = [spec.key for spec in catalogue(mission)]
        seconds, found = timed(lambda: compute(mission, keys, as_of=latest_change()))
    return with_machine(
        {
            "bench": "kosovo",
            "rows": imported.rows,
            "import_seconds": importing,
            "sequence_and_check_seconds": reading,
            "figures": len(found),
            "seconds": seconds,
            "limit_seconds": 1.0,
        }
    )
