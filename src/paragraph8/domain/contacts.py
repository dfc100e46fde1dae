"""Addresses and numbers by which a mission can be reached: what is plainly wrong with one."""

from __future__ import annotations

import re

_MAIL = re.compile(r"[^@\s,;<>()\[\]\"']+@(?P<domain>[^@\s]+)\Z")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]*\Z")


def is_mail(address: str) -> bool:
    """Whether mail can be sent to an address of this shape (RFC 5321, without quoted local parts and literals)."""
    match = _MAIL.match(address)
    if not match or ".." in address or len(address) > 254:
        return False
    labels = match["domain"].split(".")
    return len(labels) > 1 and all(_LABEL.match(label) for label in labels) and not labels[-1].isdigit()


def is_phone(number: str) -> bool:
    """Whether a number of this shape can be dialled from abroad: a plus and 8 to 15 digits (ITU-T E.164)."""
    digits = re.sub(r"[^0-9]", "", number)
    return bool(_PHONE.match(number)) and number.startswith("+") and 8 <= len(digits) <= 15 and digits[0] != "0"
