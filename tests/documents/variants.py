"""Editions that are hard to set: other scripts, missing translations, hostile and very long texts."""

from __future__ import annotations

from typing import Any

from documents.sample import Sample
from documents.texts import COUNT, edition_json, said, sentence
from paragraph8.documents.disclosure import disclose
from paragraph8.documents.edition import Edition, edition_from_json
from paragraph8.documents.release import Release

HOSTILE = (
    "<script>alert('1')</script> &amp; \"q\" *b* _i_ #set page(width: 1pt) $x$ @ref `c` \\ [l](x) ]]> --> {{y}} \u200f"
)


def release_of(mission: Sample, edition: Edition) -> Release:
    disclosed = disclose(mission.figures)
    return Release(
        edition=edition,
        figures={str(figure.key): figure for figure in disclosed.figures},
        withheld=disclosed.withheld,
        commitments={COUNT: "ab" * 32},
        signer="cd" * 32,
    )


def albanian_and_arabic() -> Edition:
    """Nobody translated the second sentence and the institutions' names."""
    first = {
        "sq": f"Numërimi u vlerësua negativisht në {{{COUNT}:x}} nga {{{COUNT}:y}} vëzhgime.",
        "ar": f"قُيِّم الفرز سلبا في {{{COUNT}:x}} من {{{COUNT}:y}} ملاحظة.",
    }
    return edition_from_json(
        edition_json(
            languages=["sq", "ar"],
            documents=[
                {
                    "code": "statement",
                    "kind": "statement",
                    "title": {"sq": "Çfarë panë vëzhguesit?", "ar": "ماذا رأى المراقبون؟"},
                    "dateline": {},
                    "lead": "",
                    "sections": [
                        {
                            "code": "count",
                            "title": {"sq": "Numërimi", "ar": "الفرز"},
                            "paragraphs": [
                                said(
                                    {"id": "s-1", "texts": first},
                                    {"id": "s-2", "texts": {"en": f"It was observed in {{{COUNT}:of}}."}},
                                )
                            ],
                            "bars": edition_json()["documents"][0]["sections"][0]["bars"],
                        }
                    ],
                }
            ],
        )
    )


def hostile() -> Edition:
    """Every text that an author may write holds what some format would run or choke on."""

    def poison(value: Any) -> Any:
        if isinstance(value, list):
            return [poison(item) for item in value]
        if (
            isinstance(value, dict)
            and value
            and all(isinstance(text, str) for text in value.values())
            and "en" in value
        ):
            return {tag: f"{text} {HOSTILE}" for tag, text in value.items()}
        if isinstance(value, dict):
            return {name: inner if name in ("mission", "freeze") else poison(inner) for name, inner in value.items()}
        return value

    return edition_from_json(poison(edition_json(languages=["en", "kk"])))


def long() -> Edition:
    """Words and titles longer than a phone is wide."""
    word = "Сайлаушыларыңыздағылардікіндей" * 4
    text = f"{word} {{{COUNT}:of}} {word}."
    edition = edition_json(languages=["kk"])
    statement = edition["documents"][0]
    statement["title"] = {"kk": f"{word} {word}"}
    statement["sections"][0]["paragraphs"] = [said(sentence("long", text, text, text))]
    statement["sections"][0]["bars"][0]["rows"][0]["title"] = {"kk": word}
    statement["sections"][0]["bars"][0]["answers"][0] = {"kk": word}
    return edition_from_json(edition)
