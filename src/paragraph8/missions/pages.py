"""Pages of a mission: who may open them, which rooms the viewer can go to from there, and what is refused how.

An outsider gets the same answer for a mission that exists and for one that does not (404); a member without the
permission is told so (403). The views behind this door ask again through every query they make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from paragraph8.accounts.permissions import Action, NotAllowedError, Viewer
from paragraph8.documents.labels import DEMONSTRATION
from paragraph8.domain.text import Text

from .models import Mission
from .queries import UnknownMissionError, mission_of, require_tables, sees_tables

Words = str | Promise


@dataclass(frozen=True)
class Room:
    """A page that stands in the masthead, or with `under` in the second row below that one: what it is called there,
    the question it answers, who may enter."""

    code: str
    action: Action
    address: str
    title: Words
    question: Words
    under: str = ""


ROOMS = (
    Room("home", Action.SEE_MISSION, "mission", _("Mission"), _("Where does the mission stand?")),
    Room("people", Action.SEE_ROSTER, "people", _("People"), _("Who is in the mission, and since when?"), "home"),
    Room("teams", Action.SEE_TEAMS, "teams", _("Teams"), _("Who travels together?"), "home"),
    Room("places", Action.SEE_PLACES, "places", _("Places"), _("Where are the polling stations?"), "home"),
    Room("contest", Action.SEE_CONTEST, "contest", _("Contest"), _("What is being elected, and who stands?"), "home"),
    Room("forms", Action.SEE_FORMS, "forms", _("Forms"), _("What do we ask, and what is it for?"), "home"),
    Room(
        "samples",
        Action.SEE_DEPLOYMENT,
        "samples",
        _("Sample"),
        _("Which stations were drawn, and how?"),
        "home",
    ),
    Room(
        "deployment",
        Action.SEE_DEPLOYMENT,
        "deployment",
        _("Deployment"),
        _("Who goes where, and what do we expect from whom?"),
        "home",
    ),
    Room("safety", Action.SEE_SAFETY, "safety", _("Safety"), _("Has everybody been heard from?"), "home"),
    Room("check-in", Action.CHECK_IN, "check_in", _("Check in"), _("Where are you, and is all well?"), "home"),
    Room(
        "settings",
        Action.MANAGE_MISSION,
        "settings",
        _("Settings"),
        _("Which institutions observe together, and who may see what?"),
        "home",
    ),
    Room(
        "election-day",
        Action.SEE_FIGURES,
        "election_day",
        _("Election day"),
        _("What has come in, and what does it show?"),
    ),
    Room("freezes", Action.SEE_FIGURES, "freezes", _("Freezes"), _("What was fixed, and when?"), "election-day"),
    Room(
        "quick-count",
        Action.SEE_FIGURES,
        "quick_count",
        _("Quick count"),
        _("What does the sample say of the result, and how surely?"),
        "election-day",
    ),
    Room("reports", Action.SEE_REPORTS, "reports", _("Reports"), _("Which reports have come in?")),
    Room("ledger", Action.SEE_LEDGER, "ledger", _("Ledger"), _("What happened, and who says what about it?")),
    Room("statement", Action.SEE_STATEMENT, "statements", _("Statement"), _("May we say this, and in these words?")),
    Room("releases", Action.SEE_STATEMENT, "releases", _("Releases"), _("What has been published?")),
    Room("log", Action.SEE_LOG, "log", _("Log"), _("Who did what, and when?")),
)


@dataclass(frozen=True)
class Link:
    """A room that the viewer may enter."""

    code: str
    address: str
    title: Words
    question: Words
    current: bool
    under: str = ""


@dataclass(frozen=True)
class Place:
    """Where in which mission a page stands. `rooms` are all that the viewer may enter, `heads` those of the masthead,
    `beside` those of the second row: the head that is open, and what stands under it. While the mission is `rehearsing`
    every page says so."""

    mission: Mission
    question: Words
    rooms: tuple[Link, ...]
    zone: str
    notice: Text | None
    head: str = ""
    rehearsing: bool = False

    def may_enter(self) -> frozenset[str]:
        """Codes of the rooms that the viewer may enter, so that no page links to a closed one."""
        return frozenset(room.code for room in self.rooms)

    def heads(self) -> tuple[Link, ...]:
        """The masthead."""
        return tuple(room for room in self.rooms if not room.under)

    def beside(self) -> tuple[Link, ...]:
        """The second row; empty where nothing stands under the open head."""
        row = tuple(room for room in self.rooms if self.head in (room.code, room.under))
        return row if len(row) > 1 else ()


class PageRequest(HttpRequest):
    """A request as the middleware and `page` leave it; for types only."""

    viewer: Viewer
    place: Place
    htmx: HtmxDetails


P = ParamSpec("P")
View = Callable[Concatenate[PageRequest, Mission, P], HttpResponseBase]


def page(
    room: str, *, question: Words = "", unknown: type[LookupError] | None = None, posts: bool = False
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Make a view of a mission out of a function of request and mission.

    `room` is the code of the room that the page belongs to and whose permission it needs; `question` is its title
    where that is not the room's; `unknown` is what the room raises for a thing that the viewer may not know of; `posts`
    when the page has a form that writes.
    """
    known = {entry.code: entry for entry in ROOMS}[room]
    missing = (UnknownMissionError, unknown) if unknown else (UnknownMissionError,)

    methods = ["GET", "HEAD", "POST"] if posts else ["GET", "HEAD"]

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @require_http_methods(methods)
        @wraps(view)
        def opened(request: PageRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            try:
                mission = mission_of(slug, viewer=request.viewer)
                request.place = _place(mission, request.viewer, known, question or known.question)
                request.viewer.require(known.action, mission.pk)
                if known.action is Action.SEE_FIGURES:
                    require_tables(mission, viewer=request.viewer)
                response = view(request, mission, *args, **kwargs)
            except missing as error:
                raise Http404 from error
            except NotAllowedError as error:
                raise (Http404 if error.outsider else PermissionDenied) from error
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response

        return opened

    return decorate


def _place(mission: Mission, viewer: Viewer, current: Room, question: Words) -> Place:
    tables = sees_tables(mission, viewer=viewer)
    rooms = tuple(
        Link(
            room.code,
            reverse(room.address, args=[mission.slug]),
            room.title,
            room.question,
            room is current,
            room.under,
        )
        for room in ROOMS
        if viewer.may(room.action, mission.pk) and (tables or room.action is not Action.SEE_FIGURES)
    )
    notice = (Text.of(mission.notice) if mission.notice else DEMONSTRATION) if mission.simulated else None
    head = current.under or current.code
    return Place(mission, question, rooms, mission.zone, notice, head, rehearsing=mission.rehearses(timezone.now()))


def _to_sign_in(request: PageRequest) -> HttpResponse:
    """A page goes to sign-in and back; a piece of a page makes its page load anew, and that goes to sign-in."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path())
