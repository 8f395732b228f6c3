"""The form with which one person of one organisation registers: it parses and shows, the rules stand in the domain."""

from __future__ import annotations

import time
from typing import Any, ClassVar
from uuid import uuid4

from babel import Locale
from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.network.countries import countries
from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.people.persons import (
    CONSENT_PURPOSE_NAMES,
    GENDER_NAMES,
    MANDATE_FUNCTION_NAMES,
    ConsentPurpose,
    Gender,
    MandateFunction,
)
from parvis.domain.refusals import Refusal
from parvis.domain.registration_forms import (
    IN_TABLE,
    LONGEST,
    LONGEST_ORGANISATION,
    FieldMissing,
    OrganisationInput,
    RegistrationInput,
    faults_of,
    tidied,
)
from parvis.domain.registrations import CATEGORY_KIND_NAMES, OFFERED, CategoryKind
from parvis.web.refusals import say

SPOKEN = ("fr", "en", "es", "ar", "pt", "de", "it")
ADD_AS_NEW = "new"
REQUIRED = ("organisation", "first_name", "last_name", "email")
_SALT = "parvis.registration-form"
FORM_LIFE_SECONDS = 24 * 3600


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


def country_choices() -> list[tuple[str, str]]:
    """Return every country by its name in the active language, France first."""
    language = _language()
    named = sorted(((code, country.name(language)) for code, country in countries().items()), key=lambda pair: pair[1])
    france = ("FR", countries()["FR"].name(language))
    return [france, *(pair for pair in named if pair[0] != "FR")]


def spoken_choices() -> list[tuple[str, str]]:
    """Return the languages that are asked for, named in the active language."""
    names = Locale.parse(_language()).languages
    return [(code, str(names[code])) for code in SPOKEN]


def read_organisation_key(key: str) -> tuple[int | None, str, OrganisationKind | None]:
    """Return (id, code, kind) from what a suggestion sends back: `id:42`, `commune:21231`; nothing for other text."""
    head, _colon, tail = key.partition(":")
    if head == "id" and tail.isdigit() and len(tail) < 19:
        return int(tail), "", None
    if head in OrganisationKind.__members__.values() and tail.isalnum():
        return None, tail, OrganisationKind(head)
    return None, "", None


