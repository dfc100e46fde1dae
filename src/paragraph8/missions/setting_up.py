"""Writing how a mission is set up: its facts, institutions, contacts, and what institutions share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.contacts import is_mail, is_phone
from paragraph8.domain.missions import Format, Subject
from paragraph8.domain.text import Text

from .models import Contact, Institution, Mission, Sharing

MOST_INSTITUTIONS = 5


class SettingUpError(ValueError):
    """What was asked cannot be; `reason` is a code of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(REASONS[reason]))
        self.reason = reason

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return REASONS[self.reason]


REASONS = {
    "too-many-institutions": Text.of(
        {
            "en": "A mission has five institutions at most.",
            "kk": "Миссияда ең көбі бес ұйым болады.",
            "ru": "В миссии может быть не более пяти организаций.",
        }
    ),
    "institution-known": Text.of(
        {
            "en": "The mission has an institution of that code already.",
            "kk": "Миссияда мұндай коды бар ұйым бар.",
            "ru": "В миссии уже есть организация с таким кодом.",
        }
    ),
    "contact-unreachable": Text.of(
        {
            "en": "A contact needs a mail address or a telephone number.",
            "kk": "Байланыс үшін электрондық пошта мекенжайы немесе телефон нөмірі керек.",
            "ru": "Для контакта нужен адрес электронной почты или номер телефона.",
        }
    ),
    "no-mail-address": Text.of(
        {
            "en": "This cannot be a mail address. Check for doubled letters, commas and missing parts.",
            "kk": "Бұл электрондық пошта мекенжайы бола алмайды. Қайталанған әріптерді, үтірлерді және жетіспейтін "
            "бөліктерді тексеріңіз.",
            "ru": "Это не может быть адресом электронной почты. Проверьте лишние буквы, запятые и недостающие части.",
        }
    ),
    "no-phone-number": Text.of(
        {
            "en": "This cannot be dialled from abroad: write + and the country code, 8 to 15 digits in all.",
            "kk": "Бұл нөмірге шетелден қоңырау шалу мүмкін емес: + белгісін және ел кодын жазыңыз, барлығы 8–15 цифр.",
            "ru": "По этому номеру нельзя позвонить из-за границы: напишите + и код страны, всего от 8 до 15 цифр.",
        }
    ),
    "ends-before-it-begins": Text.of(
        {
            "en": "The last day is before the first.",
            "kk": "Соңғы күн бірінші күннен бұрын.",
            "ru": "Последний день раньше первого.",
        }
    ),
}


