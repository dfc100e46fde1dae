"""A recall as its page shows it: for every channel the texts to copy, how many messages they take, what went out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.documents.languages import own_name
from paragraph8.domain.recalls import Channel
from paragraph8.domain.sms import Counted, counted
from paragraph8.domain.text import Text

from .models import RecallSent
from .queries import RecallFile

CHANNELS: Mapping[Channel, str | Promise] = {
    Channel.SMS: _("SMS"),
    Channel.APP: _("Phone app"),
    Channel.MAIL: _("E-mail"),
    Channel.CALLS: _("Telephone calls"),
}


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A text to be copied; `count` for SMS."""

    language: str
    name: str
    text: str
    count: Counted | None


@dataclass(frozen=True, kw_only=True)
class Way:
    """One channel with its texts. `joined` is all languages in one, for a message that everybody understands."""

    channel: Channel
    name: str | Promise
    copies: tuple[Copy, ...]
    sent: RecallSent | None


@dataclass(frozen=True, kw_only=True)
class ShownRecall:
    """The recall in words."""

    title: Text
    languages: Mapping[str, str]
    ways: tuple[Way, ...]
    out: bool


def recall_page(file: RecallFile) -> ShownRecall:
    """What the page shows of a recall."""
    recall = file.recall
    languages = {tag: own_name(tag) for tag in recall.short}
    sent = {row.channel: row for row in recall.sent.all()}

    def copies(channel: Channel) -> tuple[Copy, ...]:
        texts = recall.long if channel in (Channel.APP, Channel.MAIL) else recall.short
        return tuple(
            Copy(
                language=tag,
                name=name,
                text=texts.get(tag, ""),
                count=counted(texts.get(tag, "")) if channel is Channel.SMS else None,
            )
            for tag, name in languages.items()
        )

    ways = tuple(
        Way(channel=channel, name=name, copies=copies(channel), sent=sent.get(channel))
        for channel, name in CHANNELS.items()
    )
    return ShownRecall(title=recall.title, languages=languages, ways=ways, out=bool(sent))
