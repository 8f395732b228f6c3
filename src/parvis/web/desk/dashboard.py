"""The desk's first page: what needs attention, and how many are registered."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.attention import Concern
from parvis.domain.refusals import NotAllowed
from parvis.domain.registrations import CATEGORY_KIND_NAMES, REGISTRATION_SOURCE_NAMES, REGISTRATION_STATUS_NAMES
from parvis.queries.attention import list_attention
from parvis.queries.desk_counts import count_for_dashboard
from parvis.queries.desk_editions import NoEditionYet, desk_edition
from parvis.web.actors import get_actor
from parvis.web.desk.charts import HEIGHT, WIDTH, bars_of
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say

# Where each concern is dealt with: url name, query.
_WHERE: dict[Concern, tuple[str, dict[str, str]]] = {
    Concern.MAILS_FAILED: ("mails", {"status": "failed"}),
    Concern.MAILS_WAITING: ("mails", {"status": "queued"}),
    Concern.STALE_COMMUNIQUE: ("communiques_of", {}),
    Concern.NEVER_PUBLISHED: ("releases", {}),
    Concern.UNPUBLISHED: ("releases", {}),
    Concern.DECLINED_SPEAKERS: ("invitations", {"answer": "declined"}),
    Concern.ANSWERS_OVERDUE: ("invitations", {"state": "late"}),
    Concern.PENDING: ("registrations", {"status": "pending"}),
    Concern.DUPLICATES: ("registrations", {"doubt": "twice", "sort": "person"}),
    Concern.UNPLACED: ("sessions", {"lacks": "placement"}),
    Concern.SPEAKERLESS: ("sessions", {"lacks": "speakers"}),
    Concern.WITHOUT_MANDATE: ("sessions", {"lacks": "mandate"}),
    Concern.TEXTS_MISSING: ("sessions", {"lacks": "text"}),
    Concern.TEXTS_UNCHECKED: ("sessions", {"lacks": "check"}),
    Concern.PARTNERS_SILENT: ("partners", {}),
    Concern.NEXT_UNDATED: ("edition", {}),
}


@require_safe
@login_required
def current(request: HttpRequest) -> HttpResponse:
    """Lead to the edition that asks most; where there is none yet, say how to begin."""
    actor = get_actor(request)
    try:
        actor.require(Permission.READ_DESK)
        edition = desk_edition(actor, slug=None)
    except NotAllowed as refusal:
        return render(request, "errors/403.html", {"reason": say(refusal)}, status=403)
    except NoEditionYet:
        return render(request, "desk/first_edition.html", {"may_import": actor.may(Permission.IMPORT)})
    return redirect("desk:dashboard_of", edition.slug)


def _every_day(counts: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """Return the days from the first to the last, also those when nobody registered; long spans stay as they are."""
    if not counts or (counts[-1][0] - counts[0][0]).days > 120:
        return counts
    known = dict(counts)
    first, last = counts[0][0], counts[-1][0]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day, known.get(day, 0)) for day in days]


@require_safe
@desk_page(Permission.READ_DESK)
def of_edition(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what needs attention and what is counted. The number of queries does not depend on the size."""
    edition = desk.edition
    counts = count_for_dashboard(desk.actor, edition_id=edition.pk, zone=desk.zone)
    attention = []
    for item in list_attention(desk.actor, edition=edition, now=timezone.now()):
        name, query = _WHERE[item.concern]
        address = reverse(f"desk:{name}", args=[edition.slug])
        attention.append((item.count, gettext(item.sentence), f"{address}?{urlencode(query)}" if query else address))
    days = _every_day(counts.by_day)
    registrations = reverse("desk:registrations", args=[edition.slug])
    return render(
        request,
        "desk/dashboard.html",
        {
            "attention": attention,
            "counts": counts,
            "states": [
                (gettext(name), counts.by_status.get(status, 0), f"{registrations}?status={status}")
                for status, name in REGISTRATION_STATUS_NAMES.items()
            ],
            "categories": [
                (gettext(CATEGORY_KIND_NAMES[kind]), count, f"{registrations}?category={kind}")  # type: ignore[index]
                for kind, count in counts.by_category
            ],
            "sources": [
                (gettext(REGISTRATION_SOURCE_NAMES[source]), count, f"{registrations}?source={source}")  # type: ignore[index]
                for source, count in counts.by_source
            ],
            "bars": bars_of([(date_format(day, "j F"), count) for day, count in days]),
            "width": WIDTH,
            "height": HEIGHT,
            "first_day": days[0][0] if days else None,
            "last_day": days[-1][0] if days else None,
        },
    )
