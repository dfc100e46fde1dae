"""The ZIP package of a workbook, looked at before any reader of spreadsheets opens it.

A workbook comes from strangers. What the directory of the package promises is held against bounds, then every part
is unpacked by ourselves in pieces and held against the promise, because other readers believe what the parts say.
Documents that declare a DTD or entities are refused: a workbook needs neither.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from .table_errors import NotATableError

MOST_PARTS = 2_000
MOST_UNPACKED = 400_000_000
"""Bytes of all parts together."""
MOST_RATIO = 300
"""Unpacked to packed, for parts of more than a million bytes; rows of a list stay below 60."""
_MOST_PLAN = 4_000_000
_PIECE = 1 << 20
_DEFLATED = 8
_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_OLD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name, the part that holds its cells, and whether the spreadsheet program hides it."""

    name: str
    part: str
    hidden: bool = False


class Package:
    """The parts of one workbook. Raises `NotATableError` for what is none, is locked, damaged or out of bounds."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        if data.startswith(_OLD):
            raise NotATableError("locked-workbook" if _LOCKED in data else "old-workbook")
        try:
            with zipfile.ZipFile(BytesIO(data)) as directory:
                entries = directory.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
            raise NotATableError("broken-workbook") from error
        self._parts = {entry.filename: entry for entry in entries}
        if len(self._parts) != len(entries):
            raise NotATableError("broken-workbook")
        self._hold_against_bounds(entries)
        if "xl/workbook.xml" not in self._parts:
            raise NotATableError(self._what_else())
        for entry in entries:
            self._look_through(entry)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The worksheets in the order of the workbook; sheets of charts and macros are none."""
        targets = {
            relation.get("Id", ""): _target(relation.get("Target", ""))
            for relation in self._elements("xl/_rels/workbook.xml.rels", "Relationship")
            if relation.get("Type", "").endswith("/worksheet")
        }
        found = []
        for sheet in self._elements("xl/workbook.xml", "sheet"):
            relation = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            part = targets.get(relation, "")
            if part in self._parts:
                found.append(Sheet(sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
        if len({sheet.name for sheet in found}) != len(found):
            raise NotATableError("broken-workbook")
        return tuple(found)

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part in pieces, never more than the directory promises."""
        return self._unpacked(self._parts[part])

    def _hold_against_bounds(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise NotATableError("huge-workbook")
        for entry in entries:
            if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
                raise NotATableError("huge-workbook")
            if entry.flag_bits & _ENCRYPTED:
                raise NotATableError("locked-workbook")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotATableError("broken-workbook")

    def _what_else(self) -> str:
        """Why there is no workbook in the package."""
        if "xl/workbook.bin" in self._parts:
            return "old-workbook"
        kind = self._parts.get("mimetype")
        if kind and b"".join(self._unpacked(kind)).startswith(_OPEN_DOCUMENT):
            return "open-document"
        return "no-workbook"

    def _look_through(self, entry: zipfile.ZipInfo) -> None:
        """Unpack a part once: it is as long as promised, and if it is XML it declares nothing."""
        length, end = 0, b""
        for piece in self._unpacked(entry):
            length += len(piece)
            if entry.filename.endswith((".xml", ".rels", ".vml")):
                window = end + piece
                # UTF-16 writes a NUL beside each of these letters.
                if _DECLARES.search(window.replace(b"\0", b"") if b"\0" in window else window):
                    raise NotATableError("declaring-workbook")
                end = window[-40:]
        if length != entry.file_size:
            raise NotATableError("broken-workbook")

    def _unpacked(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(entry)
        if entry.compress_type != _DEFLATED:
            for start in range(0, len(packed), _PIECE):
                yield bytes(packed[start : start + _PIECE])
            return
        machine, length = zlib.decompressobj(-15), 0
        rest: bytes | memoryview = packed
        try:
            while not machine.eof:
                piece = machine.decompress(rest, _PIECE)
                rest = machine.unconsumed_tail
                length += len(piece)
                if length > entry.file_size:
                    raise NotATableError("huge-workbook")
                if not piece and not rest:
                    break
                yield piece
        except zlib.error as error:
            raise NotATableError("broken-workbook") from error

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        header = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size:
            raise NotATableError("broken-workbook")
        mark, name, extra = _LOCAL_HEADER.unpack(header)
        start = entry.header_offset + _LOCAL_HEADER.size + name + extra
        if mark != b"PK\x03\x04" or start + entry.compress_size > len(self._data):
            raise NotATableError("broken-workbook")
        return memoryview(self._data)[start : start + entry.compress_size]

    def _elements(self, part: str, name: str) -> list[dict[str, str]]:
        """The attributes of every element of that name in a small part."""
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        entry = self._parts.get(part)
        if entry is None or entry.file_size > _MOST_PLAN:
            raise NotATableError("broken-workbook")
        try:
            root: Any = fromstring(b"".join(self._unpacked(entry)), forbid_dtd=True)
        except DefusedXmlException as error:
            raise NotATableError("declaring-workbook") from error
        except (ParseError, ValueError, LookupError) as error:
            raise NotATableError("broken-workbook") from error
        return [dict(element.attrib) for element in root.iter() if _local(element.tag) == name]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _target(target: str) -> str:
    """The name of a part as the relations of the workbook give it, relative to it or from the root."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
