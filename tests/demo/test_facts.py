"""The facts of the reference mission: each with its source, in three languages, and never looking like a real one."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from paragraph8.demo.data import commitments, read_toml, sources
from paragraph8.demo.facts import forms, reference, texts
from paragraph8.domain.checks import problems_of_form
from paragraph8.domain.forms import Kind, Use, form_from_json

LANGUAGES = {"en", "kk", "ru"}
KAZAKH_LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


def form(code):
    return next(form for form in forms() if form.code == code)


def test_the_mission_says_in_three_languages_that_it_is_a_demonstration():
    mission = reference()
    assert mission.slug == "reference-2019"
    assert mission.title.languages() == mission.notice.languages() == LANGUAGES
    assert mission.notice.shown("en").string == (
        "Demonstration with simulated observations. Not a statement of any institution."
    )


def test_its_institutions_are_nobodys():
    for institution in reference().institutions:
        assert institution.email.endswith("@example.org")
        assert institution.phone.startswith("+44 20 7946 0"), "numbers that Ofcom reserves for drama"
        assert institution.name.languages() == institution.short.languages() == LANGUAGES
        assert "OSCE" not in str(institution.name)


def test_five_western_units_lived_an_hour_behind_the_capital_on_that_day():
    noon = datetime(2019, 6, 9, 12, 0)  # noqa: DTZ001 - the zone is what is tested
    offsets = {area.code: noon.replace(tzinfo=ZoneInfo(area.zone)).utcoffset() for area in reference().areas}
    western = {code for code, offset in offsets.items() if offset == timedelta(hours=5)}
    assert western == {"AKT", "ATY", "KYZ", "MAN", "WES"}
    assert set(offsets.values()) == {timedelta(hours=5), timedelta(hours=6)}


def test_the_seventeen_units_have_names_and_each_its_own_place_on_the_cartogram():
    areas = reference().areas
    assert len(areas) == len({area.at for area in areas}) == len({area.code for area in areas}) == 17
    assert [area.code for area in areas if area.kind == "city"] == ["ALA", "NUR", "SHY"]
    assert all(area.name.languages() == LANGUAGES for area in areas)


def test_announced_turnout_never_falls_during_the_day():
    for area in reference().areas:
        shares = [float(share) for _, share in sorted(area.turnout)]
        assert shares == sorted(shares), area.code
        assert len(shares) == (3 if area.kind == "city" else 4), f"{area.code}: 12:00 was not found for the cities"


def test_seven_candidates_stand_in_the_order_of_the_kazakh_alphabet():
    surnames = [str(c.name.shown("kk").string).split()[-1].lower() for c in reference().contestants]
    assert surnames == sorted(surnames, key=lambda name: [KAZAKH_LETTERS.index(letter) for letter in name])
    assert [c.gender for c in reference().contestants].count("f") == 1
    assert len(surnames) == 7


def test_the_final_votes_give_the_published_shares():
    votes = {candidate.code: candidate.votes for candidate in reference().contestants}
    total = sum(votes.values())
    assert total == 9_216_410
    shares = {code: round(10_000 * n / total) for code, n in votes.items()}
    assert shares == {
        "akhmetbekov": 182,
        "yespayeva": 505,
        "kosanov": 1623,
        "rakhimbekov": 304,
        "taspikhov": 198,
        "tokayev": 7096,
        "tugel": 92,
    }


@pytest.mark.parametrize(
    ("register", "total"),
    [("voters", 11_960_364), ("voters-20-may", 11_947_995), ("stations", 9_968), ("observers", 339), ("countries", 40)],
)
def test_a_register_adds_up_to_its_published_total(register, total):
    assert sum(line.n for line in reference().registers if line.register == register) == total


def test_every_fact_names_a_known_source_and_no_source_is_idle():
    mission = reference()
    named = {row.source for rows in (mission.contestants, mission.registers, mission.calendar) for row in rows}
    named |= {*mission.turnout_sources, mission.stations_2021_source}
    ledger = read_toml("ledger.toml")
    named |= {key for event in ledger["events"] for key in event["sources"]}
    named |= {claim["source"] for claim in ledger["claims"]}
    for document in texts():
        for sentence in document.sentences():
            named |= {*sentence.sources, *(literal.source for literal in sentence.literals)}
    assert named == set(sources())
    assert all(title.languages() == LANGUAGES for title in sources().values())


def test_every_commitment_is_named_by_some_sentence():
    named = {key for document in texts() for sentence in document.sentences() for key in sentence.commitments}
    assert named == set(commitments())


@pytest.mark.parametrize(
    ("code", "letter", "least"),
    [("opening", "A", 20), ("voting", "B", 40), ("counting", "C", 40), ("tabulation", "D", 15)],
)
def test_a_form_is_whole_and_in_three_languages(code, letter, least):
    asked = form(code)
    questions = list(asked.questions())
    assert problems_of_form(asked) == []
    assert asked.process == code
    assert len(questions) >= least
    assert [q.code for q in questions] == [f"{letter}{n:02d}" for n in range(1, len(questions) + 1)]
    titles = [asked.title, *(block.title for block in asked.blocks), *(q.title for q in questions)]
    titles += [option.title for scale in asked.scales for option in scale.options]
    assert all(title.languages() == LANGUAGES for title in titles)
    assert form_from_json(asked.to_json()) == asked


def test_a_yes_no_question_says_which_answer_speaks_against_good_practice():
    for asked in forms():
        for question in asked.questions():
            if question.scale == "yes-no":
                assert question.negative is not None, question.code
                assert len(question.negative) <= 1


def test_turnout_ballots_and_votes_serve_reconciliation_only():
    kept = {q.code for asked in forms() for q in asked.questions() if q.use is Use.RECONCILIATION}
    votes = {q.code for q in form("counting").questions() if str(q.title).startswith("Votes for")}
    assert len(votes) == len(reference().contestants)
    assert votes <= kept
    assert {"A11", "B02", "B03", "B04", "B05", "B06", "C06", "C07", "C10", "C14", "C33", "C34"} <= kept


def test_the_count_form_asks_for_the_votes_of_each_candidate_in_ballot_order():
    asked = [str(q.title) for q in form("counting").questions() if str(q.title).startswith("Votes for")]
    assert asked == [f"Votes for {candidate.name}" for candidate in reference().contestants]


def test_comments_are_the_only_free_text():
    for asked in forms():
        texts_asked = [q for q in asked.questions() if q.kind is Kind.TEXT]
        assert [q.use for q in texts_asked] == [Use.COMMENT]


def test_the_rates_of_the_simulation_speak_of_questions_that_exist():
    rates = read_toml("rates.toml")
    for asked in forms():
        codes = {*rates[asked.code]["answers"], rates[asked.code]["overall"]}
        assert codes <= {question.code for question in asked.questions()}
