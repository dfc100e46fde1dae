"""A disclosure can be checked by a stranger, and whatever is changed in it shows."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from paragraph8.statistics.sampling.design import Method, Request
from paragraph8.statistics.sampling.disclosure import NotADisclosureError, check, disclosed
from paragraph8.statistics.sampling.drawing import draw
from paragraph8.statistics.sampling.frame import Frame
from paragraph8.statistics.sampling.randomness import commitment_to, mixed

SEED = bytes(range(32))


def told(method: Method = Method.SPATIAL) -> dict[str, Any]:
    frame = Frame.of(
        [f"S{k}" for k in range(40)],
        strata=["north" if k < 25 else "south" for k in range(40)],
        sizes=[100 + k for k in range(40)],
        x=[k * 131 % 97 for k in range(40)],
        y=[k * 17 % 89 for k in range(40)],
    )
    request = Request(method=method, n=10, reserves=2)
    return disclosed(
        mission="small",
        purpose="citizen",
        seed=SEED,
        committed_at=datetime(2019, 6, 1, tzinfo=UTC),
        contribution="dice 3 5 1",
        contributed_at=datetime(2019, 6, 2, tzinfo=UTC),
        request=request,
        frame=frame,
        design=draw(frame, request, seed=mixed(SEED, "dice 3 5 1")),
        drawn_at=datetime(2019, 6, 3, tzinfo=UTC),
    )


def failed(data: dict[str, Any], **noted: str) -> list[str]:
    return [str(found.text) for found in check(json.dumps(data).encode(), **noted) if not found.ok]


@pytest.mark.parametrize("method", Method)
def test_a_true_disclosure_holds(method: Method) -> None:
    assert failed(told(method)) == []
    assert failed(told(method), commitment=commitment_to(SEED)) == []


def _swap_frame(data: dict[str, Any]) -> None:
    data["frame"][0], data["frame"][1] = data["frame"][1], data["frame"][0]


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another seed": (lambda d: d.update(seed="00" * 32), "committed to"),
    "another contribution": (lambda d: d.update(contribution="dice 6 6 6"), "same stations"),
    "another order": (_swap_frame, "in its order"),
    "another station": (lambda d: d["design"]["drawn"][0].__setitem__(0, "S39"), "same stations"),
    "another probability": (lambda d: d["design"]["drawn"][0].__setitem__(2, "1/2"), "same stations"),
    "another reserve": (lambda d: d["design"]["reserves"]["north"].reverse(), "same reserves"),
    "another stratum": (lambda d: d["design"]["strata"][0].__setitem__(1, 99), "Everything else"),
    "committed afterwards": (lambda d: d.update(committed_at="2019-06-05T00:00:00+00:00"), "before the draw"),
    "no seed": (lambda d: d.pop("seed"), "32 bytes"),
    "a bad frame": (lambda d: d.update(frame=[["a"]]), "frame"),
    "half a character": (lambda d: d["frame"][0].__setitem__(0, "\ud800"), "UTF-8"),
    "no design": (lambda d: d.update(design=None), "same stations"),
    "a size too large": (lambda d: d["request"].update(n=41), "41"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_shows(name: str) -> None:
    change, words = CHANGES[name]
    data = copy.deepcopy(told())
    change(data)
    found = failed(data)
    assert found
    assert any(words in text for text in found), found


def test_a_commitment_that_was_noted_otherwise_shows() -> None:
    assert failed(told(), commitment="ab" * 32)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b'{"disclosure": 2}', b"[" * 100_000])
def test_what_is_no_disclosure_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NotADisclosureError):
        check(data)
