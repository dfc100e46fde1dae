"""The WSGI application that `p8 serve` runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from paragraph8.domain.reports import MOST_BYTES

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PIECE = 64 * 1024


def spooled(inner: Application) -> Application:
    """Give a chunked body its length before Django reads it: Django believes CONTENT_LENGTH, phones may not send it.

    One byte more than may be kept is read, so that the view can tell a body that is too large.
    """

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            return inner(environ, start_response)
        with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as body:
            length = 0
            while length <= MOST_BYTES and (piece := environ["wsgi.input"].read(PIECE)):
                body.write(piece)
                length += len(piece)
            body.seek(0)
            environ = {**environ, "wsgi.input": body, "CONTENT_LENGTH": str(length)}
            return list(inner(environ, start_response))

    return application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paragraph8.config.settings")
application = spooled(get_wsgi_application())
