"""Edition, figures and a language → the document tree. Every word of a document is chosen here or before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Figure, Kind, Origin
from paragraph8.domain.text import Text
from paragraph8.statistics.observations import SEVERAL
from paragraph8.wording.languages import NO_BREAK_SPACE, SHIPPED
from paragraph8.wording.nouns import noun_of
from paragraph8.wording.numbers import format_date, format_integer, format_time
from paragraph8.wording.phrases import WORDS
from paragraph8.wording.sentences import Piece as Quoted
from paragraph8.wording.sentences import WordingError, render

from . import edition as ed
from .estimates import estimate_facts
from .labels import (
    BASES,
    BASES_EXPLAINED,
    KINDS,
    LABELS,
    METHODS_EXPLAINED,
    ORIGINS,
    REASONS,
    WITHHELD,
)
from .languages import own_name
from .manifest import grouped
from .release import Release
from .tree import (
    Bar,
    Card,
    Cell,
    Chart,
    Document,
    Fact,
    Piece,
    Section,
    Segment,
    Sentence,
    Table,
    Verification,
    Words,
)

LEAST_FOR_A_BAR = 10
"""Fewer answers are printed as counts and not drawn."""
PER_CENT_PER_DIGIT = 3
"""How much of a bar on a phone one digit takes."""
COLUMNS_OF_A_PHONE = 4
"""With more bars than this the table of a chart has one row per bar, otherwise one column per bar."""


class ChartError(ValueError):
    """The figures of a share bar do not divide up one set of reports."""


def build(release: Release, code: str, language: str) -> Document:
    """The tree of one document in one language.

    Raises `WordingError` when a sentence says what its figures do not carry, `ChartError` when the parts of a share
    bar do not belong together.
    """
    return _Builder(release, language).document(release.edition.document(code))


class _Builder:
    """Collects the evidence cards of one document while its sentences and charts are built."""

    def __init__(self, release: Release, language: str) -> None:
        self.release = release
        self.language = language
        self.fixed = language if language in SHIPPED else SHIPPED[0]
        """The language of labels and of facts made of labels."""
        self.cards: dict[str, Card] = {}

    def document(self, document: ed.Document) -> Document:
        edition = self.release.edition
        mission = edition.mission
        lead = next((sentence for sentence in document.sentences() if sentence.id == document.lead), None)
        built_lead = self._sentence(lead) if lead else None
        sections = tuple(self._section(section, document.lead) for section in document.sections)
        notice = self.release.notice
        return Document(
            code=document.code,
            kind=document.kind,
            language=self.language,
            languages=edition.languages,
            notice=self._shown(notice) if notice.languages() else None,
            institutions=tuple(self._shown(institution) for institution in mission.institutions),
            kind_name=self._shown(KINDS[document.kind]),
            mission=self._shown(mission.title),
            title=self._shown(document.title),
            dateline=self._shown(document.dateline),
            heard_until=self._label("heard-until", moment=self._moment(edition.freeze.heard_until)),
            published=self._label("published", moment=self._moment(edition.released.at), n=edition.released.version),
            origin=self._shown(ORIGINS[Origin.SIMULATED]) if mission.simulated else None,
            lead=built_lead,
            sections=tuple(section for section in sections if section.paragraphs or section.charts),
            withheld=self._withheld(),
            cards=tuple(self.cards.values()),
            verification=Verification(grouped(self.release.root), grouped(self.release.signer)),
            contacts=tuple(self._shown(contact) for contact in mission.contacts),
        )

    # Words.

    def _shown(self, text: Text) -> Words:
        return text.shown(self.language)

    def _label(self, code: str, **values: int | str) -> Words:
        spelled = {
            name: format_integer(value, self.fixed) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return Words(LABELS[code].shown(self.fixed).string.format(**spelled), self.fixed)

    def _fixed(self, text: Text) -> str:
        return text.shown(self.fixed).string

    def _moment(self, moment: datetime) -> str:
        return self._label(
            "moment", date=format_date(moment.date(), self.fixed), time=format_time(moment.time(), self.fixed)
        ).string

    def _number(self, n: int) -> Words:
        return Words(format_integer(n, self.language), self.language)

    # Sentences.

    def _section(self, section: ed.Section, lead: str) -> Section:
        paragraphs = (
            tuple(self._sentence(sentence) for sentence in paragraph.sentences if sentence.id != lead)
            for paragraph in section.paragraphs
        )
        return Section(
            code=section.code,
            title=self._shown(section.title),
            paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
            charts=tuple(self._chart(bars, f"{section.code}-{i}") for i, bars in enumerate(section.bars, start=1)),
        )

    def _sentence(self, sentence: ed.Sentence) -> Sentence:
        shown = self._shown(sentence.texts)
        rendered = render(shown.string, self.release.figures, shown.language)
        quoted = [piece.key if _is_number(piece) else "" for piece in rendered.pieces]
        last = {key: i for i, key in enumerate(quoted)}
        pieces = tuple(
            Piece(piece.string, self._card(key).number, last[key] == i) if key else Piece(piece.string)
            for i, (piece, key) in enumerate(zip(rendered.pieces, quoted, strict=True))
        )
        fallback = None
        if shown.language != self.language:
            fallback = self._label("fallback", language=own_name(shown.language))
        return Sentence(
            id=sentence.id,
            language=shown.language,
            pieces=pieces,
            cards=tuple(dict.fromkeys(piece.card for piece in pieces if piece.card)),
            facts=tuple(self._sentence_facts(sentence)),
            fallback=fallback,
        )

    def _sentence_facts(self, sentence: ed.Sentence) -> Iterable[Fact]:
        for literal in sentence.literals:
            said = self._shown(literal.string)
            told = f"{said.string}: {literal.source}" if literal.source else said.string
            yield Fact(self._label("source"), Words(told, said.language))
        for source in sentence.sources:
            yield Fact(self._label("source"), self._shown(source))
        for commitment in sentence.commitments:
            yield Fact(self._label("commitment"), self._shown(commitment))

    # Evidence cards.

    def _card(self, key: str) -> Card:
        if key not in self.cards:
            figure = self.release.figures[key]
            self.cards[key] = Card(
                number=len(self.cards) + 1,
                key=key,
                headline=self._headline(figure),
                title=self._shown(figure.title),
                basis=self._shown(BASES[figure.basis]),
                origin=self._origin(figure),
                facts=tuple(self._facts(figure)),
            )
        return self.cards[key]

    def _headline(self, figure: Figure) -> Words:
        """What the figure says in digits: 369 of 1,099 observations; 1 099 байқаудың 369-ы."""
        if figure.kind is Kind.YES_NO:
            return Words(self._answer(figure), self.fixed)
        if figure.kind is Kind.ESTIMATE:
            return Words(render(f"{{{figure.key}:estimate|nom}}", self.release.figures, self.fixed).text, self.fixed)
        whole = "of|poss" if self.fixed == "kk" else "of"
        template = f"{{{figure.key}:{whole if figure.kind is Kind.SHARE else 'x|unit'}}}"
        return Words(render(template, self.release.figures, self.fixed).text, self.fixed)

    def _answer(self, figure: Figure) -> str:
        return self._fixed(LABELS["yes" if figure.value else "no"])

    def _origin(self, figure: Figure) -> Words | None:
        return None if figure.origin is Origin.REAL else self._shown(ORIGINS[figure.origin])

    def _facts(self, figure: Figure) -> Iterable[Fact]:
        def fact(label: str, value: str, *, code: bool = False) -> Fact:
            return Fact(self._label(label), Words(value, self.fixed), code)

        yield Fact(self._label("counted"), self._shown(figure.title))
        if figure.kind is Kind.SHARE:
            yield fact("numerator", self._integer(figure.numerator))
            yield fact("denominator", self._integer(figure.denominator))
            share = self._share(figure)
            if share:
                yield fact("share", share)
            yield fact("left-out", self._left_out(figure))
        elif figure.estimate is not None:
            yield from (fact(label, value) for label, value in estimate_facts(figure, self.fixed))
            yield fact("left-out", self._left_out(figure))
        elif figure.kind is Kind.YES_NO:
            yield fact("answer-of-claim", self._answer(figure))
        else:
            yield fact("number", self._integer(figure.value))
        yield fact("unit", self._fixed(noun_of(figure.unit).name()))
        reach = (("stations", figure.n_stations), ("teams", figure.n_teams), ("areas", figure.n_areas))
        seen = [self._label(name, n=n).string for name, n in reach if n is not None]
        if seen:
            yield fact("seen-in", "; ".join(seen))
        change = self._label("change", n=figure.as_of).string
        yield fact("as-of", f"{change}; {self._moment(self.release.edition.freeze.heard_until)}")
        yield fact("method", self._method(figure.method))
        yield fact("basis", f"{self._fixed(BASES[figure.basis])}: {self._fixed(BASES_EXPLAINED[figure.basis])}")
        yield fact("origin", self._fixed(ORIGINS[figure.origin]))
        if figure.inputs:
            yield fact("derived-from", ", ".join(str(key) for key in figure.inputs), code=True)
        if figure.source:
            yield fact("source", figure.source)
        yield fact("key", str(figure.key), code=True)
        commitment = self.release.commitments.get(str(figure.key))
        if commitment:
            yield fact("fingerprint", grouped(commitment), code=True)
        else:
            yield Fact(self._label("fingerprint"), self._label("no-fingerprint"))

    def _integer(self, n: int | None) -> str:
        return "–" if n is None else format_integer(n, self.fixed)

    def _share(self, figure: Figure) -> str:
        """The share in words where a share may be printed at all; the wording rules decide."""
        try:
            return render(f"{{{figure.key}:share}}", self.release.figures, self.fixed).text
        except WordingError:
            return ""

    def _left_out(self, figure: Figure) -> str:
        """The total with its reasons; forms without a station are no stations and stand beside it."""
        told = {
            reason: f"{self._reason(reason)}{NO_BREAK_SPACE}{format_integer(n, self.fixed)}"
            for reason, n in figure.left_out
            if n
        }
        beside = told.pop(FORMS_WITHOUT_STATION, "")
        total = figure.left_out_total()
        inside = f"{format_integer(total, self.fixed)}: {', '.join(told.values())}"
        return "; ".join(filter(None, [inside if total else self._fixed(LABELS["nothing-left-out"]), beside]))

    def _reason(self, reason: str) -> str:
        return self._fixed(REASONS[reason]) if reason in REASONS else reason

    def _method(self, method: str) -> str:
        name = method.partition("@")[0]
        return f"{self._fixed(METHODS_EXPLAINED[name])} ({method})" if name in METHODS_EXPLAINED else method

    # Charts.

    def _chart(self, bars: ed.Bars, name: str) -> Chart:
        rows = [self._bar_figures(row) for row in bars.rows]
        drawn = [figures for figures in rows if figures]
        others = any(_uncovered(figures) for figures in drawn)
        legend = [(place, self._shown(answer)) for place, answer in enumerate(bars.answers, start=1)]
        if others:
            legend.append((0, self._label("other-answers")))
        origins = [figure for figures in drawn for figure in figures if figure.origin is not Origin.REAL]
        return Chart(
            id=f"chart-{name}",
            title=self._shown(bars.title),
            legend=tuple(legend),
            left_out=self._label("rest-of-bar"),
            bars=tuple(self._bar(row, figures) for row, figures in zip(bars.rows, rows, strict=True)),
            table=self._table(bars, rows, others=others),
            cards=tuple(dict.fromkeys(self._card(str(figure.key)).number for figures in drawn for figure in figures)),
            origin=self._origin(origins[0]) if origins else None,
        )

    def _bar_figures(self, row: ed.BarRow) -> tuple[Figure, ...]:
        """The shares of a bar; none when one of them is withheld. Raises `ChartError`."""
        if any(key in self.release.withheld for key in row.keys):
            return ()
        missing = [key for key in row.keys if key not in self.release.figures]
        if missing:
            raise ChartError(f"no figure {missing[0]} for the bar {row.title}")
        figures = tuple(self.release.figures[key] for key in row.keys)
        if any(figure.kind is not Kind.SHARE for figure in figures):
            raise ChartError(f"the bar {row.title} is not made of shares")
        if len({(figure.denominator, figure.left_out_total(), figure.unit) for figure in figures}) > 1:
            raise ChartError(f"the shares of the bar {row.title} have different denominators")
        answers = [answer for figure in figures for answer in figure.key.dimension("answer").split(SEVERAL)]
        if len(set(answers)) < len(answers):
            raise ChartError(f"the bar {row.title} counts an answer twice")
        if _uncovered(figures) < 0:
            raise ChartError(f"the answers of the bar {row.title} add up to more than the whole")
        return figures

    def _bar(self, row: ed.BarRow, figures: Sequence[Figure]) -> Bar:
        title = self._shown(row.title)
        if not figures:
            return Bar(title, None, (), 0, self._why_withheld(row))
        denominator, left_out = figures[0].denominator or 0, figures[0].left_out_total()
        unit = render(f"{{{figures[0].key}:y|unit}}", self.release.figures, self.fixed).text
        total = Words(unit, self.fixed)
        if denominator < LEAST_FOR_A_BAR:
            return Bar(title, total, (), left_out, self._label("too-few-for-a-bar"))
        parts = [*((place, figure.numerator or 0) for place, figure in enumerate(figures, start=1))]
        if _uncovered(figures):
            parts.append((0, _uncovered(figures)))
        segments = tuple(Segment(place, n, self._bar_label(n, denominator + left_out)) for place, n in parts if n)
        return Bar(title, total, segments, left_out, None)

    def _bar_label(self, n: int, whole: int) -> str:
        label = self._number(n).string
        return label if 100 * n >= PER_CENT_PER_DIGIT * len(label) * whole else ""

    def _why_withheld(self, row: ed.BarRow) -> Words:
        reason = next(self.release.withheld[key] for key in row.keys if key in self.release.withheld)
        return Words(self._fixed(WITHHELD[reason]), self.fixed)

    def _table(self, bars: ed.Bars, rows: Sequence[Sequence[Figure]], *, others: bool) -> Table:
        """One column per bar while a phone has room for them, otherwise one row per bar."""
        labels = [self._shown(answer) for answer in bars.answers]
        if others:
            labels.append(self._label("other-answers"))
        labels.append(self._label("rest-of-bar"))
        titles = [self._shown(row.title) for row in bars.rows]
        columns = [self._cells(figures, len(labels)) for figures in rows]
        if len(columns) <= COLUMNS_OF_A_PHONE:
            header = (self._label("answer"), *titles)
            body = tuple((Cell(label), *(column[i] for column in columns)) for i, label in enumerate(labels))
        else:
            header = (self._label("reports"), *labels)
            body = tuple((Cell(title), *column) for title, column in zip(titles, columns, strict=True))
        return Table(self._shown(bars.title), header, body)

    def _cells(self, figures: Sequence[Figure], n: int) -> list[Cell]:
        if not figures:
            return [Cell(self._label("not-published"), missing=True)] * n
        cells = [Cell(self._number(figure.numerator or 0), self._card(str(figure.key)).number) for figure in figures]
        if n > len(cells) + 1:
            cells.append(Cell(self._number(_uncovered(figures))))
        return [*cells, Cell(self._number(figures[0].left_out_total()))]

    # What is not published.

    def _withheld(self) -> tuple[Words, ...]:
        reasons = list(self.release.withheld.values())
        return tuple(
            self._label("withheld-count", n=reasons.count(reason), reason=_sentence_case(self._fixed(text)))
            for reason, text in WITHHELD.items()
            if reason in reasons
        )


def _is_number(piece: Quoted) -> bool:
    """Whether a piece says something of its figure; a word that only agrees with it (was, were) does not."""
    name, _, inflection = piece.format.partition("|")
    return bool(piece.key) and (name == WORDS or "/" not in inflection)


def _uncovered(figures: Sequence[Figure]) -> int:
    """Answers of the question that no column of the chart shows."""
    return (figures[0].denominator or 0) - sum(figure.numerator or 0 for figure in figures)


def _sentence_case(string: str) -> str:
    return string[:1].upper() + string[1:]