@dataclass(frozen=True, kw_only=True)
class MissionFacts:
    """What the settings of a mission say."""

    title: Text
    format: Format
    languages: tuple[str, ...]
    zone: str
    election_date: date | None


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A line of the contact book; `institution` is its code, empty for the mission as a whole."""

    office: Text
    institution: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    public: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def change_mission(*, mission: Mission, facts: MissionFacts, by: Viewer, now: datetime) -> None:
    """Change title, format, languages, zone or date; nothing is logged when nothing changes. The title stays out of
    the log."""
    by.require(Action.MANAGE_MISSION, mission.pk)
    held = {
        "title": facts.title.to_json(),
        "format": facts.format.value,
        "languages": list(facts.languages),
        "zone": facts.zone,
        "election_date": facts.election_date,
    }
    changed = [name for name, value in held.items() if getattr(mission, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(mission, name, held[name])
    mission.save(update_fields=changed)
    _log(mission, "mission.changed", {"fields": sorted(changed), "format": facts.format.value}, by, now)


@transaction.atomic
def add_institutions(*, mission: Mission, names: Mapping[str, Text], by: Viewer, now: datetime) -> None:
    """Institutions after those there are, in the order of mention. Raises `SettingUpError`."""
    by.require(Action.MANAGE_MISSION, mission.pk)
    held = {institution.code: institution.position for institution in mission.institutions.all()}
    if held.keys() & names.keys():
        raise SettingUpError("institution-known")
    if len(held) + len(names) > MOST_INSTITUTIONS:
        raise SettingUpError("too-many-institutions")
    last = max(held.values(), default=0)
    Institution.objects.bulk_create(
        Institution(mission=mission, code=code, name=name.to_json(), position=position)
        for position, (code, name) in enumerate(names.items(), start=last + 1)
    )
    _log(mission, "institutions.added", {"codes": list(names)}, by, now)


@transaction.atomic
def change_institution(
    *, institution: Institution, name: Text, short: Text, delegation: Text, by: Viewer, now: datetime
) -> None:
    """Other names of an institution. What was released keeps the names it was released with."""
    by.require(Action.MANAGE_MISSION, institution.mission_id)
    institution.name, institution.short = name.to_json(), short.to_json()
    institution.delegation = delegation.to_json()
    institution.save(update_fields=["name", "short", "delegation"])
    _log(institution.mission, "institution.changed", {"code": institution.code}, by, now)


@transaction.atomic
def mention_first(*, institution: Institution, by: Viewer, now: datetime) -> None:
    """Mention this institution before all others; the order of the others stays."""
    mission = institution.mission
    by.require(Action.MANAGE_MISSION, mission.pk)
    others = [each for each in mission.institutions.order_by("position") if each.pk != institution.pk]
    for position, each in enumerate([institution, *others], start=1):
        Institution.objects.filter(pk=each.pk).update(position=position)
    _log(mission, "institutions.ordered", {"codes": [institution.code, *(each.code for each in others)]}, by, now)


@transaction.atomic
def share(
    *,
    mission: Mission,
    owner: Institution,
    reader: Institution,
    subjects: Collection[Subject],
    by: Viewer,
    now: datetime,
) -> None:
    """What one institution lets another see of its own, from now on: these subjects and no others."""
    by.require(Action.MANAGE_MISSION, mission.pk)
    held = set(Sharing.objects.filter(owner=owner, reader=reader).values_list("subject", flat=True))
    wanted = {subject.value for subject in subjects} if owner.pk != reader.pk else set()
    if held == wanted:
        return
    Sharing.objects.filter(owner=owner, reader=reader, subject__in=held - wanted).delete()
    Sharing.objects.bulk_create(
        Sharing(mission=mission, owner=owner, reader=reader, subject=subject) for subject in sorted(wanted - held)
    )
    body = {"owner": owner.code, "reader": reader.code, "subjects": sorted(wanted)}
    _log(mission, "sharing.changed", body, by, now)


@transaction.atomic
def add_contact(*, mission: Mission, contact: NewContact, by: Viewer, now: datetime) -> Contact:
    """A line of the contact book. Raises `SettingUpError` for an address or number that cannot be one."""
    by.require(Action.MANAGE_MISSION, mission.pk)
    if not (contact.email or contact.phone):
        raise SettingUpError("contact-unreachable")
    if contact.email and not is_mail(contact.email):
        raise SettingUpError("no-mail-address")
    if contact.phone and not is_phone(contact.phone):
        raise SettingUpError("no-phone-number")
    if contact.valid_from and contact.valid_until and contact.valid_until < contact.valid_from:
        raise SettingUpError("ends-before-it-begins")
    institution = mission.institutions.filter(code=contact.institution).first() if contact.institution else None
    row = Contact.objects.create(
        mission=mission,
        institution=institution,
        office=contact.office.to_json(),
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        public=contact.public,
        valid_from=contact.valid_from,
        valid_until=contact.valid_until,
    )
    _log(mission, "contact.added", {"contact": row.pk, "public": contact.public}, by, now)
    return row


@transaction.atomic
def remove_contact(*, contact: Contact, by: Viewer, now: datetime) -> None:
    """Take a line out of the contact book. Statements that were released keep theirs."""
    by.require(Action.MANAGE_MISSION, contact.mission_id)
    mission, pk = contact.mission, contact.pk
    contact.delete()
    _log(mission, "contact.removed", {"contact": pk}, by, now)


def _log(mission: Mission, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    append(mission_id=mission.pk, kind=kind, subject=f"mission:{mission.pk}", body=body, by=by.name, now=now)
