from __future__ import annotations

import pytest

from paragraph8.domain.figures import Audience, Basis, Kind, Unit
from paragraph8.wording.sentences import Piece, WordingError, render
from wording.small_mission import C7, C7_STATIONS, C9, EMPTY, FIGURES, NBSP, SMALL, by_key, count, share


def text(template, language, figures=FIGURES):
    return render(template, figures, language).text


def refusal(template, language="en", figures=FIGURES):
    with pytest.raises(WordingError) as refused:
        render(template, figures, language)
    assert refused.value.text.languages() == {"en", "kk", "ru"}
    return refused.value


def test_pieces_know_their_figure_and_join_to_the_sentence():
    rendered = render(f"Seen in {{{C7}:of}}.", FIGURES, "en")
    assert rendered.pieces == (
        Piece("Seen in "),
        Piece(f"369 of 1,099{NBSP}observations", C7, "of"),
        Piece("."),
    )
    assert rendered.text == f"Seen in 369 of 1,099{NBSP}observations."


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", f"369 of 1,099{NBSP}observations"),
        ("kk", f"1{NBSP}099{NBSP}байқаудың 369-ында"),
        ("ru", f"369 из 1{NBSP}099{NBSP}наблюдений"),
    ],
)
def test_part_and_whole_in_the_order_of_the_language(language, written):
    assert text(f"{{{C7}:of}}", language) == written


def test_part_and_whole_in_another_case_or_with_another_noun():
    assert text(f"{{{C7}:of|pacc}}", "kk") == f"1{NBSP}099{NBSP}байқаудың 369-ын"
    assert text(f"{{{C7_STATIONS}:of|commission:poss}}", "kk") == f"1{NBSP}034{NBSP}комиссияның 349-ы"
    assert text(f"{{{C7_STATIONS}:of|commission}}", "ru") == f"349 из 1{NBSP}034{NBSP}комиссий"
    assert text(f"{{{C7_STATIONS}:of|station}}", "en") == f"349 of 1,034{NBSP}stations"


@pytest.mark.parametrize(
    ("form", "written"),
    [("x", "369"), ("count", "369"), ("y", "1,099"), ("left", "44"), ("p", "33.6"), ("share", f"33.6{NBSP}per cent")],
)
def test_the_numbers_of_a_share(form, written):
    assert text(f"{{{C7}:{form}}}", "en") == written


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("x|in", "369-ында"),
        ("x|poss", "369-ы"),
        ("x|pacc", "369-ын"),
        ("x|dat", "369-ға"),
        ("y|abl", f"1{NBSP}099-дан"),
        ("left|ins", "44-пен"),
        ("x|unit", f"369{NBSP}байқау"),
        ("x|unit:loc", f"369{NBSP}байқауда"),
        ("share|loc", f"33,6{NBSP}пайызында"),
    ],
)
def test_kazakh_numbers_take_suffixes_and_nouns(form, written):
    assert text(f"{{{C7}:{form}}}", "kk") == written


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("x|unit", f"369{NBSP}наблюдений"),
        ("x|unit:gen", f"369{NBSP}наблюдений"),
        ("left|unit:loc", f"44{NBSP}наблюдениях"),
        ("x|report:loc", f"369{NBSP}отчетах"),
    ],
)
def test_russian_numbers_take_nouns_by_case(form, written):
    assert text(f"{{{C7}:{form}}}", "ru") == written


def test_one_contestant_is_singular():
    template = "{missions.contestants[gender=f]:x|candidate} {missions.contestants[gender=f]:x|was/were} a woman"
    assert text(template, "en") == f"1{NBSP}candidate was a woman"
    assert text(template, "en", by_key(count("missions.contestants[gender=f]", 2, Unit.CONTESTANT))).startswith(
        f"2{NBSP}candidates were"
    )


def test_a_sentence_that_begins_with_words_begins_with_a_capital():
    assert text(f"{{{C9}:more-than-half}}", "kk").startswith("Байқаулардың жартысынан")
    assert text(f"“{{{C9}:majority}} were", "en").startswith("“The majority")
    assert " the majority" in text(f"In {{{C9}:majority}}", "en")


@pytest.mark.parametrize(("language", "dash"), [("en", "–"), ("kk", "–"), ("ru", "—")])
def test_nothing_counted_prints_a_dash(language, dash):
    assert text(f"{{{EMPTY}:share}} {{{EMPTY}:p}} {{{EMPTY}:of}}", language) == f"{dash} {dash} {dash}"
    assert text(f"{{{EMPTY}:x}}", language) == "0"


