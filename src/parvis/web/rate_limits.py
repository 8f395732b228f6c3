"""How often one address may ask for something that costs us or bothers others."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`."""

    most: int
    seconds: int


# `PARVIS_RATE_LIMITS` in the settings replaces any of these; an office shares one address, so they are generous.
LIMITS: dict[str, Limit] = {
    "register": Limit(40, 600),
    "resend": Limit(10, 600),
    "suggest": Limit(600, 60),
    "token": Limit(60, 60),
    "propose": Limit(60, 600),
    "invite": Limit(60, 600),
    "own_programme": Limit(40, 600),  # new addresses
    "own_programme_change": Limit(1200, 600),  # a star at a time, from every phone of an office
}


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address: behind `PARVIS_TRUSTED_PROXIES` proxies, the one that the outermost of them saw."""
    proxies = int(getattr(settings, "PARVIS_TRUSTED_PROXIES", 0))
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def is_allowed(request: HttpRequest, action: str) -> bool:
    """Count one `action` of the visitor's address and tell whether it is still within the limit."""
    most, seconds = getattr(settings, "PARVIS_RATE_LIMITS", {}).get(action, (0, 0))
    limit = Limit(most, seconds) if seconds else LIMITS[action]
    key = f"parvis.rate:{action}:{client_address(request)}"
    if cache.add(key, 1, limit.seconds):
        return limit.most >= 1
    try:
        return cache.incr(key) <= limit.most
    except ValueError:  # the window ended between the two calls
        cache.set(key, 1, limit.seconds)
        return True
