"""What the list in force says is a figure from a register, recomputable from sums by area, type and setting."""

from __future__ import annotations

from collections.abc import Callable

from conftest import NOW, SERVER, SmallMission, ticking
from paragraph8.audit.queries import latest_change
from paragraph8.audit.sequencer import sequence_all
from paragraph8.domain.figures import Basis, Key, Origin
from paragraph8.evidence.operations import freeze
from paragraph8.evidence.registry import apps
from paragraph8.places import figures
from paragraph8.statistics.methods import compute

from .conftest import HEAD, in_force

ROWS = (
    "1,A,Hill,,,,urban,100,,\n2,A,Hill,,,hospital,urban,20,,\n3,A,Dale,,,,rural,,,\n4,B,,,,,,7,,\n"
    "5,B,,,,commission,urban,,,\n"
)


def last() -> int:
    """The last change, once everything is numbered."""
    sequence_all(clock=ticking())
    return latest_change()


def values(mission: SmallMission, *keys: str, as_of: int | None = None) -> list[int | None]:
    found = figures.compute(mission.row, [Key.parse(key) for key in keys], as_of=last() if as_of is None else as_of)
    return [figure.value if (figure := found.get(Key.parse(key))) else None for key in keys]


def test_stations_and_voters_are_summed_from_the_list_in_force(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + ROWS)
    assert values(
        mission,
        "places.stations",
        "places.stations[kind=hospital]",
        "places.stations[area=A]",
        "places.stations[setting=rural]",
        "places.stations[area=A,setting=urban]",
        "places.voters",
        "places.voters[area=A]",
    ) == [4, 1, 3, 1, 2, 127, 120]


def test_a_new_list_changes_no_figure_of_before(mission: SmallMission) -> None:
    by_hand = last()
    in_force(mission.row, HEAD + ROWS)
    assert values(mission, "places.stations", as_of=by_hand) == [4]
    first = last()
    in_force(mission.row, HEAD + "1,A,Hill,,,,urban,150,,\n")
    second = last()
    for as_of, stations, voters in ((by_hand, 4, 4000), (first, 4, 127), (second, 1, 150)):
        assert values(mission, "places.stations", "places.voters", as_of=as_of) == [stations, voters]
        rows = figures.populations(mission.row, as_of=as_of)["list-voters"].rows
        assert sum(row["n"] for row in rows) == voters
    key = Key.parse("places.voters")
    assert [figures.compute(mission.row, [key], as_of=n)[key].source for n in (by_hand, first)] == [
        "",
        "The authority, 1 June 2019",
    ]


def test_a_figure_names_its_basis_origin_and_source(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + ROWS)
    key = Key.parse("places.voters")
    figure = figures.compute(mission.row, [key], as_of=last())[key]
    assert (figure.basis, figure.origin) == (Basis.REGISTER, Origin.SIMULATED)
    assert figure.source == "The authority, 1 June 2019"
    assert figure.title.languages() == {"en", "kk", "ru"}


def test_what_the_list_does_not_have_is_unknown_and_no_zero(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + ROWS)
    unknown = ["places.stations[kind=prison]", "places.stations[area=Z]", "places.stations[colour=red]", "places.x"]
    assert values(mission, *unknown) == [None] * 4


def test_seats_of_commissions_are_no_polling_stations(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + ROWS)
    assert "places.stations[kind=commission]" not in {str(spec.key) for spec in figures.catalogue(mission.row)}


def test_everything_in_the_catalogue_is_computed_in_three_languages(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + ROWS)
    specs = figures.catalogue(mission.row)
    found = figures.compute(mission.row, [spec.key for spec in specs], as_of=last())
    assert {spec.key for spec in specs} == set(found)
    assert all(spec.title.languages() == {"en", "kk", "ru"} for spec in specs)


def test_a_list_of_any_length_freezes_as_few_rows(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    rows = "".join(f"{n},A,,,,,urban,10,,\n" for n in range(3000))
    in_force(mission.row, HEAD + rows)
    held = figures.populations(mission.row, as_of=sequenced())["list-voters"].rows
    assert held == ({"row": "A/regular/urban", "area": "A", "kind": "regular", "setting": "urban", "n": 30_000},)
    key = Key.parse("places.voters")
    frozen = freeze(mission=mission.row, keys=[key], texts={}, as_of=sequenced(), by=SERVER, now=NOW)
    assert '"list-voters"' in frozen.figures
    assert compute("register-sum@1", held, key).value == 30_000


def test_no_other_room_has_rows_of_the_same_name(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + ROWS)
    names = [name for app in apps().values() for name in app.populations(mission.row, as_of=last())]
    assert {"list-stations", "list-voters"} <= set(names)
    assert len(names) == len(set(names))


def test_a_mission_without_a_list_has_no_such_figures(mission: SmallMission) -> None:
    mission.row.station_list = None
    mission.row.station_lists.update(published_at=None)
    assert figures.catalogue(mission.row) == []
    assert values(mission, "places.stations") == [None]
