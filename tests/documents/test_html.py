"""The released page: every number opens, every text is only text, every language is told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from documents.sample import Sample
from documents.texts import COUNT, REPORTS, SHOWN, edition_json, said, share
from documents.variants import HOSTILE, albanian_and_arabic, hostile, release_of
from paragraph8.documents.build import ChartError, build
from paragraph8.documents.edition import edition_from_json
from paragraph8.documents.html import to_html
from paragraph8.documents.rendering import render_index
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Key
from paragraph8.wording.sentences import WordingError


class Outline(HTMLParser):
    """Tags with their attributes in order, and the text of the page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]

    @property
    def ids(self) -> list[str | None]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


def page(mission: Sample, language: str = "en", **changes: object) -> bytes:
    edition = edition_from_json(edition_json(**changes))
    return to_html(build(release_of(mission, edition), edition.documents[0].code, language))


def text_of(content: bytes) -> str:
    return re.sub(r"\s+", " ", "".join(Outline(content).texts))


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_every_number_is_a_link_to_evidence_on_the_page(mission: Sample, language: str) -> None:
    outline = Outline(page(mission, language))
    links = [str(attributes["href"]) for attributes in outline.with_class("num")]
    assert len(links) > 20
    assert {link.removeprefix("#") for link in links} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))


def test_an_evidence_card_tells_all_that_is_known_of_a_figure(mission: Sample) -> None:
    text = text_of(page(mission))
    for fact in (
        "Counted observations of the count: bad+very-bad",
        "Numerator 69 Denominator 121 Share 57.0 per cent",
        "Left out 5: no answer 2, not observed 3",
        "Unit observation",
        "Seen in polling stations: 121; teams: 17; regions: 6",
        "As of change 1,234 of the mission log; 10 June 2019, 03:30",
        "Method share with that answer (answer@1)",
        "not a sample, so there is no margin of error",
        "Origin simulated",
        f"Key {COUNT}",
        f"Fingerprint {' '.join(['abab'] * 16)}",
        "Commitment Copenhagen 1990, paragraph 7.4",
    ):
        assert fact in text, fact


def test_a_paragraph_opens_to_what_each_of_its_sentences_rests_on(mission: Sample) -> None:
    content = page(mission, "ru").decode()
    assert content.count('<details class="card bare">') == 3
    start = "Показатели основаны на 200\u00a0наблюдениях за ходом голосования."
    assert f'<p class="start"><a href="#sentence-st-003">{start}</a>' in content
    assert (
        '<a href="#sentence-st-001">Ход голосования был оценен положительно в 93,8\u00a0% наблюдений …</a>' in content
    )


def test_a_word_that_agrees_with_a_number_is_no_number(mission: Sample) -> None:
    edition = edition_json()
    template = f"There {{{COUNT}:x|was/were}} {{{COUNT}:x|unit}}."
    edition["documents"][0]["sections"][0]["paragraphs"][1]["sentences"][0]["texts"] = {"en": template}
    document = build(release_of(mission, edition_from_json(edition)), "statement", "en")
    (sentence,) = [sentence for sentence in document.sentences() if sentence.id == "st-004"]
    assert [(piece.string, bool(piece.card)) for piece in sentence.pieces] == [
        ("There ", False),
        ("were", False),
        (" ", False),
        ("69\u00a0observations", True),
        (".", False),
    ]


def test_the_lead_stands_at_the_top_and_nowhere_else(mission: Sample) -> None:
    outline = Outline(page(mission))
    order = [attributes["data-sentence"] for _, attributes in outline.tags if "data-sentence" in attributes]
    assert order == ["st-002", "st-001", "st-003", "st-004", "st-005"]


def test_a_page_runs_nothing_and_loads_nothing(mission: Sample) -> None:
    outline = Outline(page(mission))
    assert not {tag for tag, _ in outline.tags} & {"script", "img", "iframe", "form", "object", "embed"}
    assert [attributes["href"] for tag, attributes in outline.tags if tag == "link"] == [
        f"statement.{language}.html" for language in ("en", "kk", "ru")
    ]
    policy = [attributes["content"] for _, attributes in outline.tags if "http-equiv" in attributes]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_the_kazakh_ending_stays_with_its_number(mission: Sample) -> None:
    assert '<span class="together">69-ында</span>' in page(mission, "kk").decode()


def test_hostile_text_is_only_text(mission: Sample) -> None:
    release = release_of(mission, hostile())
    content = to_html(build(release, "statement", "en"))
    outline = Outline(content)
    assert not any(tag == "script" for tag, _ in outline.tags)
    shown = re.sub(r"\s+", " ", HOSTILE.replace("{{y}}", "{y}")).strip()
    assert shown in text_of(content)
    assert text_of(render_index(release)).count(HOSTILE.strip()) >= 2


# Other languages.


