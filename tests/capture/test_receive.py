"""Receiving: what was sent is kept exactly, once, and receipted."""

from __future__ import annotations

import base64
import json
import uuid

import pytest
from cryptography.exceptions import InvalidSignature
from django.conf import settings as product
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from conftest import NOW, SmallMission
from paragraph8.accounts.operations import revoke_device
from paragraph8.accounts.permissions import command
from paragraph8.audit.keys import signing_key
from paragraph8.audit.models import LogEntry
from paragraph8.capture.models import Conflict, Report
from paragraph8.capture.operations import State
from paragraph8.domain.canonical import canonical, sha256
from paragraph8.domain.reports import MOST_BYTES


def post(mission: SmallMission, body: bytes, token: str | None = None, **headers: str) -> object:
    token = mission.tokens["T1"] if token is None else token
    return Client().post(
        f"/api/missions/{mission.row.slug}/reports",
        data=body,
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", **headers},
    )


def test_the_exact_bytes_and_their_hash_are_kept(mission: SmallMission) -> None:
    body = mission.body() + b"  \n"
    answer = post(mission, body)
    assert answer.status_code == 201
    report = Report.objects.get()
    assert bytes(report.body) == body
    assert report.sha256 == sha256(body) == answer.json()["sha256"]
    assert report.team == mission.teams["T1"]


def test_the_receipt_is_signed_over_identifier_hash_and_time(mission: SmallMission) -> None:
    receipt = post(mission, mission.body()).json()
    facts = {name: receipt[name] for name in ("id", "sha256", "received_at")}
    key = signing_key(product.KEYS).public_key()
    signature = base64.b64decode(receipt["signature"])
    key.verify(signature, canonical(facts))
    with pytest.raises(InvalidSignature):
        key.verify(signature, canonical({**facts, "sha256": "0" * 64}))


def test_the_same_report_a_hundred_times_is_one_report(mission: SmallMission) -> None:
    body = mission.body()
    states = [mission.send(body).state for _ in range(100)]
    assert states == [State.NEW] + [State.REPEATED] * 99
    assert Report.objects.count() == 1
    assert LogEntry.objects.filter(kind="report.received").count() == 1


def test_the_same_identifier_with_other_content_is_kept_as_a_conflict(mission: SmallMission) -> None:
    identifier = str(uuid.uuid4())
    first = mission.body(id=identifier)
    other = mission.body(id=identifier, answers={"C01": "no"})
    assert mission.send(first).state is State.NEW
    assert post(mission, other).status_code == 202
    assert mission.send(other).state is State.CONFLICT
    assert bytes(Report.objects.get().body) == first
    assert bytes(Conflict.objects.get().body) == other


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"not json at all",
        b'{"id": "x", "answers": [1, 2',
        b"\xff\xfe\x00broken",
        b"[1, 2, 3]",
        b'{"answers": NaN}',
        b"[" * 100_000,
        b"\x00",
    ],
)
def test_a_body_that_is_no_report_is_kept_and_answered(mission: SmallMission, body: bytes) -> None:
    answer = post(mission, body)
    assert answer.status_code == 202
    assert answer.json()["state"] == "unreadable"
    assert bytes(Report.objects.get().body) == body
    assert post(mission, body).json()["state"] == "repeated"


def test_ten_megabytes_of_text_are_kept(mission: SmallMission) -> None:
    body = mission.body(answers={"C05": "x" * 10_000_000})
    assert len(body) > 10_000_000
    assert post(mission, body).status_code == 201
    assert len(bytes(Report.objects.get().body)) == len(body)


def test_a_body_over_the_limit_is_refused_with_a_reason_and_nothing_is_stored(mission: SmallMission) -> None:
    answer = post(mission, b"x" * (MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "20 MB" in answer.json()["message"]
    assert not Report.objects.exists()


@pytest.mark.parametrize(("language", "word"), [("kk", "Серверге жетті"), ("ru", "Получено"), ("en", "Received")])
def test_answers_speak_the_sender_s_language(mission: SmallMission, language: str, word: str) -> None:
    message = post(mission, mission.body(), **{"accept-language": language}).json()["message"]
    assert message.startswith(word)


def test_without_a_token_nothing_is_kept(mission: SmallMission) -> None:
    for token in ("", "wrong", "é"):
        answer = Client().post(
            f"/api/missions/{mission.row.slug}/reports",
            data=mission.body(),
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"} if token else {},
        )
        assert answer.status_code == 401
    assert not Report.objects.exists()


def test_a_revoked_device_sends_no_more(mission: SmallMission) -> None:
    revoke_device(device=mission.devices["T1"], by=command("test"), now=NOW)
    assert post(mission, mission.body()).status_code == 403
    assert post(mission, mission.body(), token=mission.tokens["T2"]).status_code == 201


@pytest.mark.parametrize(
    ("origin", "believed"), [("simulated", True), ("real", False)], ids=["simulated mission", "real mission"]
)
def test_a_stated_time_is_believed_by_a_simulated_clock_for_simulated_missions_alone(
    mission: SmallMission, settings: object, origin: str, believed: bool
) -> None:
    settings.SIMULATED_CLOCK = True
    mission.row.origin = origin
    mission.row.save()
    stated = {"x-p8-simulated-now": "2019-06-09T12:00:00+00:00"}
    assert post(mission, mission.body(), **stated).json()["received_at"].startswith("2019") is believed
    for nonsense in ("yesterday", "2019-06-09T12:00:00"):
        answer = post(mission, mission.body(), **{"x-p8-simulated-now": nonsense})
        assert not answer.json()["received_at"].startswith("2019")


def test_a_device_of_another_mission_is_refused(mission: SmallMission) -> None:
    answer = Client().post(
        "/api/missions/elsewhere/reports",
        data=mission.body(),
        content_type="application/json",
        headers={"authorization": f"Bearer {mission.tokens['T1']}"},
    )
    assert answer.status_code == 403


@bounded(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(
        st.binary(max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["id", "form", "version", "station", "answers", "started", "x"]), inner, max_size=5
                )
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_whatever_is_sent_is_kept_and_never_breaks(mission: SmallMission, body: bytes) -> None:
    receipt = mission.send(body)
    assert receipt.state in (State.NEW, State.UNREADABLE, State.REPEATED, State.CONFLICT)
    assert sha256(body) == receipt.sha256
