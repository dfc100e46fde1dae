"""Files that people send from a page: how large they may be, and what is said when one is not what it should be."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from paragraph8.domain.text import Text

MOST_BYTES = 64 * 1024 * 1024
"""A list of 100,000 stations is about 10 MB."""

UPLOADS = {
    "too-large": Text.of(
        {
            "en": "The file is larger than 64 MB. Nothing of it was kept: save the sheet without pictures.",
            "kk": "Файл 64 МБ-тан үлкен. Одан ештеңе сақталған жоқ: парақты суретсіз сақтаңыз.",
            "ru": "Файл больше 64 МБ. Ничего из него не сохранено: сохраните лист без картинок.",
        }
    ),
    "empty": Text.of(
        {
            "en": "The file is empty. Choose the file again.",
            "kk": "Файл бос. Файлды қайта таңдаңыз.",
            "ru": "Файл пуст. Выберите файл еще раз.",
        }
    ),
}


class UploadRefusedError(ValueError):
    """The file is not taken. `reason` is a code of `UPLOADS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(UPLOADS[reason]))
        self.reason = reason

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return UPLOADS[self.reason]


def bytes_of(file: UploadedFile[Any]) -> bytes:
    """The bytes of an uploaded file. Raises `UploadRefusedError` when there are none or too many; a file that is too
    large is refused by its length, before it is read."""
    if (file.size or 0) > MOST_BYTES:
        raise UploadRefusedError("too-large")
    data = bytes(file.read())
    if not data:
        raise UploadRefusedError("empty")
    return data
