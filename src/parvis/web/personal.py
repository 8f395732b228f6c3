"""Personal pages: no cache keeps them, no search engine lists them, no other site learns their address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def personal(*, sends_form: bool = False) -> Callable[[View[P]], View[P]]:
    """Mark a view's answers as personal.

    A page with a form tells its address to this site only (`same-origin`): with `no-referrer` browsers send the form
    with the origin “null”, which the protection against forged forms refuses.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Referrer-Policy"] = "same-origin" if sends_form else "no-referrer"
            return response

        return answered

    return decorate
