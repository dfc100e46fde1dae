"""From the bytes of a text file to its lines, when nobody says in which encoding it was saved."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from .row_problems import RowProblem, row_problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BREAK = re.compile(r"\r\n|\n|\r")
_BREAK_BYTES = re.compile(rb"\r\n|\n|\r")
_CYRILLIC_WORD = re.compile(rb"[\xc0-\xff]{3}")
_LOOKED_AT = 4096


def decoded_lines(data: bytes) -> tuple[list[str], str, list[RowProblem]]:
    """The lines without their breaks, the encoding, and what had to be assumed.

    A byte order mark decides; else NUL in every other byte tells UTF-16; else UTF-8. A file that is not UTF-8 is read
    line by line, so that one line pasted in from an old program does not spoil the letters of all the others.
    """
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", _unmarked(data))
    )
    data = data[len(mark) :]
    try:
        return _lines(data.decode(encoding)), encoding, []
    except UnicodeDecodeError:
        if encoding != "utf-8":
            problem = row_problem(0, "", "undecodable", assumed=encoding)
            return _lines(data.decode(encoding, errors="replace")), encoding, [problem]
    return _line_by_line(data)


def _unmarked(data: bytes) -> str:
    """UTF-16 without a mark writes every Latin letter with one NUL; UTF-8 never writes one."""
    head = data[:_LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and odd > 4 * even:
        return "utf-16-le"
    if even > len(head) // 4 and even > 4 * odd:
        return "utf-16-be"
    return "utf-8"


def _lines(text: str) -> list[str]:
    lines = _BREAK.split(text)
    if lines[-1] == "":
        lines.pop()
    return lines


def _line_by_line(data: bytes) -> tuple[list[str], str, list[RowProblem]]:
    raw = _BREAK_BYTES.split(data)
    if raw[-1] == b"":
        raw.pop()
    lines = [_utf8(line) for line in raw]
    foreign = [number for number, line in enumerate(lines) if line is None]
    assumed = _code_page(b"".join(raw[number] for number in foreign))
    read = [line if line is not None else _old(raw[number], assumed) for number, line in enumerate(lines)]
    if _mixed(lines):
        return read, "utf-8", [row_problem(number + 1, "", "not-utf-8", assumed=assumed) for number in foreign]
    return read, assumed, [row_problem(0, "", "not-utf-8", assumed=assumed)]


def _code_page(foreign: bytes) -> str:
    """The code page of the lines that are not UTF-8: in Cyrillic text the letters beyond ASCII are the greater part, in
    Latin text the smaller. KZ-1048 writes Russian as Windows-1251 does, and has the Kazakh letters."""
    beyond = sum(byte >= 0xC0 for byte in foreign)
    latin = sum(byte < 0x80 and chr(byte).isalpha() for byte in foreign)
    return "kz-1048" if beyond > latin and _CYRILLIC_WORD.search(foreign) else "windows-1252"


def _old(line: bytes, code_page: str) -> str:
    return line.decode("kz1048", errors="replace") if code_page == "kz-1048" else _windows(line)


def _mixed(lines: Sequence[str | None]) -> bool:
    """Whether some lines are proper UTF-8 with letters beyond ASCII: then the file is UTF-8 with foreign lines."""
    return any(line is not None and not line.isascii() for line in lines)


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _windows(line: bytes) -> str:
    """Windows-1252; its five empty places are read as Latin-1, so that every byte has a character."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            bytes([byte]).decode("cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for byte in line
        )
