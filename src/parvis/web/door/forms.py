"""The short form of the door: who, for whom, as what. It parses and shows; the rules stand in the domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.refusals import Refusal
from parvis.domain.registration_forms import (
    IN_TABLE,
    LONGEST,
    LONGEST_ORGANISATION,
    OrganisationInput,
    RegistrationInput,
    faults_of,
    tidied,
)
from parvis.domain.registrations import CATEGORY_KIND_NAMES, CategoryKind
from parvis.web.refusals import say
from parvis.web.space.forms import ADD_AS_NEW, country_choices, read_organisation_key


class WalkInForm(forms.Form):
    """What is asked of somebody who stands at the door: under a minute (R12)."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    last_name = forms.CharField(label=_("Last name"), max_length=LONGEST["last_name"])
    first_name = forms.CharField(label=_("First name"), max_length=LONGEST["first_name"])
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=LONGEST_ORGANISATION,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation_key = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_for = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_kind = forms.ChoiceField(label=_("If you add it, what kind of organisation is it?"), required=False)
    country = forms.ChoiceField(label=_("Country of the organisation"), initial="FR", required=False)
    category = forms.ChoiceField(label=_("Comes as"))
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=LONGEST["title"],
        help_text=_("For example “Mayor”. An elected official must have one."),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=LONGEST["email"],
        help_text=_("If they want their ticket by mail."),
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: dict[str, Any] = self.fields
        choose = ("", gettext("Choose…"))
        field["category"].choices = [
            choose,
            *((str(kind), gettext(name)) for kind, name in CATEGORY_KIND_NAMES.items()),
        ]
        field["country"].choices = country_choices()
        field["organisation_kind"].choices = [
            choose,
            *((str(key), gettext(name)) for key, name in ORGANISATION_KIND_NAMES.items() if key not in IN_TABLE),
        ]
        for name in ("last_name", "first_name", "email", "title"):
            field[name].widget.attrs["autocomplete"] = "off"  # the device's owner is not who is registered
        first = "first_name" if self.initial.get("last_name") else "last_name"
        field[first].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Ask the domain what is wrong and show each fault beside its field."""
        data = super().clean() or {}
        if self._key(data) == ADD_AS_NEW and not data.get("organisation_kind"):
            self.add_error("organisation_kind", gettext("Say what kind of organisation you add."))
        if not self.errors:
            for fault in faults_of(self.to_input(), email_required=False):
                self.add_refusal(fault)
        return data

    def to_input(self) -> RegistrationInput:
        """Return what was typed, tidied, as the service takes it; call it once every field is there."""
        data = self.cleaned_data
        key = self._key(data)
        organisation_id, code, kind = read_organisation_key(key)
        if key == ADD_AS_NEW and data["organisation_kind"]:
            kind = OrganisationKind(data["organisation_kind"])
        return tidied(
            RegistrationInput(
                first_name=data["first_name"],
                last_name=data["last_name"],
                email=data["email"],
                organisation=OrganisationInput(
                    name=data["organisation"],
                    organisation_id=organisation_id,
                    code=code,
                    kind=kind,
                    country=data["country"] or "FR",
                    add_as_new=key == ADD_AS_NEW,
                ),
                category=CategoryKind(data["category"]),
                title=data["title"],
                language=(get_language() or "fr").split("-")[0],
            )
        )

    def add_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))

    @staticmethod
    def _key(data: dict[str, Any]) -> str:
        """Return the chosen suggestion, unless the name was typed over since it was chosen."""
        same = data.get("organisation", "").strip() == data.get("organisation_for", "").strip()
        return str(data.get("organisation_key", "")) if same else ""
