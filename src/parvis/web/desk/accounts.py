"""Accounts of the desk, the door and the press, and the roles that they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import ROLE_NAMES, Permission, Role
from parvis.domain.refusals import NotFound, Refusal
from parvis.queries.accounts import access_accounts
from parvis.services import accounts as services
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say


class AccountForm(forms.Form):
    """Who may sign in, and as what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("The code to sign in is sent there."))
    name = forms.CharField(label=_("Name"), max_length=200)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        assert isinstance(roles, forms.MultipleChoiceField)  # noqa: S101 - declared above
        roles.choices = [(role.value, gettext(name)) for role, name in ROLE_NAMES.items()]


@require_safe
@desk_page(Permission.GRANT_ROLES)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the accounts with their roles."""
    rows = []
    for account in access_accounts(desk.actor):
        held = {grant.role for grant in account.grants.all()}
        rows.append((account, [(role.value, gettext(name), role.value in held) for role, name in ROLE_NAMES.items()]))
    return render(request, "desk/accounts/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@desk_page(Permission.GRANT_ROLES)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open an account; the same address again adds the roles."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        roles = [Role(value) for value in form.cleaned_data["roles"]]
        try:
            account = services.open_account(
                actor=desk.actor, email=form.cleaned_data["email"], name=form.cleaned_data["name"], roles=roles
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("%(name)s can sign in now.") % {"name": account})
            return redirect("desk:accounts")
    return render(request, "desk/accounts/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@desk_page(Permission.GRANT_ROLES)
def set_role(request: HttpRequest, desk: Desk, account_id: int, role: str) -> HttpResponse:
    """Give or take back one role: `give` in the form says which."""
    if role not in {known.value for known in Role}:
        raise NotFound
    change = services.grant_role if request.POST.get("give") else services.revoke_role
    try:
        change(actor=desk.actor, account_id=account_id, role=Role(role))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The roles are changed."))
    return redirect("desk:accounts")
