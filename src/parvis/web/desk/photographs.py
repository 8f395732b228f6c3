"""The photograph of a person, given or taken away at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parvis.domain.access import Permission
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.desk_people import access_person
from parvis.services.photographs import give_photograph, remove_photograph
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.space.forms_invitations import PhotographForm, file_content

EDIT = Permission.EDIT_NETWORK


def _address(desk: Desk, person_id: int) -> str:
    return reverse("desk:person", args=[desk.edition.slug, person_id])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show a person's photograph and take another in."""
    person = access_person(desk.actor, person_id=pk)
    form = PhotographForm(request.POST, request.FILES) if request.method == "POST" else PhotographForm()
    if request.method == "POST" and form.is_valid():
        try:
            give_photograph(actor=desk.actor, person_id=pk, content=file_content(form), cut=form.cut())
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, gettext("The photograph is saved: the public sees it once the site is published.")
            )
            return redirect(_address(desk, pk))
    context = {"form": form, "person": person, "back": _address(desk, pk)}
    return render(request, "desk/people/photograph.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask, then take a person's photograph away, its file too."""
    person = access_person(desk.actor, person_id=pk)
    if request.method == "POST":
        remove_photograph(actor=desk.actor, person_id=pk)
        messages.success(request, gettext("The photograph is taken away, and its file is deleted."))
        return redirect(_address(desk, pk))
    context = {
        "heading": gettext("Take the photograph of %(name)s away?") % {"name": person},
        "lead": gettext("Its file is deleted at once, also from the published site. This cannot be undone."),
        "button": gettext("Take the photograph away"),
        "back": _address(desk, pk),
        "back_name": str(person),
    }
    return render(request, "desk/confirm.html", context)
