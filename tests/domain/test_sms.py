"""Texts are counted as a telephone counts them, and every prepared recall fits one message."""

from __future__ import annotations

import pytest

from paragraph8.domain.recalls import WORDINGS, Call
from paragraph8.domain.sms import counted


@pytest.mark.parametrize(
    ("text", "taken", "room", "parts"),
    [
        ("", 0, 160, 0),
        ("a" * 160, 160, 160, 1),
        ("a" * 161, 161, 160, 2),
        ("a" * 306, 306, 160, 2),
        ("a" * 307, 307, 160, 3),
        ("€" * 80, 160, 160, 1),
        ("€" * 81, 162, 160, 2),
        ("a" * 152 + "€" + "a" * 10, 164, 160, 2),  # a character of two places is not cut in the middle
        ("ж" * 70, 70, 70, 1),
        ("ж" * 71, 71, 70, 2),
        ("ж" * 135, 135, 70, 3),
        ("Қ" + "a" * 69, 70, 70, 1),
        ("😀" * 35, 70, 70, 1),
        ("😀" * 36, 72, 70, 2),
    ],
)
def test_a_text_is_counted_as_a_telephone_does(text: str, taken: int, room: int, parts: int) -> None:
    found = counted(text)
    assert (found.taken, found.room, found.parts) == (taken, room, parts)


@pytest.mark.parametrize("call", list(Call))
def test_every_prepared_recall_is_one_sms_in_each_language(call: Call) -> None:
    wording = WORDINGS[call]
    for text in (wording.title, wording.short, wording.long):
        assert text.languages() == {"en", "kk", "ru"}
    assert all(counted(string).one for _, string in wording.short.strings)
