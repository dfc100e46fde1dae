"""The document tree → one HTML file: no script, nothing loaded, every number a link to its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element

from .labels import LABELS
from .languages import direction, own_name
from .manifest import ungrouped
from .markup import Child, element, page
from .tree import Bar, Cell, Chart, Document, Fact, Section, Sentence, Table, Words

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Even if a text held a script, no browser would run it."""

_WITH_ENDING = re.compile(r"(\d+-\w+)")
HEADLINES = 3
"""Figures named on a closed card; the others show when it opens."""
FIRST_WORDS = 8
PLACES = 5
"""Colours of a share bar; further answers share the last."""


@cache
def stylesheet() -> str:
    """The text of `release.css`."""
    return files(__package__).joinpath("text", "release.css").read_text(encoding="utf-8")


def to_html(document: Document) -> bytes:
    """The page of a document. The same tree gives the same bytes."""
    return _Page(document).bytes()


def head(title: str, *more: Child, robots: bool, notice: str = "") -> Element:
    """The head that every page of a release has; the notice goes to the top of every printed page."""
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        None if robots else element("meta", {"name": "robots", "content": "noindex"}),
        element("title", None, title),
        *more,
        element("style", None, stylesheet() + (_on_every_sheet(notice) if notice else "")),
    )


def _on_every_sheet(notice: str) -> str:
    """A rule of the stylesheet; letters are spelt as numbers, so that no text can end the string."""
    spelt = "".join(f"\\{ord(letter):06x}" for letter in notice)
    return f'@page {{ @top-left {{ content: "{spelt}"; font: 600 8pt sans-serif; color: #5a3a86; width: 100%; }} }}\n'


