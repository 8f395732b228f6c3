"""Sends what was uploaded: photographs and documents, under names that nobody guesses, never as a page of ours."""

from __future__ import annotations

import re
from typing import cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from parvis.domain.uploads import FILE_KINDS, ending_of

# photographs/<hex>.jpg, documents/<hex>/<name>: what services write; nothing else is looked for on the disk.
_NAME = re.compile(r"(?:photographs/[0-9a-f]{32}\.jpg|documents/[0-9a-f]{32}/[^/\\\x00]{1,120})\Z")


@require_safe
def uploaded(request: HttpRequest, name: str) -> FileResponse:
    """Send one uploaded file; a document that a browser must not show itself is offered for download."""
    kind = FILE_KINDS.get(ending_of(name))
    if kind is None or not _NAME.match(name) or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=kind.media_type)
    title = name.rpartition("/")[2]
    response.headers["Content-Disposition"] = cast(str, content_disposition_header(not kind.shown, title)) or "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"  # another file has another name
    return response
