"""The disclosure file of a draw, and how a stranger checks it: everything is drawn again from what the file holds.

One JSON object: `disclosure` (version of this shape), `mission`, `purpose`, `commitment` (SHA-256 of the seed, with
`committed_at`), `contribution`, `seed`, `request`, `frame` (rows, see `Frame.rows`), `frame_sha256`, `drawn_at`,
`design` (see `Design.to_json`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paragraph8.domain.text import Text

from .design import Design, Request
from .drawing import draw
from .frame import Frame
from .randomness import commitment_to, mixed, seed_of
from .refusals import RefusedDrawError

SHAPE = 1


class NotADisclosureError(ValueError):
    """The bytes are no disclosure file of a version that is known here."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it holds, and what it is."""

    ok: bool
    text: Text

    def __str__(self) -> str:
        return f"{'ok    ' if self.ok else 'FAILED'} {self.text}"


def disclosed(
    *,
    mission: str,
    purpose: str,
    seed: bytes,
    committed_at: datetime,
    contribution: str,
    contributed_at: datetime | None,
    request: Request,
    frame: Frame,
    design: Design,
    drawn_at: datetime,
) -> dict[str, Any]:
    """The content of the file."""
    return {
        "disclosure": SHAPE,
        "mission": mission,
        "purpose": purpose,
        "commitment": commitment_to(seed),
        "committed_at": committed_at.isoformat(),
        "contribution": contribution,
        "contributed_at": contributed_at.isoformat() if contributed_at else "",
        "seed": seed.hex(),
        "request": request.to_json(),
        "frame_sha256": frame.sha256,
        "frame": frame.rows(),
        "drawn_at": drawn_at.isoformat(),
        "design": design.to_json(),
    }


def check(data: bytes, *, commitment: str = "") -> list[Check]:
    """Look at a disclosure file; `commitment` is the hash that somebody noted when it was published, if anybody did.

    Raises `NotADisclosureError`.
    """
    try:
        told = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotADisclosureError(str(error)) from error
    if not isinstance(told, dict) or told.get("disclosure") != SHAPE:
        raise NotADisclosureError("disclosure")
    try:
        return list(_checks(told, commitment))
    except RefusedDrawError as refused:
        return [Check(False, refused.text())]
    except UnicodeEncodeError:
        return [Check(False, RefusedDrawError("bad-request", field="UTF-8").text())]


def _checks(told: Mapping[str, Any], commitment: str) -> Iterator[Check]:
    seed = seed_of(str(told.get("seed")))
    yield Check(commitment_to(seed) == told.get("commitment"), _SEED)
    if commitment:
        yield Check(commitment.strip().lower() == told.get("commitment"), _NOTED)
    yield Check(_in_order(told), _TIMES)
    frame = Frame.from_rows(told.get("frame"))
    yield Check(frame.sha256 == told.get("frame_sha256"), _FRAME)
    contribution = told.get("contribution", "")
    again = draw(frame, Request.from_json(told.get("request")), seed=mixed(seed, str(contribution))).to_json()
    design = told.get("design")
    design = design if isinstance(design, dict) else {}
    yield Check(again["drawn"] == design.get("drawn"), _DRAWN)
    yield Check(again["reserves"] == design.get("reserves"), _RESERVES)
    yield Check(again == design, _DESIGN)


def _in_order(told: Mapping[str, Any]) -> bool:
    """Committed, then contributed if anybody did, then drawn."""
    names = ("committed_at", "contributed_at", "drawn_at") if told.get("contribution") else ("committed_at", "drawn_at")
    try:
        moments = [datetime.fromisoformat(told[name]) for name in names]
        return moments == sorted(moments)
    except (KeyError, TypeError, ValueError):
        return False


_SEED = Text.of(
    {
        "en": "The seed is the one that was committed to.",
        "kk": "Бастапқы сан – алдын ала міндеттелген сан.",
        "ru": "Начальное число – то, по которому было взято обязательство.",
    }
)
_NOTED = Text.of(
    {
        "en": "The commitment is the one that you noted.",
        "kk": "Міндеттеме – сіз жазып алған міндеттеме.",
        "ru": "Обязательство – то, которое вы записали.",
    }
)
_TIMES = Text.of(
    {
        "en": "The seed was committed to before the draw, and before anything was contributed.",
        "kk": "Бастапқы сан іріктеуден және үлес қосудан бұрын міндеттелген.",
        "ru": "Обязательство взято до отбора и до любого вклада.",
    }
)
_FRAME = Text.of(
    {
        "en": "The frame is the one whose hash was kept, in its order.",
        "kk": "Іріктеме негізі – хэші сақталған негіз, реті де сол.",
        "ru": "Основа – та, хеш которой был сохранен, и в том же порядке.",
    }
)
_DRAWN = Text.of(
    {
        "en": "Drawing again gives the same stations with the same probabilities.",
        "kk": "Қайта іріктегенде сол учаскелер сол ықтималдықтармен шығады.",
        "ru": "Повторный отбор дает те же участки с теми же вероятностями.",
    }
)
_RESERVES = Text.of(
    {
        "en": "Drawing again gives the same reserves in the same order.",
        "kk": "Қайта іріктегенде сол қосалқы учаскелер сол ретпен шығады.",
        "ru": "Повторный отбор дает тот же резерв в том же порядке.",
    }
)
_DESIGN = Text.of(
    {
        "en": "Everything else of the design is as the draw made it.",
        "kk": "Жоспардың қалған бөлігі де іріктеу нәтижесіндегідей.",
        "ru": "Все остальное в плане – как его дал отбор.",
    }
)
