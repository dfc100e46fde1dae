"""A code from a pack makes one phone a device: after the desk has activated it, once, and for a day."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW, SERVER, SmallMission, small_mission
from paragraph8.accounts.codes import SIGNS, MistypedError, new_code, read_code
from paragraph8.accounts.enrolling import (
    MOST_TRIES,
    Prepared,
    Refusal,
    RefusedCodeError,
    activate_enrolment,
    prepare_enrolment,
    redeem,
    withdraw_enrolment,
)
from paragraph8.accounts.models import Device, Enrolment, FailedTries
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.accounts.queries import device_of
from paragraph8.audit.models import LogEntry

LATER = NOW + timedelta(minutes=5)


def prepared(mission: SmallMission, team: str = "T1", name: str = "phone-T1b") -> Prepared:
    return prepare_enrolment(
        mission_id=mission.row.pk, team_id=mission.teams[team].pk, device_name=name, by=SERVER, now=NOW
    )


def active(mission: SmallMission, **options: Any) -> Prepared:
    made = prepared(mission, **options)
    assert activate_enrolment(enrolment=made.enrolment, by=SERVER, now=NOW)
    return made


def refusal(slug: str, code: str, now: Any = LATER) -> Refusal:
    with pytest.raises(RefusedCodeError) as refused:
        redeem(slug=slug, typed=code, now=now)
    return refused.value.reason


# The code


def test_a_code_has_five_groups_of_four_signs_that_look_like_no_others() -> None:
    groups = new_code().split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert not set("".join(groups)) & set("ILOS015")


def test_a_code_is_read_however_it_was_typed() -> None:
    code = new_code()
    assert read_code(code.lower().replace("-", " ")) == code.replace("-", "")


@given(st.integers(0, 19), st.integers(1, 28))
def test_one_wrong_sign_is_noticed(place: int, shift: int) -> None:
    code = new_code().replace("-", "")
    wrong = SIGNS[(SIGNS.index(code[place]) + shift) % len(SIGNS)]
    with pytest.raises(MistypedError):
        read_code(code[:place] + wrong + code[place + 1 :])


@given(st.integers(0, 18))
def test_two_neighbours_exchanged_are_noticed(place: int) -> None:
    code = new_code().replace("-", "")
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if turned != code:
        with pytest.raises(MistypedError):
            read_code(turned)


# Preparing, activating, redeeming


def test_a_code_opens_nothing_before_the_desk_has_activated_it(mission: SmallMission) -> None:
    made = prepared(mission)
    assert refusal("small", made.code) is Refusal.NOT_ACTIVATED
    assert activate_enrolment(enrolment=made.enrolment, by=SERVER, now=NOW)
    enrolled = redeem(slug="small", typed=made.code, now=LATER)
    assert device_of(enrolled.token) == enrolled.device
    assert enrolled.device.team == mission.teams["T1"]


def test_a_code_serves_once(mission: SmallMission) -> None:
    made = active(mission)
    redeem(slug="small", typed=made.code, now=LATER)
    assert refusal("small", made.code) is Refusal.USED
    assert not activate_enrolment(enrolment=made.enrolment, by=SERVER, now=LATER)


def test_a_code_expires_and_can_be_activated_again(mission: SmallMission) -> None:
    made = active(mission)
    tomorrow = NOW + timedelta(hours=24)
    assert refusal("small", made.code, tomorrow) is Refusal.EXPIRED
    activate_enrolment(enrolment=made.enrolment, by=SERVER, now=tomorrow)
    assert redeem(slug="small", typed=made.code, now=tomorrow + timedelta(hours=1)).token


def test_a_newer_code_replaces_the_one_before_and_only_of_the_same_phone(mission: SmallMission) -> None:
    first, other = active(mission), active(mission, name="phone-T1c")
    second = active(mission)
    assert refusal("small", first.code) is Refusal.UNKNOWN
    assert redeem(slug="small", typed=second.code, now=LATER).token
    assert redeem(slug="small", typed=other.code, now=LATER).token


def test_a_withdrawn_code_opens_nothing(mission: SmallMission) -> None:
    made = active(mission)
    assert withdraw_enrolment(enrolment=made.enrolment, by=SERVER, now=NOW)
    assert refusal("small", made.code) is Refusal.UNKNOWN
    assert not activate_enrolment(enrolment=made.enrolment, by=SERVER, now=NOW)


def test_a_code_of_another_mission_is_unknown(mission: SmallMission) -> None:
    made = active(small_mission("other"))
    assert refusal("small", made.code) is Refusal.UNKNOWN
    assert refusal("nowhere", made.code) is Refusal.UNKNOWN
    assert redeem(slug="other", typed=made.code, now=LATER).token


def test_only_the_digest_of_a_code_is_kept(mission: SmallMission) -> None:
    made = active(mission)
    enrolled = redeem(slug="small", typed=made.code, now=LATER)
    plain, code = made.code.replace("-", ""), made.code
    kept = json.dumps(
        [list(Enrolment.objects.values()), list(Device.objects.values()), list(LogEntry.objects.values())], default=str
    )
    assert plain not in kept
    assert code not in kept
    assert enrolled.token not in kept


def test_the_log_says_who_prepared_activated_and_redeemed(mission: SmallMission) -> None:
    made = active(mission)
    enrolled = redeem(slug="small", typed=made.code, now=LATER)
    told = list(LogEntry.objects.filter(subject=f"enrolment:{made.enrolment.pk}").values_list("kind", "actor"))
    assert told == [
        ("enrolment.prepared", SERVER.name),
        ("enrolment.activated", SERVER.name),
        ("enrolment.redeemed", f"device:{enrolled.device.pk}"),
    ]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OBSERVER, Role.READER, Role.LONG_TERM])
def test_only_who_deploys_prepares_and_activates(mission: SmallMission, role: Role) -> None:
    made, somebody = prepared(mission), mission.viewer(role, "T1")
    with pytest.raises(NotAllowedError):
        prepare_enrolment(
            mission_id=mission.row.pk, team_id=mission.teams["T1"].pk, device_name="x", by=somebody, now=NOW
        )
    with pytest.raises(NotAllowedError):
        activate_enrolment(enrolment=made.enrolment, by=somebody, now=NOW)


# Guessing


def test_who_guesses_learns_nothing_after_some_tries_and_keeps_nobody_out(mission: SmallMission) -> None:
    made, waiting = active(mission), prepared(mission, name="phone-T1c")
    for _ in range(MOST_TRIES):
        assert refusal("small", new_code()) is Refusal.UNKNOWN
    assert refusal("small", new_code()) is Refusal.TOO_MANY
    assert refusal("small", waiting.code) is Refusal.TOO_MANY
    assert redeem(slug="small", typed=made.code, now=LATER).token
    assert refusal("small", waiting.code, LATER + timedelta(minutes=1)) is Refusal.NOT_ACTIVATED


def test_tries_are_counted_in_one_row_a_minute(mission: SmallMission) -> None:
    prepared(mission)
    for _ in range(MOST_TRIES + 5):
        refusal("small", new_code())
    assert list(FailedTries.objects.values_list("n", flat=True)) == [MOST_TRIES]


def test_a_mistyped_code_is_no_try(mission: SmallMission) -> None:
    made = active(mission)
    wrong = made.code[:-1] + SIGNS[(SIGNS.index(made.code[-1]) + 1) % len(SIGNS)]
    assert refusal("small", wrong) is Refusal.MISTYPED
    assert refusal("small", "") is Refusal.MISTYPED
    assert refusal("small", "А" * 20) is Refusal.MISTYPED
    assert not FailedTries.objects.exists()


# The address


def post(body: Any, slug: str = "small", **headers: str) -> Any:
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return Client(headers=headers).post(f"/api/missions/{slug}/enrol", data, content_type="application/json")


def test_the_phone_gets_its_token_once_and_can_send_with_it(mission: SmallMission) -> None:
    made = prepared(mission)
    activate_enrolment(enrolment=made.enrolment, by=SERVER, now=enrolling_now())
    answer = post({"code": made.code.lower()})
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.json()
    assert (said["team"], said["mission"], said["device"]) == ("T1", "small", "phone-T1b")
    sent = Client().post(
        "/api/missions/small/reports",
        mission.body(),
        content_type="application/json",
        headers={"Authorization": f"Bearer {said['token']}"},
    )
    assert sent.status_code == 201
    again = post({"code": made.code})
    assert (again.status_code, again.json()["error"]) == (403, "used")


@pytest.mark.parametrize(
    ("language", "word"), [("en", "not activated"), ("kk", "іске қосқан жоқ"), ("ru", "не активировал")]
)
def test_the_phone_is_told_why_in_its_language(mission: SmallMission, language: str, word: str) -> None:
    answer = post({"code": prepared(mission).code}, **{"Accept-Language": language})
    assert (answer.status_code, answer.json()["error"]) == (403, "not-activated")
    assert word in answer.json()["message"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"code": 7}', "[" * 100_000, '{"code": "' + "A" * 5000 + '"}', b"\xff"]
)
def test_what_is_no_code_is_refused_in_words(mission: SmallMission, body: Any) -> None:
    answer = post(body)
    assert answer.status_code == 400
    assert answer.json()["error"] == "no-code"


def test_the_address_takes_nothing_but_post(mission: SmallMission) -> None:
    assert Client().get("/api/missions/small/enrol").status_code == 405


def test_too_many_tries_are_answered_as_such(mission: SmallMission) -> None:
    prepared(mission)
    answers = [post({"code": new_code()}) for _ in range(2 * MOST_TRIES + 2)]
    assert answers[0].status_code == 403
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "60"


def enrolling_now() -> Any:
    from django.utils import timezone

    return timezone.now()


# Two at once


def test_of_two_phones_that_come_at_once_one_gets_the_code(committed: None) -> None:
    mission = small_mission()
    made = active(mission)
    begin, outcomes = threading.Barrier(4), []

    def come() -> None:
        from django.db import connection

        begin.wait()
        try:
            outcomes.append(redeem(slug="small", typed=made.code, now=LATER).token)
        except RefusedCodeError as refused:
            outcomes.append(refused.reason)
        finally:
            connection.close()

    phones = [threading.Thread(target=come) for _ in range(4)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert outcomes.count(Refusal.USED) == 3
    assert Device.objects.filter(name="phone-T1b").count() == 1


def test_codes_prepared_at_once_get_numbers_of_their_own(committed: None) -> None:
    mission = small_mission()
    begin = threading.Barrier(3)

    def come(n: int) -> None:
        from django.db import connection

        begin.wait()
        try:
            prepared(mission, name=f"phone-{n}")
        finally:
            connection.close()

    desks = [threading.Thread(target=come, args=[n]) for n in range(3)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(Enrolment.objects.values_list("number", flat=True)) == [1, 2, 3]
