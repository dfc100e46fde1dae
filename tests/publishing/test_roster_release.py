"""A statement that says how many observers there are: released, verified by a stranger, naming nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from conftest import NOW, SERVER, SmallMission
from paragraph8.documents.verify import verify
from paragraph8.domain.people import Reason, Status
from paragraph8.publishing.operations import release, store_document
from roster.people import AFTER, some_people, take

COMPOSITION = {
    "code": "statement",
    "kind": "statement",
    "title": {"en": "Statement", "kk": "Мәлімдеме", "ru": "Заявление"},
    "sections": [
        {
            "code": "about",
            "title": {"en": "The mission", "kk": "Миссия", "ru": "Миссия"},
            "paragraphs": [
                {
                    "sentences": [
                        {
                            "id": "s-1",
                            "texts": {
                                "en": "The mission has {roster.observers:x|unit} from {roster.countries:x|unit:gen}.",
                                "kk": "Миссияда {roster.observers:x|unit} және {roster.countries:x|unit} бар.",
                                "ru": "В миссии {roster.observers:x|unit} из {roster.countries:x|unit:gen}.",
                            },
                        }
                    ]
                }
            ],
        }
    ],
}
NAMES = ("Abenova", "Saule", "Berg", "Fischer")


def test_the_size_of_the_mission_is_released_and_verified_from_rows_that_name_nobody(
    mission: SmallMission, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    people = some_people(mission)
    take(mission.row, people[0], Status.REVOKED, AFTER, Reason.AUTHORITIES)
    store_document(mission=mission.row, document=COMPOSITION, by=SERVER, now=NOW)
    sequenced()
    made = release(mission=mission.row, by=SERVER, now=NOW, target=tmp_path)
    folder = Path(made.folder)
    for part in ("sealed", "public"):
        verdict = verify(folder / part)
        assert verdict.ok, [str(line) for line in verdict.lines]
    html = (folder / "public" / "statement.en.html").read_text(encoding="utf-8")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    assert "The mission has 6 observers from 3 countries." in said
    rows = (folder / "sealed" / "rows" / "roster.jsonl").read_text(encoding="utf-8")
    assert rows.count("\n") == 6
    assert not (folder / "public" / "rows").exists()
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(name.encode() in everything for name in NAMES)
    assert not any(b"P0001" in path.read_bytes() for path in (folder / "public").rglob("*") if path.is_file())