@pytest.mark.parametrize("form", ["share", "p", "majority", "one-third", "few"])
def test_under_thirty_answers_only_counts_are_given(form):
    error = refusal(f"{{{SMALL}:{form}}}")
    assert error.code == "small-n"
    assert "4 of 12" in str(error.text)
    assert text(f"{{{SMALL}:of}}", "en") == f"4 of 12{NBSP}observations"


def test_thirty_answers_are_enough_and_twenty_nine_are_not():
    assert text("{a.b:share}", "en", by_key(share("a.b", 15, 30))) == f"50.0{NBSP}per cent"
    assert refusal("{a.b:share}", figures=by_key(share("a.b", 15, 29))).code == "small-n"


@pytest.mark.parametrize("form", ["x|station", "x|voter:gen", "of|observer", "more-than-half|polling-station"])
def test_a_number_of_observations_is_never_called_anything_else(form):
    error = refusal(f"{{{C9}:{form}}}", "ru")
    assert error.code == "other-unit"
    assert "наблюдение" in error.text.shown("ru").string


def test_the_spread_of_stations_and_room_figures_stay_inside_the_mission():
    spread = share("eday.spread[question=C7]", 0, 0, kind=Kind.SPREAD, spread=(1, 2, 3, 4, 5))
    room = share("eday.answer[question=C8]", 40, 80, audience=Audience.ROOM)
    figures = by_key(spread, room)
    assert refusal("{eday.spread[question=C7]:x}", figures=figures).code == "room-only"
    assert refusal("{eday.answer[question=C8]:of}", figures=figures).code == "room-only"


@pytest.mark.parametrize(
    "figure",
    [
        share("eday.part[of=ballots]", 400, 800, Unit.BALLOT),
        share("eday.part[of=listed]", 400, 800, Unit.VOTER),
        count("eday.sum[contestant=a]", 400, Unit.VOTE, basis=Basis.OBSERVED),
    ],
)
def test_results_seen_in_protocols_stand_in_no_text(figure):
    assert refusal(f"{{{figure.key}:x}}", figures=by_key(figure)).code == "reconciliation-only"


def test_a_register_may_count_votes():
    assert text("{results.votes:x|unit}", "en", by_key(count("results.votes", 1_200, Unit.VOTE))) == f"1,200{NBSP}votes"


@pytest.mark.parametrize(
    ("template", "language", "code"),
    [
        ("{missions.nobody:x}", "en", "unknown-figure"),
        ("{missions.voters:total}", "en", "unknown-format"),
        ("{missions.voters:of}", "en", "needs-share"),
        ("{missions.voters:y}", "en", "needs-share"),
        ("{missions.voters:share}", "en", "needs-share"),
        ("{missions.voters:majority}", "en", "needs-share"),
        ("{missions.voters:x=5}", "en", "needless-argument"),
        ("{missions.voters:several=5}", "en", "needless-argument"),
        (f"{{{C9}:majority=60}}", "en", "needless-argument"),
        ("{missions.voters:nearly}", "en", "bad-argument"),
        ("{missions.voters:nearly=12,000,000}", "en", "bad-argument"),
        ("{missions.voters:nearly=0}", "en", "bad-argument"),
        ("{missions.voters:nearly=٣}", "en", "bad-argument"),
        ("{missions.voters:x|in}", "en", "unknown-inflection"),
        ("{missions.voters:x|unit:dat}", "ru", "unknown-inflection"),
        ("{missions.voters:x|votes}", "en", "unknown-inflection"),
        (f"{{{C7}:share|loc}}", "ru", "unknown-inflection"),
        (f"{{{C7}:p|loc}}", "kk", "unknown-inflection"),
        (f"{{{C7}:of|unit:gen:in}}", "ru", "unknown-inflection"),
        ("{missions.voters:nearly=12000000|nom}", "en", "unknown-inflection"),
        ("{missions.voters:x|was/were}", "ru", "wrong-words"),
        (f"{{{EMPTY}:majority}}", "en", "no-denominator"),
        (f"{{{C7}:of}}", "sq", "no-wording"),
        (f"{{{C7}:one-third}}", "ar", "no-wording"),
        (f"{{{C7}:x|unit}}", "sq", "no-wording"),
        ("Text without a figure", "zz", "unknown-language"),
    ],
)
def test_every_wrong_use_is_refused_with_its_reason(template, language, code):
    assert refusal(template, language).code == code


def test_a_count_without_a_value_is_refused():
    assert refusal("{a.b:x}", figures=by_key(count("a.b", None, Unit.VOTER))).code == "no-value"
