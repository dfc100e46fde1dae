"""The page of coverage, and the part of a figure's page that says what a share depends on."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest

from conftest import NOW, SERVER, SmallMission
from eday.sampled import answered, sample, stations
from paragraph8.accounts.permissions import Action, NotAllowedError, Role, Viewer
from paragraph8.domain.figures import Key
from paragraph8.domain.missions import Format, StationKind
from paragraph8.eday.coverage import UnknownFormError, coverage_page, dependence_of
from paragraph8.eday.figures import compute
from paragraph8.missions.models import Station
from paragraph8.missions.operations import NewStation, add_stations
from web.conftest import Pages, pages, sign_everybody_in  # noqa: F401 - a fixture

BAD = Key.of("eday", "answer", form="counting", question="C02", answer="bad+very-bad")


def seen(mission: SmallMission, sequenced: Callable[[], int]) -> int:
    """Forty observations in the north, all by one team and half of them bad; ten in the south, all good."""
    stations(mission)
    for k in range(40):
        mission.send(mission.body(f"N{2 * (k % 30) + 1:03}", answers={"C02": "bad" if k % 2 else "good"}), team="T1")
    for k in range(10):
        mission.send(mission.body(f"N{2 * k:03}", answers={"C02": "good"}), team="T2")
    mission.send(mission.body("Z9", answers={"C02": "good"}), team="T2")
    return sequenced()


def test_the_page_says_what_was_seen_of_the_list(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    as_of = seen(mission, sequenced)
    shown = coverage_page(mission.row, "", as_of=as_of, viewer=SERVER)
    assert (shown.seen, shown.frame, shown.reports, shown.outside) == (40, 64, 51, 1)
    north, south = shown.tables[0].lines
    assert (north.frame, north.seen, north.observations) == (32, 30, 40)
    assert (south.frame, south.seen, south.observations) == (32, 10, 10)
    assert shown.tables[0].displaced == 250
    assert [table.code for table in shown.tables] == ["area", "setting", "size", "hour"]
    assert shown.moved == ()


def test_a_region_that_nobody_saw_is_named(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    mission.send(mission.body("A1"))
    shown = coverage_page(mission.row, "", as_of=sequenced(), viewer=SERVER)
    assert [str(title) for title in shown.tables[0].unseen] == ["South"]


def test_hours_are_those_of_the_place(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    mission.send(mission.body("A1", started="2019-06-09T16:30:00+00:00"))
    mission.send(mission.body("A2", started=None))
    hours = coverage_page(mission.row, "", as_of=sequenced(), viewer=SERVER).tables[3]
    assert [(str(line.title), line.observations) for line in hours.lines] == [("22:00", 1)]
    assert hours.outside == 1


def test_a_clock_that_names_another_day_makes_no_table_of_years(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    mission.row.election_date = NOW.date()
    mission.row.save()
    mission.send(mission.body("A1", started="1999-01-01T00:00:00+00:00"))
    hours = coverage_page(mission.row, "", as_of=sequenced(), viewer=SERVER).tables[3]
    assert (hours.lines, hours.outside) == ((), 1)


def test_seats_of_commissions_are_no_polling_stations(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    add_stations(mission=mission.row, stations=[NewStation(key="TEC", area="A")], by=SERVER, now=NOW)
    mission.row.refresh_from_db()
    Station.objects.filter(key="TEC").update(kind=StationKind.COMMISSION.value)
    assert coverage_page(mission.row, "", as_of=sequenced(), viewer=SERVER).frame == 4


def test_a_share_is_weighed_bounded_and_counted_without_each_team(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    as_of = seen(mission, sequenced)
    figure = compute(mission.row, [BAD], as_of=as_of)[BAD]
    found = dependence_of(mission.row, figure, as_of=as_of, viewer=SERVER)
    assert found is not None
    assert (figure.numerator, figure.denominator, found.share) == (20, 51, 392)
    assert found.reweighted is not None
    assert found.moved is not None
    assert found.moved < 0
    assert found.without_team == (0, 500)
    assert found.teams == ("T1", "T2")
    assert found.bounds == (392, 392)


def test_teams_are_named_for_analysts_alone(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    as_of = seen(mission, sequenced)
    figure = compute(mission.row, [BAD], as_of=as_of)[BAD]
    for role in Role:
        viewer = Viewer(role.value, roles={mission.row.pk: role})
        try:
            found = dependence_of(mission.row, figure, as_of=as_of, viewer=viewer)
        except NotAllowedError:
            continue
        assert found is not None
        analyst = viewer.may(Action.SEE_REPORTS, mission.row.pk)
        assert (found.teams is None) is not analyst
        # Two teams: the share without one is that of the other.
        assert (found.without_team is None) is not analyst


def test_under_thirty_answers_nothing_is_weighed(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    mission.send(mission.body("A1", answers={"C02": "bad"}))
    as_of = sequenced()
    figure = compute(mission.row, [BAD], as_of=as_of)[BAD]
    found = dependence_of(mission.row, figure, as_of=as_of, viewer=SERVER)
    assert found is not None
    assert (found.few, found.reweighted, found.without_team, found.bounds) == (True, None, None, None)


def test_only_shares_of_observations_depend_on_routes(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    as_of = seen(mission, sequenced)
    keys = [
        Key.of("eday", "observations", form="counting"),
        Key.of(BAD.app, BAD.measure, **{**dict(BAD.dimensions), "unit": "station"}),
    ]
    for figure in compute(mission.row, keys, as_of=as_of).values():
        assert dependence_of(mission.row, figure, as_of=as_of, viewer=SERVER) is None


def test_the_greatest_shares_of_a_form_stand_on_the_page(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    as_of = seen(mission, sequenced)
    shown = coverage_page(mission.row, "counting", as_of=as_of, viewer=SERVER)
    assert [line.figure.key for line in shown.moved] == [BAD]
    with pytest.raises(UnknownFormError):
        coverage_page(mission.row, "nope", as_of=as_of, viewer=SERVER)


def test_a_mission_without_statistics_has_coverage_and_no_shares(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    as_of = seen(mission, sequenced)
    mission.row.format = Format.EXPERT.value
    shown = coverage_page(mission.row, "counting", as_of=as_of, viewer=SERVER)
    assert (shown.seen, shown.moved) == (40, ())
    assert shown.refused is not None


def test_outsiders_learn_nothing(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    with pytest.raises(NotAllowedError):
        coverage_page(mission.row, "", as_of=sequenced(), viewer=Viewer("outsider"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "How far do our observations reach?"),
        ("kk", "Байқауларымыз қай жерлерді қамтиды?"),
        ("ru", "Куда дошли наши наблюдения?"),
    ],
)
def test_the_page_speaks_the_language_of_its_reader(pages: Pages, language: str, words: str) -> None:  # noqa: F811
    client = pages.clients["analyst"]
    client.cookies["django_language"] = language
    for query in ("", "?form=counting"):
        text = unescape(client.get(pages.at(f"election-day/coverage/{query}")).content.decode())
        assert words in text
        assert "±" not in text


def test_a_form_that_there_is_not_is_not_found(pages: Pages) -> None:  # noqa: F811
    assert pages.clients["analyst"].get(pages.at("election-day/coverage/?form=nope")).status_code == 404


def test_an_empty_mission_is_told_what_will_stand_here(mission: SmallMission) -> None:
    clients = sign_everybody_in(mission)
    text = clients["analyst"].get(f"/m/{mission.row.slug}/election-day/coverage/").content.decode()
    assert "No report has come in yet." in text


def test_an_estimate_has_a_page_with_its_interval_and_its_regions(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    stations(mission)
    draw = sample(mission, n=56)
    answered(mission, draw, lambda place: {"C02": "bad" if place % 4 == 0 else "good"})
    sequenced()
    clients = sign_everybody_in(mission)
    key = "eday.estimate[answer=bad+very-bad,form=counting,question=C02,sample=1]"
    for language, words in (("en", "In a text:"), ("kk", "Мәтінде:"), ("ru", "В тексте:")):
        clients["analyst"].cookies["django_language"] = language
        response = clients["analyst"].get(f"/m/{mission.row.slug}/figures/{key}/")
        text = unescape(response.content.decode())
        assert response.status_code == 200
        assert words in text
        assert "±" not in text
    clients["analyst"].cookies["django_language"] = "en"
    text = unescape(clients["analyst"].get(f"/m/{mission.row.slug}/figures/{key}/").content.decode())
    assert "n estimated 25 per cent of polling stations" in text.replace("\u00a0", " ")
    assert "The stations of the sample are a secret until polls close." in text
    assert "too few for an estimate" in text


def test_a_mission_without_a_sample_is_refused_an_estimate_on_the_page(pages: Pages) -> None:  # noqa: F811
    key = "eday.estimate[answer=bad,form=counting,question=C02,sample=1]"
    text = unescape(pages.clients["analyst"].get(pages.at(f"figures/{key}/")).content.decode())
    assert "This figure is refused" in text
    assert "draw a sample before election day" in text


def test_teams_at_one_station_are_compared_question_by_question(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    stations(mission)
    for k in range(12):
        for team, overall in (("T1", "good"), ("T2", "good" if k else "bad")):
            mission.send(mission.body(f"N{k:03}", answers={"C01": "yes", "C02": overall}), team=team)
    mission.send(mission.body("N000", answers={"C01": "no", "C02": "very-bad"}), team="T1")
    mission.send(mission.body("N020", answers={"C01": "no", "C02": "bad"}), team="T1")
    as_of = sequenced()
    doubles = coverage_page(mission.row, "counting", as_of=as_of, viewer=SERVER).doubles
    assert doubles is not None
    assert doubles.stations == 12
    assert [(str(line.title), line.alike, line.stations) for line in doubles.lines] == [
        ("Overall", 11, 12),
        ("Choice shown to all", 12, 12),
    ]
    assert doubles.lines[1].ac1 == 100
    clients = sign_everybody_in(mission)
    text = clients["analyst"].get(f"/m/{mission.row.slug}/election-day/coverage/?form=counting").content.decode()
    assert "12 stations were seen by two teams or more." in text
    assert "0.91" in text
    # p = 11/12; π = (23/24, 1/24, 0, 0), e = Σ π(1-π)/3 = 0.02662.
    assert doubles.lines[0].ac1 == 91


def test_fewer_than_ten_stations_seen_twice_have_counts_alone(
    mission: SmallMission, sequenced: Callable[[], int]
) -> None:
    for team in ("T1", "T2"):
        mission.send(mission.body("A1", answers={"C02": "good"}), team=team)
    doubles = coverage_page(mission.row, "counting", as_of=sequenced(), viewer=SERVER).doubles
    assert doubles is not None
    assert [(line.alike, line.stations, line.ac1) for line in doubles.lines] == [(1, 1, None)]
