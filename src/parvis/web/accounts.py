"""Signing in: allauth's codes, with our outbox for the mails, our words, and no public sign-up."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain import typography
from parvis.domain.access import ROLE_NAMES, Actor, Permission
from parvis.queries.accounts import list_demo_accounts
from parvis.services.mails import queue_mail
from parvis.web.actors import get_actor


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made on the desk; nobody signs up alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code that we sent. Copy it from the latest mail."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then ask for a new code."),
        "rate_limited": _("Too many requests. Wait a few minutes, then try again."),
        "account_inactive": _("This account is closed. Ask an organiser to open it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse public sign-up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the mail to the outbox, so that it leaves once and after the commit."""
        language = (get_language() or "fr").split("-")[0]
        context = {
            **context,
            "email": email,
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "site": settings.PARVIS_SITE_URL,
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        queue_mail(
            key=f"account:{uuid4()}",
            recipient=email,
            language=language,
            subject=typography.typeset(subject, language),
            body_text=typography.typeset(render_to_string(f"{template_prefix}_message.txt", context), language),
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where the account's role belongs."""
        return landing_of(get_actor(request))


# The first that the actor may do decides; the addresses belong to the other areas.
_LANDINGS: tuple[tuple[Permission, str], ...] = (
    (Permission.READ_DESK, "desk:dashboard"),
    (Permission.READ_COMMUNIQUE, "desk:communiques"),
    (Permission.REVIEW, "desk:reviews_current"),
    (Permission.SCAN, "door:home"),
)


def landing_of(actor: Actor) -> str:
    """Return the address of the area where an actor works; my space for those without a role."""
    for permission, name in _LANDINGS:
        if actor.may(permission):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("space:overview")


class DemoAwareRequestLoginCodeView(RequestLoginCodeView):
    """Asks for the address; the demo shows its accounts, and one click fills the field."""

    def get_initial(self) -> dict[str, Any]:
        """Fill the address that a link of the demo names."""
        initial = super().get_initial()
        if settings.PARVIS_DEMO:
            initial["email"] = self.request.GET.get("email", "")
        return initial

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts."""
        context = super().get_context_data(**kwargs)
        context["demo"] = settings.PARVIS_DEMO
        context["demo_accounts"] = [
            {
                "name": account.name,
                "email": account.email,
                "roles": [gettext(ROLE_NAMES[role]) for role in account.roles],
            }
            for account in (list_demo_accounts() if settings.PARVIS_DEMO else [])
        ]
        return context


class DemoAwareConfirmLoginCodeView(ConfirmLoginCodeView):
    """Asks for the code; the demo leads to its mailbox."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this is the demo."""
        return {**super().get_context_data(**kwargs), "demo": settings.PARVIS_DEMO}


request_login_code = DemoAwareRequestLoginCodeView.as_view()
confirm_login_code = DemoAwareConfirmLoginCodeView.as_view()
