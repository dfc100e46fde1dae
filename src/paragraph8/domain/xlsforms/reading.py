"""From the bytes of an upload to a form and a report about it in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from paragraph8.domain.forms import Form

from .conversion import Conversion
from .findings import Finding, Weight, of_weight
from .lint import lint, lint_sheets
from .settings import settings_of
from .structure import structure_of
from .workbook import FormRefusedError, read_workbook
from .xform import to_xform


@dataclass(frozen=True)
class Reading:
    """What came out of an upload. `form` and `xform` (for ODK Collect) are there unless `errors` says why not."""

    form: Form | None
    xform: str
    findings: tuple[Finding, ...]

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """Why the form cannot be taken; empty when it can."""
        return of_weight(self.findings, Weight.ERROR)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """What will not be as its author may think."""
        return of_weight(self.findings, Weight.WARNING)

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        """What is worth knowing."""
        return of_weight(self.findings, Weight.INFO)


def read_xlsform(data: bytes, *, languages: Sequence[str] = ()) -> Reading:
    """Read an XLSForm, as a workbook or as text. `languages` are those that the mission works in.

    The same bytes give the same reading. It takes about a second for the first form of a process, and a tenth for each
    further one.
    """
    try:
        book = read_workbook(data)
    except FormRefusedError as refused:
        return Reading(None, "", refused.findings)
    structure = structure_of(book)
    findings = [*book.findings, *structure.findings]
    settings = settings_of(book, findings)
    if of_weight(findings, Weight.ERROR):
        return Reading(None, "", tuple(findings))
    xform, said = to_xform(book, title=settings.title.shown(settings.language).string)
    findings += said
    if xform is None:
        return Reading(None, "", tuple(findings))
    conversion = Conversion(book, structure, xform, settings)
    form = conversion.form()
    findings += conversion.findings
    findings += lint(form, {item.name: item.row for item in structure.items})
    findings += lint_sheets(book, structure, settings.title, settings.language, languages)
    whole = not of_weight(findings, Weight.ERROR)
    return Reading(form if whole else None, xform.xml if whole else "", tuple(findings))
