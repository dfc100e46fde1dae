"""The pages of the ledger: read as of a day, written with what was typed kept."""

from __future__ import annotations

import pytest
from django.test import Client

from conftest import NOW, SERVER, SmallMission
from ledger.conftest import say
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Role
from paragraph8.domain.ledger.claims import Amount, Bound
from paragraph8.domain.text import Text
from paragraph8.ledger.models import Claim, ClaimLink, Establishing, Event, EventVersion, Information, Withdrawal

LEDGER = "/m/small/ledger/"
EVENT = {
    "title_en": "A rally is dispersed",
    "kind": "assembly",
    "phase": "campaign",
    "precision": "day",
    "since": "2019-06-01",
    "by_0": "police",
    "act_0": "disperses",
    "to_0": "protesters",
    "n_0": "40",
    "rights": ["assembly"],
}
CLAIM = {
    "topic": "detentions",
    "author_en": "Interior ministry",
    "author_kind": "authority",
    "said_on": "2019-06-09",
    "counted": "detained",
    "bound": "about",
    "point": "500",
    "since": "2019-06-09",
    "areas": ["whole"],
    "language": "en",
    "verbatim": "About five hundred people were detained.",
    "source": "A briefing",
}


def signed_in(mission: SmallMission, role: Role, name: str = "") -> Client:
    add_member(
        username=name or role.value,
        password="correct horse battery",
        mission_id=mission.row.pk,
        role=role,
        by=SERVER,
        now=NOW,
    )
    client = Client()
    assert client.login(username=name or role.value, password="correct horse battery")
    return client


@pytest.fixture
def analyst(mission: SmallMission) -> Client:
    return signed_in(mission, Role.ANALYST)


def test_an_empty_ledger_says_what_to_do(analyst: Client) -> None:
    page = analyst.get(LEDGER).content.decode()
    assert "The ledger is empty." in page
    assert "new-event" in page


