"""What the room calls things: processes, statuses, kinds of questions, and why something is refused."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.forms import Kind, Status, Use
from paragraph8.domain.text import Text

Words = str | Promise

PROCESSES: dict[str, tuple[Words, Words]] = {
    "opening": (_("Opening"), _("one report for each polling station that a team sees open")),
    "voting": (_("Voting"), _("one report for each visit to a polling station while people vote")),
    "counting": (_("Closing and counting"), _("one report for the station in which a team follows the count")),
    "tabulation": (_("Tabulation"), _("one report for each visit to a commission that adds protocols up")),
    "incident": (_("Incident"), _("whenever something happens that cannot wait for the next form")),
    "campaign-event": (_("Campaign event"), _("one report for each rally, meeting or stall that is attended")),
    "commission-session": (_("Commission session or visit"), _("one report for each session or visit")),
    "voter-list": (_("Display of voter lists"), _("one report for each place where lists are shown before the day")),
    "complaint-hearing": (_("Hearing of a complaint"), _("one report for each hearing before a commission or court")),
    "weekly-rating": (_("Weekly rating of a region"), _("one report a week from each long-term team")),
    "whole-day": (_("The whole day"), _("one report for everything that a team sees at one station")),
}
"""Process → what it is called, and how often it is filled in."""

STATUSES: dict[Status, tuple[Words, str, Words]] = {
    Status.DRAFT: (_("draft"), "wait", _("No phone gets it yet.")),
    Status.PUBLISHED: (_("published"), "ok", _("It can be reported on, and never changes.")),
    Status.RETIRED: (_("retired"), "info", _("No phone gets it any more. Reports on it are read as before.")),
}
"""Status → what it is called, the class of its flag, what it means."""

KINDS: dict[Kind, Words] = {
    Kind.CHOICE: _("one answer"),
    Kind.CHOICES: _("several answers"),
    Kind.INTEGER: _("whole number"),
    Kind.DECIMAL: _("number"),
    Kind.TEXT: _("text"),
    Kind.TIME: _("clock time"),
    Kind.DATE: _("date"),
    Kind.MOMENT: _("date and time"),
    Kind.PHOTO: _("photo"),
    Kind.FILE: _("recording or file"),
    Kind.GEOPOINT: _("place on the map"),
    Kind.CALCULATION: _("worked out, asked of nobody"),
    Kind.NOTE: _("words without an answer"),
}

USES: dict[Use, Words] = {
    Use.PLAIN: "",
    Use.RECONCILIATION: _("reconciles a protocol; never projected"),
    Use.COMMENT: _("comment; stays inside the mission"),
}


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


REFUSALS: dict[str, Text] = {
    "unreadable": _text(
        "The file no longer becomes a form of this mission; its report below says why. Nothing was stored.",
        "Файл енді бұл миссияның нысаны бола алмайды; себебі төмендегі есепте. Ештеңе сақталған жоқ.",
        "Файл больше не становится формой этой миссии; почему – в отчете ниже. Ничего не сохранено.",
    ),
    "taken": _text(
        "Version {version} of the form “{code}” is stored there already and says something else. Copy it under a new "
        "version, for example {next}.",
        "«{code}» нысанының {version}-нұсқасы онда бар және мазмұны басқа. Оны жаңа нұсқамен, мысалы {next} деп, "
        "көшіріңіз.",
        "Версия {version} формы «{code}» там уже сохранена и говорит другое. Скопируйте ее под новой версией, например "
        "{next}.",
    ),
    "unknown-step": _text(
        "Choose one of the buttons of the page. Nothing was changed.",
        "Беттегі түймелердің бірін таңдаңыз. Ештеңе өзгерген жоқ.",
        "Выберите одну из кнопок страницы. Ничего не изменено.",
    ),
    "already-published": _text(
        "Version {version} of the form “{code}” is published already. Nothing was changed.",
        "«{code}» нысанының {version}-нұсқасы жарияланған. Ештеңе өзгерген жоқ.",
        "Версия {version} формы «{code}» уже опубликована. Ничего не изменено.",
    ),
    "already-retired": _text(
        "Version {version} of the form “{code}” is retired already. Nothing was changed.",
        "«{code}» нысанының {version}-нұсқасы қолданыстан шығарылған. Ештеңе өзгерген жоқ.",
        "Версия {version} формы «{code}» уже выведена из употребления. Ничего не изменено.",
    ),
}