class _Page:
    """One page; `inside` is the language that surrounds whatever is being written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language

    def bytes(self) -> bytes:
        document = self.document
        alternates = [
            element("link", {"rel": "alternate", "hreflang": tag, "href": f"{document.code}.{tag}.html"})
            for tag in document.languages
        ]
        simulated = document.origin is not None
        notice = document.notice.string if document.notice else ""
        return page(
            element(
                "html",
                {"lang": self.language, "dir": direction(self.language)},
                head(document.title.string, *alternates, robots=not simulated, notice=notice),
                element("body", None, self._notice(), self._top(), self._main()),
            )
        )

    # Words.

    def _label(self, code: str) -> Words:
        return LABELS[code].shown(self.language)

    def _tongue(self, words: Words) -> dict[str, str]:
        """The attributes that tell a language apart from the page's own."""
        if words.language == self.language:
            return {}
        return {"lang": words.language, "dir": direction(words.language)}

    def _words(self, tag: str, words: Words, **attributes: str) -> Element:
        """An element that holds words in their own language; `klass` stands for `class`."""
        named = {"class" if name == "klass" else name: value for name, value in attributes.items()}
        return element(tag, {**named, **self._tongue(words)}, words.string)

    # The parts of the page, from top to bottom.

    def _notice(self) -> Element | None:
        if not self.document.notice:
            return None
        name = self._label("origin-of-page")
        return element(
            "aside", {"class": "notice", "aria-label": name.string}, self._words("span", self.document.notice)
        )

    def _top(self) -> Element:
        names: list[Child] = []
        for institution in self.document.institutions:
            names += [" · " if names else None, self._words("b", institution)]
        links: list[Child] = []
        for tag in self.document.languages:
            if tag == self.language:
                links.append(element("b", {"aria-current": "true"}, own_name(tag)))
            else:
                href = f"{self.document.code}.{tag}.html"
                tongue = {"lang": tag, "hreflang": tag, "dir": direction(tag)}
                links.append(element("a", {"href": href, **tongue}, own_name(tag)))
        nav = element("nav", {"class": "tongues", "aria-label": self._label("languages").string}, *links)
        return element("header", {"class": "top"}, element("p", None, *names), nav)

    def _main(self) -> Element:
        document = self.document
        return element(
            "main",
            {"class": "sheet"},
            element(
                "p",
                {"class": "quiet small"},
                self._words("span", document.kind_name),
                " · ",
                self._words("span", document.mission),
            ),
            self._words("h1", document.title),
            self._stamp(),
            self._said([document.lead], "said lead") if document.lead else None,
            self._words("p", self._label("opens"), klass="hint"),
            *(self._section(section) for section in document.sections),
            self._withheld(),
            self._verification(),
        )

    def _stamp(self) -> Element:
        document = self.document
        parts: list[Child] = []
        for words in (document.dateline, document.published, document.heard_until):
            if words.string:
                parts += [". " if parts else None, self._words("span", words)]
        parts.append(". ")
        if document.origin:
            parts.append(self._words("span", document.origin, klass="origin"))
        return element("p", {"class": "stamp"}, *parts)

    def _section(self, section: Section) -> Element:
        return element(
            "section",
            {"id": f"section-{section.code}"},
            self._words("h2", section.title),
            *(self._said(paragraph, "said") for paragraph in section.paragraphs),
            *(self._chart(chart) for chart in section.charts),
        )

    def _said(self, sentences: Sequence[Sentence], css: str) -> Element:
        """A paragraph, and under it what its sentences rest on."""
        said: list[Child] = []
        for sentence in sentences:
            said += [" " if said else None, self._sentence(sentence)]
            if sentence.fallback:
                said += [" ", self._words("span", sentence.fallback, klass="fallback")]
        return element("div", {"class": css}, element("p", {"class": "voice"}, *said), self._evidence(sentences))

    def _sentence(self, sentence: Sentence) -> Element:
        pieces: list[Child] = []
        for piece in sentence.pieces:
            href = f"#card-{sentence.id}-{piece.card}"
            number = {"class": "num", "href": href}
            pieces.append(element("a", number, *_kept_together(piece.string)) if piece.card else piece.string)
        attributes = {"class": "sentence", "id": f"sentence-{sentence.id}", "data-sentence": sentence.id}
        return element("span", {**attributes, **self._tongue(Words("", sentence.language))}, *pieces)

    def _evidence(self, sentences: Sequence[Sentence]) -> Element | None:
        """What the sentences of a paragraph rest on; each is named by its first words where there are several."""
        resting = [sentence for sentence in sentences if sentence.cards or sentence.facts]
        if not resting:
            return None
        rests: list[Child] = []
        for sentence in resting:
            if len(sentences) > 1:
                rests.append(self._first_words(sentence))
            rests += [self._rest(f"card-{sentence.id}-{number}", number) for number in sentence.cards]
            rests.append(self._facts(sentence.facts) if sentence.facts else None)
        return element("details", {"class": "card bare"}, self._summary(resting), element("div", None, *rests))

    def _summary(self, sentences: Sequence[Sentence]) -> Element:
        cards = [self.document.card(n) for n in dict.fromkeys(n for sentence in sentences for n in sentence.cards)]
        summary: list[Child] = [self._words("span", self._label("evidence-of-sentence"), klass="hide"), " "]
        for i, card in enumerate(cards[:HEADLINES]):
            summary += [" · " if i else None, self._words("b", card.headline)]
        if len(cards) > HEADLINES:
            summary.append(" …")
        labels = [card.basis for card in cards] + [fact.label for sentence in sentences for fact in sentence.facts]
        for words in dict.fromkeys(labels):
            summary += [" ", self._words("span", words, klass="basis")]
        return element("summary", None, *summary)

    def _first_words(self, sentence: Sentence) -> Element:
        words = sentence.text.split(" ")
        start = " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
        tongue = self._tongue(Words("", sentence.language))
        return element("p", {"class": "start"}, element("a", {"href": f"#sentence-{sentence.id}", **tongue}, start))

    def _rest(self, name: str, number: int) -> Element:
        return element("div", {"class": "rest", "id": name}, self._facts(self.document.card(number).facts))

    def _facts(self, facts: Sequence[Fact]) -> Element:
        lines: list[Child] = []
        for fact in facts:
            css = {"klass": "mono"} if fact.code else {}
            lines += [self._words("dt", fact.label), self._words("dd", fact.value, **css)]
        return element("dl", {"class": "facts"}, *lines)

    # Charts.

    def _chart(self, chart: Chart) -> Element:
        legend = [self._words("li", words, klass=_place(place)) for place, words in chart.legend]
        legend.append(self._words("li", chart.left_out, klass="out"))
        bars = [part for bar in chart.bars for part in self._bar(bar)]
        link = element("a", {"href": "figures.csv"}, f"{self._label('data').string} (CSV)")
        return element(
            "figure",
            {"class": "chart", "id": chart.id},
            self._words("h3", chart.title),
            element("ul", {"class": "key"}, *legend),
            element("div", {"class": "bars"}, *bars),
            self._plain("as-table", self._table(chart)),
            self._plain("evidence-of-chart", *(self._rest(f"card-{chart.id}-{n}", n) for n in chart.cards)),
            element(
                "figcaption",
                {"class": "src"},
                self._words("span", chart.origin, klass="origin") if chart.origin else None,
                self._words("span", self._label("bars-explained")),
                link,
            ),
        )

    def _bar(self, bar: Bar) -> list[Element]:
        title: list[Child] = [self._words("b", bar.title)]
        if bar.total:
            title += [" ", self._words("span", bar.total, klass="quiet")]
        if bar.note:
            title += [" ", self._words("span", bar.note, klass="un")]
        if not bar.segments:
            return [element("p", None, *title)]
        parts = [
            element("i", {"class": _place(segment.place), "style": f"--v:{segment.n}"}, segment.label)
            for segment in bar.segments
        ]
        if bar.left_out:
            parts.append(element("i", {"class": "out", "style": f"--v:{bar.left_out}"}))
        return [element("p", None, *title), element("div", {"class": "share", "aria-hidden": "true"}, *parts)]

    def _table(self, chart: Chart) -> Element:
        table: Table = chart.table
        first, *others = table.header
        header = [self._words("th", first, scope="col")]
        header += [self._words("th", words, scope="col", klass="n") for words in others]
        rows = []
        for row in table.rows:
            cells = [self._words("th", row[0].words, scope="row"), *(self._cell(chart, cell) for cell in row[1:])]
            rows.append(element("tr", None, *cells))
        made = element(
            "table",
            None,
            self._words("caption", table.caption, klass="hide"),
            element("thead", None, element("tr", None, *header)),
            element("tbody", None, *rows),
        )
        region = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": table.caption.string}
        return element("div", {**region, **self._tongue(table.caption)}, made)

    def _cell(self, chart: Chart, cell: Cell) -> Element:
        if cell.missing:
            return element("td", {"class": "n"}, self._words("span", cell.words, klass="un"))
        if not cell.card:
            return self._words("td", cell.words, klass="n")
        link = element("a", {"class": "num", "href": f"#card-{chart.id}-{cell.card}"}, cell.words.string)
        return element("td", {"class": "n", **self._tongue(cell.words)}, link)

    def _plain(self, label: str, *children: Child) -> Element:
        summary = self._words("summary", self._label(label))
        return element("details", {"class": "card plain"}, summary, element("div", None, *children))

    # What is not published, and how to check the rest.

    def _withheld(self) -> Element | None:
        if not self.document.withheld:
            return None
        lines = (self._words("li", words) for words in self.document.withheld)
        title = self._words("h2", self._label("withheld"))
        return element("section", {"id": "withheld"}, title, element("ul", {"class": "list"}, *lines))

    def _verification(self) -> Element:
        document, tag = self.document, self.language
        links = [
            element("a", {"href": f"{document.code}.{tag}.pdf"}, "PDF"),
            element("a", {"href": f"{document.code}.{tag}.docx"}, "DOCX"),
            element("a", {"href": "figures.csv"}, "CSV"),
            element("a", {"href": "figures.json"}, "JSON"),
            element("a", {"href": "manifest.json"}, "manifest.json"),
        ]
        contacts: list[Child] = [self._words("span", self._label("contact")), ": "]
        for i, contact in enumerate(document.contacts):
            contacts += [" · " if i else None, self._words("span", contact)]
        hashed = {"class": "mono hash", "dir": "ltr"}
        return element(
            "section",
            {"id": "verify"},
            self._words("h2", self._label("check-yourself")),
            self._words("p", self._label("root-explained")),
            self._words("p", self._label("root"), klass="label"),
            element("p", {**hashed, "data-root": ungrouped(document.verification.root)}, document.verification.root),
            self._words("p", self._label("signer"), klass="label"),
            element("p", hashed, document.verification.signer),
            self._words("p", self._label("how-to-verify")),
            self._words("p", self._label("other-formats"), klass="label screen"),
            element("p", {"class": "links"}, *links),
            element("p", {"class": "small quiet foot"}, *contacts) if document.contacts else None,
        )


def _kept_together(number: str) -> list[Child]:
    """A number and its Kazakh ending never part at the hyphen: 369-ында."""
    parts = _WITH_ENDING.split(number)
    return [element("span", {"class": "together"}, part) if i % 2 else part for i, part in enumerate(parts)]


def _place(place: int) -> str:
    return f"a{min(place, PLACES)}"
