"""People while one types at the desk: names and mandates, for those who may read the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.queries.desk_people import MandateLine, suggest_people
from parvis.web.desk.frame import Desk, desk_page

LONGEST_QUERY = 100
SHOWN_MANDATES = 3


def mandate_words(line: MandateLine) -> str:
    """Return a mandate as it stands in a list of choices; one that is over says until when it was held."""
    if line.ended_on is None:
        return line.name
    day = date_format(line.ended_on, "SHORT_DATE_FORMAT")
    return gettext("%(mandate)s (until %(day)s)") % {"mandate": line.name, "day": day}


@require_safe
@desk_page(Permission.READ_DESK)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Answer `?q=dup` with up to eight people as JSON: key `person:42`, name, a line of mandates, each mandate."""
    found = suggest_people(
        desk.actor,
        text=request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        on=desk.edition.starts_on,
    )
    answer = [
        {
            "key": f"person:{person.pk}",
            "name": person.name,
            "where": " · ".join(mandate_words(line) for line in person.mandates[:SHOWN_MANDATES]),
            "mandates": [{"key": str(line.pk), "name": mandate_words(line)} for line in person.mandates],
        }
        for person in found
    ]
    return JsonResponse({"people": answer}, headers={"Cache-Control": "private, no-store"})
