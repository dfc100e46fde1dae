"""Documents with their live figures, releases, and the public pages of a release."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from paragraph8.accounts.permissions import Action
from paragraph8.documents.html import POLICY
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.web.paging import number_in

from . import public
from .forms import form_for
from .queries import UnknownDocumentError, document_of, documents_of, released_file, releases
from .statement_page import statement_page


@page("statement")
def statements(request: PageRequest, mission: Mission) -> HttpResponse:
    """The first document of the mission, or how to make one."""
    documents = documents_of(mission, viewer=request.viewer)
    if documents:
        return redirect("statement", mission.slug, documents[0].code)
    return render(request, "publishing/no_statement.html", {"stamp": stamp(mission, viewer=request.viewer)})


@page("statement", unknown=UnknownDocumentError, posts=True)
def statement(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """A document sentence by sentence; `?edit=&language=` opens the form that words one sentence anew."""
    document = document_of(mission, code, viewer=request.viewer)
    posted = request.POST if request.method == "POST" else None
    may_write = request.viewer.may(Action.WRITE_STATEMENT, mission.pk)
    if posted is not None:
        request.viewer.require(Action.WRITE_STATEMENT, mission.pk)
    sentence = number_in(request.GET, "edit")
    asked = request.GET.get("language", "") if may_write else ""
    form = form_for(document, sentence, asked, posted, viewer=request.viewer)
    if form and posted is not None and form.is_valid() and form.save(by=request.viewer, now=timezone.now()):
        messages.success(request, _("Saved. The wording before it is kept in the log."))
        return redirect(f"{reverse('statement', args=[mission.slug, code])}#s-{sentence}")
    known = stamp(mission, viewer=request.viewer)
    context = {
        "statement": statement_page(document, as_of=known.change, viewer=request.viewer),
        "documents": documents_of(mission, viewer=request.viewer),
        "form": form,
        "may_write": may_write,
        "may_release": request.viewer.may(Action.RELEASE, mission.pk),
        "stamp": known,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "publishing/statement.html", context, status=status)


@page("releases", question=gettext_lazy("What has been published?"))
def mission_releases(request: PageRequest, mission: Mission) -> HttpResponse:
    """Every release of the mission, newest first."""
    context = {
        "releases": [public.of(release) for release in releases(mission, viewer=request.viewer)],
        "may_release": request.viewer.may(Action.RELEASE, mission.pk),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "publishing/releases.html", context)


@require_safe
def released(request: HttpRequest, slug: str, version: int, name: str = public.INDEX) -> HttpResponseBase:
    """A file of a public release, for everybody."""
    try:
        file = released_file(slug, version, name)
    except UnknownDocumentError as error:
        raise Http404 from error
    tag = public.tag(file)
    if unchanged := get_conditional_response(request, etag=tag):
        return unchanged
    response = FileResponse(file.open("rb"), content_type=public.content_type(file))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = public.CACHE
    response.headers["Content-Language"] = public.language(file)
    if file.suffix == ".html":
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'"
    return response