class RegistrationForm(forms.Form):
    """Everything that one person tells. `to_input` gives what the service takes."""

    organisation = forms.CharField(
        label=_("Name of your organisation"),
        required=False,
        help_text=_("Local authority, embassy, ministry, association… A name, an INSEE code or a SIREN."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "maxlength": LONGEST_ORGANISATION}),
    )
    organisation_key = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_for = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_kind = forms.ChoiceField(label=_("If you add it, what kind of organisation is it?"), required=False)
    country = forms.ChoiceField(label=_("Country of the organisation"), initial="FR")
    category = forms.ChoiceField(label=_("You come as"))
    first_name = forms.CharField(
        label=_("First name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        help_text=_("For the statistics on parity. You may leave it undeclared."),
    )
    title = forms.CharField(
        label=_("Title, as you bear it"),
        required=False,
        help_text=_(
            "For example “Mayor”, “Deputy mayor for international affairs”, “Head of cooperation”; "
            "without the name of the organisation. An elected official must fill it in."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    function = forms.ChoiceField(label=_("Function"), required=False)
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Your ticket and the link to your registration go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        help_text=_("Only for the organisers, on the day."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=_("Write to me in"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), required=False, widget=forms.CheckboxSelectMultiple
    )
    access_needs = forms.CharField(
        label=_("Access needs"),
        required=False,
        help_text=_("Wheelchair, hearing loop, sign language, a companion… Only those who welcome you read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    diet = forms.CharField(label=_("Diet"), required=False, help_text=_("Vegetarian, halal, allergies…"))
    consent_image = forms.BooleanField(required=False)
    consent_listed = forms.BooleanField(required=False)
    consent_newsletter = forms.BooleanField(required=False)

    required: ClassVar[tuple[str, ...]] = REQUIRED

    def __init__(self, *args: Any, categories: list[tuple[CategoryKind, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: dict[str, Any] = self.fields
        choose = ("", gettext("Choose…"))
        genders = [Gender.UNDECLARED, Gender.WOMAN, Gender.MAN, Gender.OTHER]
        field["category"].choices = [choose, *((str(kind), name) for kind, name in categories)]
        field["country"].choices = country_choices()
        field["gender"].choices = [(str(key), gettext(GENDER_NAMES[key])) for key in genders]
        field["function"].choices = [(str(key), gettext(name)) for key, name in MANDATE_FUNCTION_NAMES.items()]
        field["function"].initial = str(MandateFunction.OTHER)
        field["language"].choices = [(code, str(name)) for code, name in settings.LANGUAGES]
        field["language"].initial = _language()
        field["languages"].choices = spoken_choices()
        field["organisation_kind"].choices = [
            choose,
            *((str(key), gettext(name)) for key, name in ORGANISATION_KIND_NAMES.items() if key not in IN_TABLE),
        ]
        for purpose in ConsentPurpose:
            field[f"consent_{purpose}"].label = gettext(CONSENT_PURPOSE_NAMES[purpose])
        for name, most in LONGEST.items():
            field[name].widget.attrs["maxlength"] = most
        for name in self.required:
            field[name].required = True
            field[name].error_messages["required"] = gettext(FieldMissing.sentence)

    def to_input(self) -> RegistrationInput:
        """Return what was typed, tidied, as the service takes it; call it once the choices are valid."""
        data = self.cleaned_data
        organisation_id, code, kind = self._chosen(data)
        add_as_new = self._key(data) == ADD_AS_NEW
        if add_as_new and data.get("organisation_kind"):
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
                    country=data["country"],
                    add_as_new=add_as_new,
                ),
                category=CategoryKind(data["category"]),
                gender=Gender(data["gender"]),
                phone=data["phone"],
                title=data["title"],
                function=MandateFunction(data["function"] or "other"),
                language=data["language"] or _language(),
                languages=tuple(data["languages"]),
                access_needs=data["access_needs"],
                diet=data["diet"],
                consents=frozenset(purpose for purpose in ConsentPurpose if data[f"consent_{purpose}"]),
            )
        )

    def clean(self) -> dict[str, Any]:
        """Ask the domain what is wrong and show each fault beside its field."""
        data = super().clean() or {}
        if self._key(data) == ADD_AS_NEW and not data.get("organisation_kind"):
            self.add_error("organisation_kind", gettext("Say what kind of organisation you add."))
        if set(self.errors) - set(self.required):
            return data  # an answer that is not among the choices: the rules cannot be asked
        for name in self.required:
            data.setdefault(name, "")
        for fault in faults_of(self.to_input(), email_required="email" in self.required):
            if fault.field not in self.errors:
                self.add_refusal(fault)
        return data

    def add_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))

    @staticmethod
    def _key(data: dict[str, Any]) -> str:
        """Return the chosen suggestion, unless the name was typed over since it was chosen."""
        same = data.get("organisation", "").strip() == data.get("organisation_for", "").strip()
        return str(data.get("organisation_key", "")) if same else ""

    def _chosen(self, data: dict[str, Any]) -> tuple[int | None, str, OrganisationKind | None]:
        return read_organisation_key(self._key(data))


class PublicRegistrationForm(RegistrationForm):
    """The form on the public site: told apart from machines, and harmless when it is sent twice."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)
    nickname = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends: a filled trap, or a form answered before it could be read."""
        data = super().clean()
        if data.get("nickname"):
            self.add_error(None, gettext("Leave the last field of the form empty: it is a trap for robots."))
        try:
            stamp = signing.loads(data.get("shown_at", ""), salt=_SALT, max_age=FORM_LIFE_SECONDS)
        except signing.BadSignature:
            self.add_error(None, gettext("This page was open for too long. Your answers are kept: send them again."))
            return data
        age = _now() - float(stamp)
        if age < settings.PARVIS_FORM_FASTEST_SECONDS:
            self.add_error(None, gettext("That was faster than anybody reads. Check your answers and send them again."))
        return data

    @staticmethod
    def new_stamps() -> dict[str, Any]:
        """Return the initial values that make one form one form."""
        return {"form_key": uuid4(), "shown_at": new_shown_at()}


def new_shown_at() -> str:
    """Return the signed moment at which a form is shown."""
    return signing.dumps(_now(), salt=_SALT)


def _now() -> float:
    return time.time()


def standard_categories() -> list[tuple[CategoryKind, str]]:
    """Return the categories offered where an edition names none of its own."""
    return [(kind, gettext(name)) for kind, name in CATEGORY_KIND_NAMES.items() if kind in OFFERED]


class CancellationForm(forms.Form):
    """Why, if one cares to say."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("It helps us to plan. Only the organisers read it."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class ResendForm(forms.Form):
    """To which address the link goes again."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
