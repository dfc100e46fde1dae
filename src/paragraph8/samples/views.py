"""The pages of the room: seed, design, draw, disclosure; and the stops that are due."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.statistics.sampling.drawing import allocation_of
from paragraph8.statistics.sampling.refusals import RefusedDrawError

from . import operations, pages, queries, refusals, stops
from .forms import CommitmentForm, ContributionForm, DrawForm, ReplacementForm, StopsForm
from .queries import UnknownDrawError
from .refusals import RefusedSampleError


@page("samples", posts=True)
def samples(request: PageRequest, mission: Mission) -> HttpResponse:
    """The draws there are, and what comes next: a seed, a contribution to it, a design."""
    now = timezone.now()
    if request.method == "POST":
        request.viewer.require(Action.DRAW_SAMPLE, mission.pk)
    adds = request.POST.get("do") == "contribute"
    posted = request.POST if request.method == "POST" else None
    commit = CommitmentForm(None if adds else posted, mission=mission)
    contribution = ContributionForm(posted if adds else None)
    form = contribution if adds else commit
    if form.is_bound and form.is_valid():
        try:
            if adds:
                _contribute(request, mission, contribution)
            else:
                typed = commit.cleaned_data
                operations.commit_seed(
                    mission=mission, by=request.viewer, now=now, source=typed["source"], due=typed["due"]
                )
                messages.success(request, _("A seed was made and committed to. Its hash stands in the log."))
            return redirect("samples", mission.slug)
        except RefusedSampleError as refused:
            form.add_error(None, refused.text.shown(get_language() or "en").string)
    context = {
        "room": pages.room(mission, viewer=request.viewer, now=now),
        "commit": commit,
        "contribution": contribution,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "samples/samples.html", context, status=422 if form.is_bound else 200)


def _contribute(request: PageRequest, mission: Mission, form: ContributionForm) -> None:
    commitment = queries.open_commitment(mission, viewer=request.viewer)
    if commitment is None:
        raise RefusedSampleError(refusals.NOT_AWAITED)
    value = form.cleaned_data["value"]
    operations.contribute(commitment=commitment, value=value, by=request.viewer, now=timezone.now())
    messages.success(request, _("It is written down and will be mixed into the seed."))


@page("samples", question=gettext_lazy("What is to be drawn from what?"), posts=True)
def new_sample(request: PageRequest, mission: Mission) -> HttpResponse:
    """The design: looked at as often as one likes, then drawn once."""
    may_draw = request.viewer.may(Action.DRAW_SAMPLE, mission.pk)
    if request.method == "POST":
        request.viewer.require(Action.DRAW_SAMPLE, mission.pk)
    form = DrawForm(request.POST if request.method == "POST" else None, mission=mission)
    shown = None
    if form.is_bound and form.is_valid():
        try:
            if request.POST.get("do") == "draw":
                asked = operations.ask(mission=mission, by=request.viewer, now=timezone.now(), **form.asked())
                operations.start_draw(asked=asked, by=request.viewer, now=timezone.now())
                return redirect("samples", mission.slug)
            wanted, built = operations.request_for(mission, **form.arguments())
            shares = allocation_of(built.frame, wanted)
            strata_by = form.arguments()["strata_by"]
            shown = pages.preview(mission, built.frame, wanted, shares, strata_by=strata_by, uncovered=built.uncovered)
        except RefusedSampleError as refused:
            form.add_error(None, refused.text.shown(get_language() or "en").string)
        except RefusedDrawError as refused:
            form.add_error(None, refused.text().shown(get_language() or "en").string)
    context = {
        "form": form,
        "preview": shown,
        "may_draw": may_draw,
        "commitment": queries.open_commitment(mission, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "samples/new.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


@page(
    "samples",
    question=gettext_lazy("Which stations were drawn, and who says so?"),
    unknown=UnknownDrawError,
    posts=True,
)
def sample(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One draw: strata, times, stations for who may see them, reserves that step in, stops for teams."""
    now = timezone.now()
    draw = queries.draw_of(mission, pk, viewer=request.viewer)
    if request.method == "POST":
        request.viewer.require(Action.DRAW_SAMPLE, mission.pk)
    posted, replaces = (request.POST if request.method == "POST" else None), request.POST.get("do") == "replace"
    plan = StopsForm(None if replaces else posted, mission=mission)
    replacement = ReplacementForm(posted if replaces else None, auto_id="replace-%s")
    form = replacement if replaces else plan
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            if replaces:
                row = stops.replace(
                    draw=draw, station=typed["station"].strip(), reason=typed["reason"], by=request.viewer, now=now
                )
                messages.success(request, _("Reserve %(station)s steps in.") % {"station": row.reserve})
            else:
                stops.plan_stops(draw=draw, first=typed["first"], minutes=typed["minutes"], by=request.viewer, now=now)
                messages.success(request, _("The stops are planned. Each is shown at its hour and not before."))
            return redirect("sample", mission.slug, pk)
        except RefusedSampleError as refused:
            form.add_error(None, refused.text.shown(get_language() or "en").string)
    context = {
        "result": pages.result(mission, draw, viewer=request.viewer, now=now),
        "plan": plan,
        "replacement": replacement,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "samples/sample.html", context, status=422 if form.is_bound else 200)


@page("samples", unknown=UnknownDrawError)
def disclosure(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """The disclosure file; before polls close for few."""
    draw = queries.draw_of(mission, pk, viewer=request.viewer)
    data = queries.disclosure_of(draw, viewer=request.viewer, now=timezone.now())
    name = f"{mission.slug}-draw-{draw.pk}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/json", headers=headers)


@page("samples", unknown=UnknownDrawError)
def stations_file(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """The stations of the sample as CSV, with probability and weight; before polls close for few."""
    draw = queries.draw_of(mission, pk, viewer=request.viewer)
    rows = queries.standing(draw, viewer=request.viewer, now=timezone.now())
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["station", "stratum", "probability", "weight", "certain", "stepped_in_for", "gave_way_to"])
    for row in rows:
        chance = f"{row.probability.numerator}/{row.probability.denominator}"
        cells = [row.station, row.stratum, chance, f"{row.weight:.6f}", int(row.certain), row.replaced, row.gone]
        table.writerow(["'" + cell if isinstance(cell, str) and cell[:1] in "=+-@\t" else cell for cell in cells])
    headers = {"Content-Disposition": f'attachment; filename="{mission.slug}-draw-{draw.pk}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@page("samples", question=gettext_lazy("Where do I go next?"))
def my_stops(request: PageRequest, mission: Mission) -> HttpResponse:
    """Drawn stops that are due, for whoever walks there. What comes later is not told."""
    now = timezone.now()
    context = {
        "stops": queries.my_stops(mission, viewer=request.viewer, now=now),
        "next_at": queries.next_stop_at(mission, viewer=request.viewer, now=now),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "samples/my_stops.html", context)
