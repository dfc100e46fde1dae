"""What the desk types to correct a report. The operation decides what is right; a form only reads what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.documents.labels import REASONS
from paragraph8.domain.answers import Missing
from paragraph8.domain.forms import Form, Kind, Question
from paragraph8.domain.text import Text
from paragraph8.web.paging import number_in

from .operations import RefusedCorrectionError, correct
from .queries import ReportFile, corrected_since, newest_correction

OFFERED = (
    Missing.NO_ANSWER,
    Missing.NOT_OBSERVED,
    Missing.NOT_AVAILABLE,
    Missing.NOT_APPLICABLE,
    Missing.NOT_KNOWN,
    Missing.REFUSED,
)
"""Reasons that a person at the desk may give; the others are found by reading or mean that nobody asked."""
MOST_WORDS = 2_000
MOST_CHARACTERS = 200
_SEPARATORS = str.maketrans("", "", " \u00a0\u202f,")


class CorrectionForm(forms.Form):
    """A correction with its reason. `seen` is the newest correction that the page knew of when it was opened."""

    kind = ""
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Who reads this later must understand why. Name no person."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a reason: who reads this later must understand why.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, file: ReportFile, viewer: Viewer, question: str = "") -> None:
        super().__init__(data, initial={"seen": newest_correction(file.report, viewer=viewer)}, auto_id="correct-%s")
        self.file = file
        self.question = question
        self.overtaken: Any = None

    def value(self) -> Any:
        """What the report should say."""
        raise NotImplementedError

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Store the correction; false when somebody was quicker or the operation refused it, and the form says so."""
        report = self.file.report
        seen = number_in(self.cleaned_data, "seen") or 0
        self.overtaken = corrected_since(report, kind=self.kind, question=self.question, seen=seen, viewer=by)
        if self.overtaken is not None:
            self.data = {**self.data.dict(), "seen": str(self.overtaken.pk)}  # type: ignore[attr-defined]
            return False
        try:
            correct(
                report=report,
                kind=self.kind,
                question=self.question,
                value=self.value(),
                reason=self.cleaned_data["reason"],
                by=by,
                now=now,
            )
        except RefusedCorrectionError as error:
            self.add_error(None, error.text.shown(get_language() or "en").string)
            return False
        return True


class AnswerForm(CorrectionForm):
    """Another answer to one question, or the reason why there is none."""

    kind = "answer"
    unknown = forms.ChoiceField(label=_("Or: why there is no answer"), required=False)
    field_order = ("answer", "unknown", "reason")

    def __init__(
        self, data: Mapping[str, Any] | None, *, file: ReportFile, viewer: Viewer, form: Form, question: Question
    ) -> None:
        super().__init__(data, file=file, viewer=viewer, question=question.code)
        self.fields["answer"] = _answer_field(form, question)
        reasons = [(missing.value, _plainly(REASONS[missing])) for missing in OFFERED]
        self.fields["unknown"].choices = [("", _("there is an answer")), *reasons]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)
        self.asked = question

    def clean(self) -> dict[str, Any]:
        """Either an answer or a reason, never both and never neither."""
        typed = super().clean() or {}
        if "answer" in typed and bool(typed["answer"]) == bool(typed.get("unknown")):
            raise forms.ValidationError(_("Give the answer, or say why there is none: one of the two."))
        return typed

    def value(self) -> Any:
        """A value as it would stand in a report."""
        if self.cleaned_data["unknown"]:
            return {"missing": self.cleaned_data["unknown"]}
        answer = self.cleaned_data["answer"]
        if self.asked.kind is Kind.INTEGER:
            digits = answer.translate(_SEPARATORS)
            return int(digits) if digits.removeprefix("-").isdecimal() else answer
        return answer


class StationForm(CorrectionForm):
    """Another polling station."""

    kind = "station"
    station = forms.CharField(
        label=_("Code of the polling station"), max_length=100, help_text=_("As it stands in the mission's list.")
    )
    field_order = ("station", "reason")

    def value(self) -> Any:
        """The key of the station."""
        return self.cleaned_data["station"].strip()


class AsideForm(CorrectionForm):
    """Set the report aside, or take it back into the figures."""

    kind = "set-aside"

    def value(self) -> Any:
        """The opposite of what holds."""
        return not (self.file.reading and self.file.reading.set_aside)


class _Codes(forms.MultipleChoiceField):
    """Several codes; whether they are answers of the question, the operation says."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002 - Django's signature
        return True


def form_for(file: ReportFile, asked: str, data: Mapping[str, Any] | None, *, viewer: Viewer) -> CorrectionForm | None:
    """The form for a question of the report, its "station", or "set-aside"; `None` for anything else."""
    if asked == StationForm.kind:
        return StationForm(data, file=file, viewer=viewer)
    if asked == AsideForm.kind:
        return AsideForm(data, file=file, viewer=viewer)
    question = file.form.question(asked) if file.form else None
    if file.form is None or question is None:
        return None
    return AnswerForm(data, file=file, viewer=viewer, form=file.form, question=question)


def _answer_field(form: Form, question: Question) -> forms.Field:
    label, scale = _("Answer"), form.scale(question)
    options = [(option.code, _plainly(option.title)) for option in scale.options] if scale else []
    match question.kind:
        case Kind.CHOICE:
            select = forms.Select(choices=[("", _("no answer chosen")), *options])
            return forms.CharField(label=label, required=False, widget=select, max_length=MOST_CHARACTERS)
        case Kind.CHOICES:
            return _Codes(label=label, required=False, choices=options, widget=forms.CheckboxSelectMultiple)
        case Kind.INTEGER:
            number = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
            return forms.CharField(label=label, required=False, widget=number, max_length=MOST_CHARACTERS)
        case Kind.TIME:
            clock = _("Hours and minutes, 24-hour clock: 07:30. After midnight the hours go on: 25:10.")
            return forms.CharField(label=label, required=False, help_text=clock, max_length=MOST_CHARACTERS)
        case _:
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(label=label, required=False, widget=area, max_length=MOST_WORDS)


def _plainly(text: Text) -> str:
    return text.shown(get_language() or "en").string
