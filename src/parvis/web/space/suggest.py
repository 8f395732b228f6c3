"""Organisations while one types: a few names, never a person."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from parvis.queries.organisations import suggest_organisations
from parvis.web.rate_limits import is_allowed

LONGEST_QUERY = 100


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer `?q=dij` with up to eight organisations as JSON, in the page's language."""
    if not is_allowed(request, "suggest"):
        return JsonResponse({"organisations": []}, status=429)
    found = suggest_organisations(request.GET.get("q", "")[:LONGEST_QUERY])
    return JsonResponse({"organisations": [asdict(suggestion) for suggestion in found]})
