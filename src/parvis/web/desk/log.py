"""The log: who did what to what, when and from where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.log_actions import SUBJECT_NAMES, VERB_NAMES
from parvis.queries.log import LogFilters, list_log
from parvis.web.desk import listing
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of


@require_safe
@desk_page(Permission.READ_LOG)
def entries(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what was done, the latest first."""
    filters = listing.read_filters(LogFilters, request.GET)
    page = list_log(desk.actor, filters=filters, page=listing.read_page(request.GET))
    return render(
        request,
        "desk/log.html",
        {
            "page": page,
            "lines": lines_of(page, desk.zone),
            "filters": filters,
            "narrowed": listing.narrowed(filters),
            "selects": [
                listing.one_of("subject", gettext("What"), SUBJECT_NAMES, filters.subject),
                listing.one_of("action", gettext("Action"), VERB_NAMES, filters.action),
            ],
        },
    )
