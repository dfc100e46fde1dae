"""Files that are no XLSForm, or should not be opened, are refused before anything of them is used."""

from __future__ import annotations

import io
import zipfile

import pytest

from forms.sheets import q, text, workbook
from paragraph8.domain.xlsforms.files import to_csv
from paragraph8.domain.xlsforms.reading import read_xlsform
from paragraph8.domain.xlsforms.workbook import MOST_CHARACTERS, MOST_ROWS


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A workbook with parts added or replaced; `__` in a name stands for "/", `_dot_` for "."."""
    named = {name.replace("_dot_", ".").replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in named:
                target.writestr(name, source.read(name))
        for name, content in named.items():
            target.writestr(name, content)
    return out.getvalue()


GOOD = workbook(q("integer", "A"))
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "not-a-workbook", "empty"),
        (b"\x00\x01\x02", "no-survey", "survey"),
        (b"name,age\nAnn,5\n", "no-survey", "survey"),
        (b"PK\x03\x04 nothing", "not-a-workbook", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not-a-workbook", "old or binary"),
        (repacked(GOOD, xl__vbaProject_dot_bin=b"macro"), "macros", "macros"),
        (repacked(GOOD, xl__sharedStrings_dot_xml=DTD), "not-a-workbook", "entities"),
        (repacked(GOOD, xl__media__bomb_dot_xml=b"0" * 60_000_000), "not-a-workbook", "unpacks"),
        (to_csv({"survey": [["type", "name"]], "settings": [["form_id"], ["x"]]}), "no-survey", "survey"),
        (text(*(q("integer", f"A{n}") for n in range(MOST_ROWS["survey"] + 1))), "too-large", "at most"),
        (text(q("integer", "A", hint__en="x" * (MOST_CHARACTERS + 1))), "long-cell", "characters"),
        (b'survey,,\n,type,name\n,integer,"A' + b"x" * 200_000, "broken-text", "quotation"),
    ],
    ids=["empty", "bytes", "list", "torn", "old", "macros", "entities", "bomb", "header", "rows", "cell", "quote"],
)  # fmt: skip
def test_it_is_refused_with_the_reason(data, code, said):
    reading = read_xlsform(data)
    assert [found.code for found in reading.findings] == [code]
    assert said in reading.findings[0].text().shown("en").string
    assert reading.findings[0].text().languages() == {"en", "kk", "ru"}
    assert reading.form is None


def test_what_looks_like_a_formula_stays_text():
    reading = read_xlsform(workbook(q("text", "A", hint__en="=1+1"), q("text", "B", hint__en="=cmd|'/c calc'!A1")))
    assert reading.form is not None
    assert [str(question.hint) for question in reading.form.questions()] == ["=1+1", "=cmd|'/c calc'!A1"]


@pytest.mark.parametrize("kind", ["include ../../etc/passwd", "osm", "xml-external", "csv-external", "begin_loop x"])
def test_types_that_look_into_files_read_none(kind):
    reading = read_xlsform(text(q(kind, "A"), q("integer", "B")))
    assert reading.form is None or [question.code for question in reading.form.questions()] == ["B"]


def test_words_of_a_form_cannot_become_markup_of_the_xform():
    reading = read_xlsform(text(q("text", "A", label__en="<script>x</script> & <output value='/data/B'/>")))
    assert "<script>" not in reading.xform


def test_expressions_meant_to_exhaust_are_left_aside_quickly():
    deep = "(" * 3_000 + "1 = 1" + ")" * 3_000
    many = " or ".join(f"${{A}} = '{n}'" for n in range(400))
    reading = read_xlsform(text(q("text", "A"), q("integer", "B", relevant=deep), q("integer", "C", relevant=many)))
    assert [found.question for found in reading.findings if found.code == "outside-grammar"] == ["B", "C"]