def test_an_event_is_added_and_opens_like_a_case(analyst: Client, mission: SmallMission) -> None:
    answer = analyst.post(f"{LEDGER}new-event/", EVENT)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == f"{LEDGER}events/E0001/"
    page = analyst.get(answer.headers["Location"]).content.decode()
    assert "A rally is dispersed" in page
    assert "disperses" in page
    assert "(40)" in page
    assert "Without that no text may rest on it." in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_en": ""}, "at least one language"),
        ({"kind": "nonsense"}, "nonsense"),
        ({"since": "31.06.2019"}, "This is no day"),
        ({"since": "2019-06-09", "until": "2019-06-08"}, "ends before it begins"),
        ({"act_0": ""}, "not in the list of terms"),
        ({"n_0": "many"}, "no whole number"),
        ({"reading": "9 June"}, "needs a reason"),
        ({"protected": "on", "place": "The plant"}, "protected meeting"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(analyst: Client, changes: dict[str, str], said: str) -> None:
    answer = analyst.post(f"{LEDGER}new-event/", {**EVENT, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "A rally is dispersed" in page or "title_en" in changes
    assert not Event.objects.exists()


def test_how_it_is_known_raises_the_level_and_taking_back_lowers_it(analyst: Client, mission: SmallMission) -> None:
    analyst.post(f"{LEDGER}new-event/", EVENT)
    at = f"{LEDGER}events/E0001/"
    told = {"mode": "first-hand", "reliability": "B", "credibility": "2", "consent": "anonymised"}
    for shares in ("school 5", "hospital"):
        assert analyst.post(f"{at}?write=information", {**told, "shares": shares}).status_code == 302
    assert "corroborated" in analyst.get(at).content.decode()
    row = Information.objects.first()
    assert row is not None
    refused = analyst.post(at, {"withdraw": str(row.uid), "reason": ""}, follow=True, headers={"accept-language": "ru"})
    assert "Укажите причину." in refused.content.decode(), "in the language of the page"
    assert not Withdrawal.objects.exists()
    page = analyst.post(at, {"withdraw": str(row.uid), "reason": "afraid"}, follow=True).content.decode()
    assert "taken back by the source" in page
    assert "one first-hand source" in page


def test_a_document_needs_its_source(analyst: Client) -> None:
    analyst.post(f"{LEDGER}new-event/", EVENT)
    told = {"mode": "document", "reliability": "B", "credibility": "2", "consent": "internal"}
    answer = analyst.post(f"{LEDGER}events/E0001/?write=information", told)
    assert answer.status_code == 422
    assert "without a source nothing stands here" in answer.content.decode()


def test_outcomes_new_words_and_joining(analyst: Client) -> None:
    for n in (1, 2):
        analyst.post(f"{LEDGER}new-event/", {**EVENT, "title_en": f"Rally {n}"})
    at = f"{LEDGER}events/E0001/"
    assert analyst.post(f"{at}?write=outcome", {"outcome": "fined", "n": "12", "source": "A court"}).status_code == 302
    assert analyst.post(f"{at}?write=event", {**EVENT, "title_en": "Rally one"}).status_code == 302
    assert EventVersion.objects.filter(event__code="E0001").count() == 2
    assert analyst.post(f"{at}?write=merge", {"gone": "E0002", "reason": "the same square"}).status_code == 302
    page = analyst.get(LEDGER).content.decode()
    assert "Rally one" in page
    assert "Rally 2" not in page


def test_established_needs_two_signatures_of_two_offices(analyst: Client, mission: SmallMission) -> None:
    analyst.post(f"{LEDGER}new-event/", EVENT)
    at = f"{LEDGER}events/E0001/"
    analyst.post(f"{at}?write=sign", {"reason": "three judgements"})
    assert "signed by the legal analyst" in analyst.get(at).content.decode()
    head = signed_in(mission, Role.HEAD)
    head.post(f"{at}?write=sign", {"reason": "seen by teams"})
    assert '<span class="flag is-ok">established</span>' in head.get(at).content.decode()
    assert Establishing.objects.count() == 2


def test_a_claim_is_added_and_stands_beside_its_rivals(analyst: Client) -> None:
    assert analyst.post(f"{LEDGER}new-claim/", CLAIM).status_code == 302
    rival = {**CLAIM, "author_en": "A rights group", "bound": "at-least", "point": "700", "said_on": "2019-06-11"}
    answer = analyst.post(f"{LEDGER}new-claim/", rival, follow=True)
    page = answer.content.decode()
    assert "about 500" in " ".join(page.split())
    assert "at least 700" in " ".join(page.split())
    then = analyst.get(f"{LEDGER}topics/detentions/?known=2019-06-10").content.decode()
    assert "A rights group" not in then, "it was not said yet"
    linked = analyst.post(
        f"{LEDGER}topics/detentions/",
        {"claim": "detentions-2", "other": "detentions-1", "link": "supersedes", "reason": "more"},
    )
    assert linked.status_code == 422
    assert "Only the same author" in linked.content.decode()
    assert not ClaimLink.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bound": "between"}, "needs a lower and a higher"),
        ({"verbatim": ""}, "required"),
        ({"topic": "Detentions!"}, "small Latin letters"),
        ({"said_on": "2099-01-01"}, "before it was made"),
        ({"until": "2019-06-08"}, "ends before it begins"),
        ({"point": "12 apples"}, "no whole number"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_with_its_words_kept(
    analyst: Client, changes: dict[str, str], said: str
) -> None:
    answer = analyst.post(f"{LEDGER}new-claim/", {**CLAIM, **changes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "A briefing" in answer.content.decode()
    assert not Claim.objects.exists()


def test_the_ledger_is_read_as_it_was_known_on_a_day(analyst: Client, mission: SmallMission) -> None:
    say(mission, "early", 9, 100, verbatim="About a hundred.")
    say(mission, "late", 18, 4000, verbatim="About four thousand.")
    page = analyst.get(f"{LEDGER}?known=2019-06-10").content.decode()
    assert "About a hundred." in page
    assert "About four thousand." not in page
    assert "About four thousand." in analyst.get(LEDGER).content.decode()
    assert analyst.get(f"{LEDGER}?known=nonsense").status_code == 200


def test_sums_and_scopes_are_shown(analyst: Client, mission: SmallMission) -> None:
    from paragraph8.domain.ledger.claims import Part

    parts = tuple(Part(label="jailed", amount=Amount(bound=Bound.EXACT, point=n)) for n in (670, 115))
    say(mission, "a", 9, Amount(bound=Bound.EXACT, point=957), parts=parts)
    say(mission, "b", 10, 400, author=Text.of("Another"))
    page = analyst.get(f"{LEDGER}topics/detentions/").content.decode()
    assert "785, which is not it" in page
    assert "the same period, places and people" in page


def test_unknown_topics_and_events_are_not_found(analyst: Client) -> None:
    assert analyst.get(f"{LEDGER}topics/nothing/").status_code == 404
    assert analyst.get(f"{LEDGER}events/E0009/").status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.PRESS, Role.ADMINISTRATOR])
def test_the_room_is_closed_to_who_has_no_business_with_it(mission: SmallMission, role: Role) -> None:
    assert signed_in(mission, role).get(LEDGER).status_code == 403
