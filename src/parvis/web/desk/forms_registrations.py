"""The form with which the desk registers somebody, or changes a registration: the public one, without its window."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.people.persons import ConsentPurpose
from parvis.domain.registration_forms import RegistrationInput
from parvis.domain.registrations import CategoryKind
from parvis.web.space.forms import RegistrationForm


class DeskRegistrationForm(RegistrationForm):
    """Everything about one person’s coming, said of them and not by them; an address is not required."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    required: ClassVar[tuple[str, ...]] = ("organisation", "first_name", "last_name")

    def __init__(self, *args: Any, categories: list[tuple[CategoryKind, str]], **kwargs: Any) -> None:
        super().__init__(*args, categories=categories, **kwargs)
        said: dict[str, tuple[str, str]] = {
            "organisation": (gettext("Organisation"), gettext("A name, an INSEE code or a SIREN.")),
            "category": (gettext("Category"), ""),
            "gender": (gettext("Gender"), gettext("As the person declares it; it is never guessed.")),
            "title": (
                gettext("Title, as the person bears it"),
                gettext("Without the name of the organisation. An elected official must have one."),
            ),
            "email": (gettext("E-mail address"), gettext("The ticket and the personal link go there.")),
            "language": (gettext("Write to the person in"), ""),
            "languages": (gettext("Languages spoken"), ""),
            "access_needs": (
                gettext("Access needs"),
                gettext("Wheelchair, hearing loop, sign language, a companion… Only those who welcome read this."),
            ),
        }
        for name, (label, help_text) in said.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for field in self.fields.values():
            field.widget.attrs.pop("autocomplete", None)  # it is not the visitor's own name that is typed here
        for name in ("organisation", "first_name", "last_name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class NewRegistrationForm(DeskRegistrationForm):
    """The same, for somebody who is not registered yet; harmless when it is sent twice."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    notify = forms.BooleanField(label=_("Send the ticket by mail"), required=False, initial=True)

    @staticmethod
    def new_key() -> dict[str, Any]:
        """Return the initial value that makes one form one form."""
        return {"form_key": uuid4()}


def initial_of(form: RegistrationInput) -> dict[str, Any]:
    """Return what fills the form from a registration as it stands."""
    name, key = form.organisation.name, form.organisation.organisation_id
    return {
        **{f: getattr(form, f) for f in ("first_name", "last_name", "email", "phone", "title", "language", "diet")},
        "access_needs": form.access_needs,
        "languages": list(form.languages),
        "category": str(form.category),
        "gender": str(form.gender),
        "function": str(form.function),
        "country": form.organisation.country,
        "organisation": name,
        "organisation_for": name,
        "organisation_key": f"id:{key}" if key is not None else "",
        **{f"consent_{purpose}": purpose in form.consents for purpose in ConsentPurpose},
    }
