"""What names or reaches a person: read and written only under the person's own key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from paragraph8.domain.transliteration import romanized

from .models import LocalKey, LocalPerson, Person, PersonKey
from .sealing import new_key, owner_of, seal, unseal


@dataclass(frozen=True, kw_only=True)
class Personal:
    """The personal data of somebody on a roster. `other_name` is the name in another alphabet; `card` the number of
    the accreditation card; `interests` what the declaration of interests says."""

    family: str
    given: str = ""
    other_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    card: str = ""
    interests: str = ""

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given} {self.family}".strip()

    @property
    def listed(self) -> str:
        """Family name first, as lists are sorted."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def searched(self) -> str:
        """What a search compares: every spelling of the name in the rough Latin one."""
        return romanized(f"{self.family} {self.given} {self.other_name}")

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Personal:
        """From what was sealed; fields that later versions may have added are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})


def sealed_for(row: Person | LocalPerson, personal: Personal, key: bytes) -> bytes:
    """The data encrypted for this row."""
    return seal(key, owner_of(row.mission_id, row.code), asdict(personal))


def with_key(row: Person, personal: Personal, until: date) -> PersonKey:
    """Seal the data into a row that is not saved yet under a new key, which is returned."""
    key = new_key()
    row.sealed = sealed_for(row, personal, key)
    return PersonKey(person=row, key=key, retain_until=until)


def with_local_key(row: LocalPerson, personal: Personal, until: date) -> LocalKey:
    """The same for local staff."""
    key = new_key()
    row.sealed = sealed_for(row, personal, key)
    return LocalKey(person=row, key=key, retain_until=until)


def opened(rows: Iterable[Person] | Iterable[LocalPerson]) -> dict[int, Personal]:
    """The personal data of these rows by their number; whoever is erased is missing. Load the rows with their keys."""
    found: dict[int, Personal] = {}
    for row in rows:
        key = getattr(row, "key", None)
        if key is not None and row.sealed:
            found[row.pk] = Personal.of(unseal(bytes(key.key), owner_of(row.mission_id, row.code), bytes(row.sealed)))
    return found
