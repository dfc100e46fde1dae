"""The Word file: real headings and header rows, languages told apart, nothing of the machine in it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn

from documents.sample import Sample
from documents.texts import edition_json
from documents.variants import HOSTILE, albanian_and_arabic, hostile, release_of
from paragraph8.documents.build import build
from paragraph8.documents.docx import to_docx
from paragraph8.documents.edition import Edition, edition_from_json


def made(mission: Sample, language: str, edition: Edition | None = None) -> bytes:
    edition = edition or edition_from_json(edition_json())
    tree = build(release_of(mission, edition), edition.documents[0].code, language)
    return to_docx(tree, at=edition.released.at)


def word(mission: Sample, language: str, edition: Edition | None = None) -> Word:
    return docx.Document(io.BytesIO(made(mission, language, edition)))


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_the_language_is_that_of_the_text(mission: Sample, language: str) -> None:
    document = word(mission, language)
    assert document.core_properties.language == language
    lang = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert lang is not None
    assert lang.get(qn("w:val")) == language


def test_headings_are_headings_and_header_rows_repeat(mission: Sample) -> None:
    document = word(mission, "en")
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [
        "Voting",
        "The count",
        "What is not published",
        "What the numbers rest on",
        "Check this yourself",
    ]
    assert len(document.tables) == 3
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Answer", "Opening", "Voting", "Count"]


def test_sentences_carry_the_numbers_of_their_evidence(mission: Sample) -> None:
    document = word(mission, "kk")
    (lead,) = [p.text for p in document.paragraphs if "теріс бағаланды" in p.text]
    assert lead == "Дауыстарды санау байқаулардың 57,0\u00a0пайызында (121\u00a0байқаудың 69-ында[1]) теріс бағаланды."
    number, evidence = document.tables[2].rows[1].cells
    assert number.text == "[1]"
    assert evidence.text.startswith("121\u00a0байқаудың 69-ы\n")
    assert "Есепке кірмегені: 5: жауап берілмеген\u00a02, байқау мүмкін болмады\u00a03" in evidence.text


def test_sources_and_commitments_stand_under_their_paragraph_once(mission: Sample) -> None:
    edition = edition_json(languages=["en"])
    sentences = edition["documents"][1]["sections"][0]["paragraphs"][0]["sentences"]
    sentences[1]["commitments"] = [*sentences[0]["commitments"], {"en": "Article 43"}]
    edition["documents"].reverse()
    lines = [p.text for p in word(mission, "en", edition_from_json(edition)).paragraphs if p.style.name == "Evidence"]
    assert lines == [
        "Commitment: Copenhagen 1990, paragraph 7.4; Article 43",
        "Source: 12: roster, 1 June 2019; roster of the mission",
    ]


def test_the_header_of_every_page_holds_the_notice(mission: Sample) -> None:
    (paragraph,) = word(mission, "ru").sections[0].header.paragraphs
    assert paragraph.text.startswith("Демонстрация со смоделированными наблюдениями.")


def test_root_and_key_are_printed(mission: Sample) -> None:
    release = release_of(mission, edition_from_json(edition_json()))
    text = "\n".join(p.text for p in word(mission, "en").paragraphs).replace(" ", "")
    assert release.root in text
    assert release.signer in text


def test_arabic_paragraphs_run_from_right_to_left(mission: Sample) -> None:
    document = word(mission, "ar", albanian_and_arabic())
    assert document.paragraphs
    for paragraph in document.paragraphs:
        assert paragraph._p.pPr is not None
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None, paragraph.text
    runs = [run for p in document.paragraphs for run in p.runs if "ماذا" in run.text]
    assert runs[0]._r.find(f".//{qn('w:rtl')}") is not None
    assert runs[0]._r.find(f".//{qn('w:lang')}").get(qn("w:bidi")) == "ar"


def test_hostile_text_is_only_text(mission: Sample) -> None:
    document = word(mission, "en", hostile())
    assert any(HOSTILE.strip() in p.text for p in document.paragraphs)


def test_the_archive_says_nothing_of_the_machine(mission: Sample) -> None:
    with zipfile.ZipFile(io.BytesIO(made(mission, "en"))) as archive:
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])
        assert not any(word in name for name in names for word in ("thumbnail", "Effects", "customXml"))
        assert sum(info.file_size for info in archive.infolist()) < 200_000
        assert {info.date_time for info in archive.infolist()} == {(2019, 6, 10, 9, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    properties = word(mission, "en").core_properties
    assert properties.created == properties.modified == datetime(2019, 6, 10, 9, 0, tzinfo=UTC)
    assert properties.author == "Meridian Office · Meridian Assembly"
    assert properties.last_modified_by == ""