def test_arabic_is_written_from_right_to_left(mission: Sample) -> None:
    outline = Outline(to_html(build(release_of(mission, albanian_and_arabic()), "statement", "ar")))
    assert outline.tags[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert {"lang": "sq", "hreflang": "sq", "dir": "ltr", "href": "statement.sq.html"} in [a for _, a in outline.tags]
    assert "Shqip" in outline.texts


def test_a_sentence_that_nobody_translated_says_so(mission: Sample) -> None:
    document = build(release_of(mission, albanian_and_arabic()), "statement", "sq")
    translated, other = document.sentences()
    assert translated.fallback is None
    assert translated.text == "Numërimi u vlerësua negativisht në 69 nga 121 vëzhgime."
    assert other.fallback is not None
    assert other.fallback.string == "not translated: shown in English"
    content = to_html(document).decode()
    assert 'data-sentence="s-2" lang="en" dir="ltr"' in content


def test_fixed_words_that_nobody_translated_are_marked_as_english(mission: Sample) -> None:
    content = to_html(build(release_of(mission, albanian_and_arabic()), "statement", "ar")).decode()
    assert '<h2 lang="en" dir="ltr">Check this yourself</h2>' in content


# Charts.


def bars(answers: int, rows: list[tuple[str, list[str]]]) -> list[dict[str, object]]:
    chart = {
        "title": {"en": "Chart"},
        "answers": [{"en": f"answer {i}"} for i in range(answers)],
        "rows": [{"title": {"en": title}, "keys": keys} for title, keys in rows],
    }
    section = {"code": "s", "title": {"en": "S"}, "paragraphs": [], "bars": [chart]}
    return [{"code": "d", "kind": "statement", "title": {"en": "D"}, "dateline": {}, "lead": "", "sections": [section]}]


def test_a_bar_is_as_long_as_all_reports_and_shows_what_is_left_out(mission: Sample) -> None:
    document = build(release_of(mission, edition_from_json(edition_json())), "statement", "en")
    (chart,) = document.sections[0].charts
    bar = chart.bars[2]
    assert [segment.n for segment in bar.segments] == [14, 38, 46, 23]
    assert (sum(segment.n for segment in bar.segments), bar.left_out) == (121, 5)
    assert [cell.words.string for cell in chart.table.rows[-1]] == ["left out", "2", "8", "5"]


def test_answers_that_no_column_shows_are_drawn_as_other_answers(mission: Sample) -> None:
    document = build(
        release_of(mission, edition_from_json(edition_json(documents=bars(1, [("Count", [COUNT])])))), "d", "en"
    )
    (chart,) = document.sections[0].charts
    assert [(segment.place, segment.n) for segment in chart.bars[0].segments] == [(1, 69), (0, 52)]
    assert chart.legend[-1][1].string == "other answers"
    assert [cell.words.string for cell in chart.table.rows[1]] == ["other answers", "52"]


def test_a_withheld_region_is_named_with_the_reason_and_has_no_number(mission: Sample) -> None:
    content = page(mission, "ru")
    assert "не публикуется, потому что за этим стоит менее пяти участков" in text_of(content)
    assert "Показателей: 3. Не публикуется, потому что" in text_of(content)
    document = build(release_of(mission, edition_from_json(edition_json())), "statement", "en")
    table = document.sections[1].charts[0].table
    (zhambyl,) = [row for row in table.rows if row[0].words.string == "Zhambyl"]
    assert [cell.words.string for cell in zhambyl[1:]] == ["not published"] * 3


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ([COUNT, share("voting", "bad")], "have different denominators"),
        ([COUNT, share("counting", "bad")], "counts an answer twice"),
        ([SHOWN, share("counting", "many", "shown")], "add up to more than the whole"),
        ([REPORTS, COUNT], "is not made of shares"),
        ([share("counting", "nobody"), COUNT], "no figure"),
    ],
)
def test_parts_that_do_not_belong_together_make_no_bar(mission: Sample, keys: list[str], reason: str) -> None:
    edition = edition_from_json(edition_json(documents=bars(2, [("Row", keys)])))
    shown = next(figure for figure in mission.figures if str(figure.key) == SHOWN)
    many = replace(shown, key=Key.parse(share("counting", "many", "shown")), numerator=100)
    with pytest.raises(ChartError, match=reason):
        build(release_of(replace(mission, figures=(*mission.figures, many)), edition), "d", "en")


def test_under_ten_answers_no_bar_is_drawn(mission: Sample) -> None:
    few = tuple(
        replace(figure, numerator=4, denominator=9, n_stations=9) if str(figure.key) == SHOWN else figure
        for figure in mission.figures
    )
    edition = edition_from_json(edition_json(documents=bars(1, [("Row", [SHOWN])])))
    document = build(release_of(replace(mission, figures=few), edition), "d", "en")
    (bar,) = document.sections[0].charts[0].bars
    assert bar.segments == ()
    assert bar.note is not None
    assert bar.note.string == "fewer than ten: no bar is drawn"
    assert "Share" not in [fact.label.string for fact in document.cards[0].facts]


def test_forms_without_a_station_stand_beside_what_is_left_out(mission: Sample) -> None:
    unplaced = tuple(
        replace(figure, left_out=((FORMS_WITHOUT_STATION, 4), ("no-answer", 2))) if str(figure.key) == COUNT else figure
        for figure in mission.figures
    )
    release = release_of(replace(mission, figures=unplaced), edition_from_json(edition_json()))
    facts = {fact.label.string: fact.value.string for fact in build(release, "statement", "en").cards[0].facts}
    assert facts["Left out"] == "2: no answer\u00a02; forms without a station\u00a04"


def test_a_sentence_its_figures_do_not_carry_stops_the_document(mission: Sample) -> None:
    documents = bars(1, [])
    documents[0]["sections"][0]["paragraphs"] = [  # type: ignore[index]
        said({"id": "s", "texts": {"en": f"All of them: {{{COUNT}:more-than-half}} and {{{SHOWN}:more-than-half}}."}})
    ]
    edition = edition_from_json(edition_json(documents=documents))
    with pytest.raises(WordingError, match="false-quantifier"):
        build(release_of(mission, edition), "d", "en")
