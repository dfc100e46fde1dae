"""The statement and the release: every number bound, every sentence in three languages, nothing said that is not so."""

from __future__ import annotations

import re

import pytest

from demo.observed import figures, register_rows, template_keys, told
from paragraph8.demo.data import commitments, sources
from paragraph8.demo.facts import forms, reference, texts
from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Key
from paragraph8.domain.forms import Use
from paragraph8.wording.linter import lint, lint_parity
from paragraph8.wording.sentences import render

LANGUAGES = ("en", "kk", "ru")
SENTENCES = [sentence for document in texts() for sentence in document.sentences()]
NAMES_OF_REAL_OBSERVERS = re.compile(r"ODIHR|OSCE PA|БДИПЧ|ДИАҚБ|ПА ОБСЕ|Tsereteli|Gacek|Nellen|Церетели|Гацек")


def question_of(key):
    form = next(form for form in forms() if form.code == key.dimension("form"))
    return form, form.question(key.dimension("question"))


def test_a_statement_and_a_release_of_some_length_with_a_leading_sentence():
    statement, release = texts()
    assert [statement.kind, release.kind] == ["statement", "press-release"]
    assert 45 <= len(list(statement.sentences())) <= 80
    assert 12 <= len(list(release.sentences())) <= 20
    for document in texts():
        assert document.lead in {sentence.id for sentence in document.sentences()}
        assert document.title.languages() == document.dateline.languages() == set(LANGUAGES)
        assert all(section.title.languages() == set(LANGUAGES) for section in document.sections)


def test_no_two_sentences_share_an_identifier():
    assert len({sentence.id for sentence in SENTENCES}) == len(SENTENCES)


def test_the_statement_says_what_observers_did_not_see():
    assert "limits" in {section.code for section in texts()[0].sections}


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.id)
def test_a_sentence_is_written_in_every_language_and_passes_the_linter(sentence):
    for language in LANGUAGES:
        template = sentence.template(language)
        findings = lint(template, language, figures(), sentence.literal_strings(language))
        assert [(f.code, f.excerpt) for f in findings] == []
        assert render(template, figures(), language).text
    assert lint_parity(dict(sentence.texts.strings)) == ()


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.id)
def test_a_number_without_a_figure_stands_in_the_text_and_has_a_source(sentence):
    for literal in sentence.literals:
        assert literal.source in sources()
        for language in LANGUAGES:
            assert dict(literal.string.strings)[language] in sentence.template(language)
    assert set(sentence.sources) <= set(sources())
    assert set(sentence.commitments) <= set(commitments())


def test_every_figure_quoted_can_be_computed():
    for key in map(Key.parse, template_keys()):
        if key.app == "missions":
            assert register_rows(key.measure), key
            continue
        if key.app in ("contest", "roster"):
            assert told(key), key
            continue
        assert key.app == "eday", key
        if key.measure == "observations":
            assert key.dimension("form") in {form.code for form in forms()}
            continue
        form, question = question_of(key)
        assert question is not None, key
        if key.measure == "answer":
            scale = form.scale(question)
            assert set(key.dimension("answer").split("+")) <= set(scale.codes()), key


def test_no_sentence_quotes_votes_turnout_or_ballots_from_protocols():
    for key in map(Key.parse, template_keys()):
        for dimension in ("question", "of"):
            if code := key.dimension(dimension):
                form = next(form for form in forms() if form.code == key.dimension("form"))
                assert form.question(code).use is Use.PLAIN, key


def test_each_share_of_a_process_rests_on_enough_answers():
    for figure in figures().values():
        if figure.denominator is not None:
            assert figure.denominator >= 30, figure.key


def test_bars_show_all_four_answers_of_all_four_processes():
    (bars,) = [bars for document in texts() for section in document.sections for bars in section.bars]
    assert [str(answer) for answer in bars.answers] == ["very good", "good", "bad", "very bad"]
    assert len(bars.rows) == 4
    for row in bars.rows:
        keys = [Key.parse(key) for key in row.keys]
        assert [key.dimension("answer") for key in keys] == ["very-good", "good", "bad", "very-bad"]
        (denominator,) = {figures()[str(key)].denominator for key in keys}
        assert sum(figures()[str(key)].numerator for key in keys) == denominator


def test_nobody_who_really_observed_speaks_in_these_texts():
    for sentence in SENTENCES:
        for _, template in sentence.texts.strings:
            assert not NAMES_OF_REAL_OBSERVERS.search(template), sentence.id


def test_people_named_are_candidates_only():
    surnames = {str(candidate.name).split()[-1] for candidate in reference().contestants}
    named = {sentence.id for sentence in SENTENCES if any(surname in sentence.template("en") for surname in surnames)}
    assert len(named) == 1, "the list of candidates"


def test_the_release_repeats_the_figures_of_the_statement():
    statement, release = texts()
    said = {key for s in statement.sentences() for key in re.findall(r"\{([^:}]+):", s.template("en"))}
    repeated = {key for s in release.sentences() for key in re.findall(r"\{([^:}]+):", s.template("en"))}
    # That a woman stands for the first time is the release's own; the statement gives the number of women.
    assert repeated - {"contest.first[measure=women-candidates]"} <= said


def test_a_document_becomes_an_edition_in_canonical_json():
    for document in texts():
        data = document.to_json()
        assert canonical(data)
        first = data["sections"][0]["paragraphs"][0]["sentences"][0]
        assert set(first) == {"id", "texts", "literals", "sources", "commitments"}
        assert data["lead"] == first["id"]
