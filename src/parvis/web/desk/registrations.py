"""One registration at the desk: who comes, for whom, whether they came, and everything that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.badges import spaced_badge_code
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.domain.registrations import (
    REGISTRATION_SOURCE_NAMES,
    REGISTRATION_STATUS_NAMES,
    PersonAlreadyRegistered,
    RegistrationSource,
    RegistrationStatus,
)
from parvis.domain.tickets import qr_svg
from parvis.queries.desk_people import mandate_name
from parvis.queries.desk_registration import (
    access_edition_registration,
    access_registration_page,
    find_registration_id,
)
from parvis.queries.log import list_history
from parvis.queries.registrations import may_change, may_restore
from parvis.services import badges
from parvis.services import registrations as services
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.lists_edition import STATUS_TINTS
from parvis.web.desk.people import consent_rows
from parvis.web.refusals import say
from parvis.web.space.forms import CancellationForm, spoken_choices

EDIT = Permission.EDIT_REGISTRATIONS
MAIL_TINTS = {"failed": "tint-brick", "queued": "tint-gold", "sending": "tint-gold", "sent": "tint-olive"}


def _address(desk: Desk, registration_id: int) -> str:
    return reverse("desk:registration", args=[desk.edition.slug, registration_id])


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show one registration. The ticket and the access needs are for those who may change it."""
    found = access_registration_page(desk.actor, edition_id=desk.edition.pk, registration_id=pk)
    registration = found.registration
    status = RegistrationStatus(registration.status)
    now, may_edit = timezone.now(), desk.actor.may(EDIT)
    live = status is not RegistrationStatus.CANCELLED
    valid = next((badge for badge in found.badges if badge.revoked_at is None), None)
    restorable = may_edit and may_restore(registration, now=now, by_desk=True)
    zone = desk.zone
    names = dict(spoken_choices())
    context = {
        "found": found,
        "registration": registration,
        "person": registration.person,
        "status": gettext(REGISTRATION_STATUS_NAMES[status]),
        "tint": STATUS_TINTS.get(registration.status, "tint-soft"),
        "source": gettext(REGISTRATION_SOURCE_NAMES[RegistrationSource(registration.source)]),
        "mandate": mandate_name(registration.mandate) if registration.mandate is not None else "",
        "languages": [names.get(code, code) for code in registration.person.languages],
        "live": live,
        "moments": _moments(registration, zone),
        "badge": valid,
        "ticket": qr_svg(valid.code) if valid is not None and live and may_edit else "",
        "code": spaced_badge_code(valid.code) if valid is not None and live and may_edit else "",
        "revoked": [badge.revoked_at.astimezone(zone) for badge in found.badges if badge.revoked_at is not None],
        "consents": consent_rows(found.consents, desk),
        "enrolments": [(row, _begins(row.session, zone)) for row in found.enrolments],
        "scans": [
            (scan, scan.scanned_at.astimezone(zone), getattr(scan, "undone_by", None) is not None)
            for scan in found.scans
            if scan.undoes_id is None
        ],
        "mails": [(mail, mail.created_at.astimezone(zone), MAIL_TINTS[mail.status]) for mail in found.mails],
        "lines": lines_of(list_history(desk.actor, subjects={"registration": [pk]}, most=30), zone),
        "may_edit": may_edit,
        "may_change": may_edit and may_change(registration, now=now, by_desk=True),
        "may_restore": restorable,
        "just_cancelled": restorable and request.GET.get("done") == "cancelled",
    }
    return render(request, "desk/registrations/page.html", context)


def _moments(registration: Any, zone: Any) -> dict[str, Any]:
    """Return when it was made, confirmed and cancelled, in the venue's time."""
    names = ("registered_at", "confirmed_at", "cancelled_at")
    moments = {name: getattr(registration, name) for name in names}
    return {name: moment and moment.astimezone(zone) for name, moment in moments.items()}


def _begins(session: Any, zone: Any) -> Any:
    placement = getattr(session, "placement", None)
    return placement.starts_at.astimezone(zone) if placement is not None else None


def _do(request: HttpRequest, desk: Desk, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    """Do one thing to a registration of this edition, and lead back to it with what came of it."""
    access_edition_registration(desk.actor, edition_id=desk.edition.pk, registration_id=pk)
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except PersonAlreadyRegistered as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
        reference = str(refusal.params["reference"])
        other = find_registration_id(desk.actor, edition_id=desk.edition.pk, reference=reference)
        return redirect(_address(desk, other or pk))
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, done)
    return redirect(_address(desk, pk))


@require_POST
@desk_page(EDIT)
def confirm(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Confirm a registration that awaited it; the ticket leaves."""
    done = gettext("The registration is confirmed; the ticket leaves by mail.")
    return _do(request, desk, pk, lambda: services.confirm_registration(actor=desk.actor, registration_id=pk), done)


@require_POST
@desk_page(EDIT)
def restore(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Take a cancelled registration up again, with its reference and its badge."""
    done = gettext("The registration stands again, with its reference and its badge.")
    return _do(request, desk, pk, lambda: services.restore_registration(actor=desk.actor, registration_id=pk), done)


@require_POST
@desk_page(EDIT)
def resend(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Send the ticket and the personal link again."""
    done = gettext("The ticket and the personal link are sent again.")
    return _do(request, desk, pk, lambda: services.resend_confirmation(actor=desk.actor, registration_id=pk), done)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def cancel(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask for a reason, then cancel: the person is told by mail, the badge is refused at the door."""
    registration = access_edition_registration(desk.actor, edition_id=desk.edition.pk, registration_id=pk)
    if not may_change(registration, now=timezone.now(), by_desk=True):
        return redirect(_address(desk, pk))
    form = CancellationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_registration(actor=desk.actor, registration_id=pk, reason=form.cleaned_data["reason"])
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            form.add_error(None, say(refusal))
        else:
            return redirect(f"{_address(desk, pk)}?done=cancelled")
    person = registration.person
    lead = (
        gettext("%(email)s is told by mail, and the badge is refused at the door. You can undo it on the next page.")
        if person.email
        else gettext("The badge is refused at the door. There is no address: tell the person yourself.")
    )
    context = {
        "form": form,
        "heading": gettext("Cancel the registration of %(name)s?") % {"name": person},
        "lead": lead % {"email": person.email},
        "button": gettext("Cancel the registration"),
        "back": _address(desk, pk),
        "back_name": str(registration),
    }
    return render(request, "desk/confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def replace_badge(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask, then give another badge: the one before is refused from now on."""
    registration = access_edition_registration(desk.actor, edition_id=desk.edition.pk, registration_id=pk)
    if registration.status == RegistrationStatus.CANCELLED:
        return redirect(_address(desk, pk))
    if request.method == "POST":
        done = (
            gettext("The badge is replaced: the one before is refused from now on. Send the ticket again.")
            if registration.person.email
            else gettext(
                "The badge is replaced: the one before is refused from now on. "
                "Give the new one yourself: there is no address."
            )
        )
        return _do(request, desk, pk, lambda: badges.replace_badge(actor=desk.actor, registration_id=pk), done)
    context = {
        "heading": gettext("Replace the badge of %(name)s?") % {"name": registration.person},
        "lead": gettext(
            "For a badge that is lost or was copied: the code of now is refused at every door from this moment on, "
            "also the one in the mail that was sent. This cannot be undone."
        ),
        "button": gettext("Replace the badge"),
        "back": _address(desk, pk),
        "back_name": str(registration),
    }
    return render(request, "desk/confirm.html", context)
