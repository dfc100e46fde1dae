"""A proposal as its page shows it: quality, differences with names, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.missions.models import Mission
from paragraph8.planning.repairing import Why
from paragraph8.planning.travellers import Reason, Trait

from .models import Proposal
from .names import called
from .proposals import CHANGED, DISSOLVED, FORMED

TRAITS: Mapping[str, str | Promise] = {
    Trait.COUNTRY: _("country"),
    Trait.GENDER: _("gender"),
    Trait.EXPERIENCE: _("experience"),
}
REASONS: Mapping[str, str | Promise] = {
    Reason.APART: _("must not travel together"),
    Reason.NO_COMMON_LANGUAGE: _("share no working language"),
    Reason.AREA_LANGUAGE: _("nobody speaks a language that the region asks for"),
    Reason.INSTITUTIONS: _("are of two institutions, and each has its own teams"),
    Reason.FUNCTIONS: _("are long-term and short-term observers in one team"),
    Reason.ALONE: _("is alone: nobody else fits"),
    Reason.GONE: _("no longer part of the mission"),
}
WHYS: Mapping[str, str | Promise] = {
    FORMED: _("new team"),
    CHANGED: _("other people"),
    DISSOLVED: _("dissolved"),
    Why.DROP_OUT: _("lost somebody and goes on"),
    Why.JOINED: _("lost somebody; somebody without a team joins"),
    Why.MERGED: _("lost somebody; somebody else who lost a companion joins"),
    Why.DISSOLVED: _("dissolved; who is left goes to another team"),
    Why.OPENED: _("lost nobody, but nothing smaller helped"),
    Why.LEFT_ALONE: _("lost somebody; nobody may travel with who is left"),
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One team that changes: who goes, who stays, who comes."""

    code: str
    area: str
    why: str | Promise
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    comes: tuple[str, ...]
    dissolved: bool


@dataclass(frozen=True, kw_only=True)
class MixLine:
    """In how many of the teams a trait is mixed."""

    trait: str | Promise
    mixed: int
    same: int
    unknown: int
    possible: int

    @property
    def best(self) -> bool:
        """Whether no arrangement of these people could be more mixed."""
        return self.mixed == self.possible


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The proposal in words and names."""

    row: Proposal
    people: int
    teams: int
    mixes: tuple[MixLine, ...]
    unmet: tuple[tuple[str | Promise, tuple[str, ...], str], ...]
    threes: tuple[tuple[str, ...], ...]
    unknown_languages: tuple[str, ...]
    differences: tuple[Difference, ...]
    gone: tuple[str, ...]
    opened: int
    proven: bool
    seed: int | None


def proposal_page(mission: Mission, proposal: Proposal, *, viewer: Viewer) -> Shown:
    """What the page shows of a proposal."""
    body: Mapping[str, Any] = proposal.body
    quality = body["quality"]
    people = list(mission.people.filter(code__in=_codes(body)))
    names = called(people, mission, viewer=viewer)
    of = {person.code: _told(person.code, names[person.pk]) for person in people}

    def told(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(of.get(code, code) for code in codes)

    return Shown(
        row=proposal,
        people=quality["people"],
        teams=quality["teams"],
        mixes=tuple(MixLine(trait=TRAITS[trait], **mix) for trait, mix in quality["mixes"].items()),
        unmet=tuple((REASONS[each["reason"]], told(each["people"]), each["code"]) for each in quality["unmet"]),
        threes=tuple(told(members) for members in quality["threes"]),
        unknown_languages=told(quality["unknown_languages"]),
        differences=tuple(
            Difference(
                code=change["code"],
                area=change.get("area", ""),
                why=WHYS[change["why"]],
                goes=told(code for code in change["before"] if code not in change["after"]),
                stays=told(code for code in change["after"] if code in change["before"]),
                comes=told(code for code in change["after"] if code not in change["before"]),
                dissolved=not change["after"],
            )
            for change in body["changes"]
        ),
        gone=told(body.get("gone", ())),
        opened=body.get("opened", 0),
        proven=body.get("proven", True),
        seed=body.get("seed"),
    )


def _told(code: str, name: str) -> str:
    return code if name == code else f"{name} ({code})"


def _codes(body: Mapping[str, Any]) -> set[str]:
    found = {code for team in body["teams"] for code in team["members"]}
    for change in body["changes"]:
        found |= {*change["before"], *change["after"]}
    for each in body["quality"]["unmet"]:
        found |= set(each["people"])
    return found
