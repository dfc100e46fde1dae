"""The PDF: tagged, in its language, with its own fonts, with the evidence as an annex."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from documents.sample import Sample
from documents.texts import edition_json
from documents.variants import albanian_and_arabic, hostile, long, release_of
from paragraph8.documents.build import build
from paragraph8.documents.edition import Edition, edition_from_json
from paragraph8.documents.pdf import to_pdf
from paragraph8.documents.tree import TypesettingError


def pdf(mission: Sample, language: str, edition: Edition | None = None) -> PdfReader:
    edition = edition or edition_from_json(edition_json())
    return PdfReader(io.BytesIO(made(mission, language, edition)))


def made(mission: Sample, language: str, edition: Edition) -> bytes:
    tree = build(release_of(mission, edition), edition.documents[0].code, language)
    return to_pdf(tree, at=edition.released.at)


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def fonts(reader: PdfReader) -> list[DictionaryObject]:
    found = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    return [descendant.get_object() for font in found for descendant in font.get("/DescendantFonts", [font])]


def roles(node: Any) -> list[str]:
    """The tags of the structure tree, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        return [role for item in node for role in roles(item)]
    if not isinstance(node, DictionaryObject):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (roles(node["/K"]) if "/K" in node else [])


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_a_pdf_is_tagged_and_says_its_language_and_title(mission: Sample, language: str) -> None:
    reader = pdf(mission, language)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == edition_json()["documents"][0]["title"][language]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_headings_and_tables_are_tags(mission: Sample) -> None:
    found = roles(pdf(mission, "en").trailer["/Root"]["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/H2") == 5
    assert found.count("/Table") == 2
    assert found.count("/TH") == 4 + 4 + 0
    assert "/Link" in found


def test_all_fonts_are_embedded(mission: Sample) -> None:
    found = fonts(pdf(mission, "kk"))
    assert found
    for font in found:
        assert {"/FontFile2", "/FontFile3"} & font["/FontDescriptor"].keys()


def test_kazakh_text_can_be_read_back(mission: Sample) -> None:
    text = text_of(pdf(mission, "kk"))
    assert "Дауыстарды санау байқаулардың 57,0 пайызында" in text
    assert "121 байқаудың 69‑ында" in text  # with a hyphen that never breaks
    assert set("әғқңөұүі") <= set(text.lower())


def test_every_page_of_a_simulated_release_says_so(mission: Sample) -> None:
    for page in pdf(mission, "ru").pages:
        assert "Демонстрация со смоделированными наблюдениями." in " ".join(page.extract_text().split())


def test_root_and_key_are_printed_for_comparison(mission: Sample) -> None:
    edition = edition_from_json(edition_json())
    release = release_of(mission, edition)
    text = text_of(pdf(mission, "en", edition)).replace(" ", "")
    assert release.root in text
    assert release.signer in text


def test_evidence_is_an_annex_that_numbers_link_to(mission: Sample) -> None:
    text = text_of(pdf(mission, "en"))
    assert "[1] 69 of 121 observations" in text
    assert "Left out: 5: no answer 2, not observed 3" in text
    assert "Basis: observed: what teams saw where they went; not a sample" in text


def test_hostile_text_is_never_markup(mission: Sample) -> None:
    text = text_of(pdf(mission, "en", hostile()))
    assert "<script>alert('1')</script> &amp;" in text
    assert "*b* _i_ #set page(width: 1pt) $x$ @ref `c`" in text


def test_arabic_runs_from_right_to_left(mission: Sample) -> None:
    reader = pdf(mission, "ar", albanian_and_arabic())
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    starts: dict[str, float] = {}

    def visit(text: str, matrix: list[float], *_: Any) -> None:
        starts.setdefault(text.strip(" ؟"), matrix[4])

    reader.pages[0].extract_text(visitor_text=visit)
    assert starts["ماذا"] > starts["رأى"] > starts["المراقبون"]


def test_long_words_do_not_stop_the_typesetter(mission: Sample) -> None:
    reader = pdf(mission, "kk", long())
    assert len(reader.pages) >= 2
    assert "\u200b" not in text_of(reader)
    assert reader.metadata is not None
    assert "\u200b" not in str(reader.metadata.title)


def test_a_letter_without_a_glyph_is_refused_by_name(mission: Sample) -> None:
    edition = edition_json(languages=["en"])
    edition["documents"][0]["title"] = {"en": "観察"}
    with pytest.raises(TypesettingError, match=r"statement\.en\.pdf: .*観"):
        made(mission, "en", edition_from_json(edition))


def test_the_date_of_the_file_is_the_release(mission: Sample) -> None:
    reader = pdf(mission, "en")
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.timestamp() == edition_from_json(edition_json()).released.at.timestamp()
