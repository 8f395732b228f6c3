"""Forms about people and the mandates that they hold."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.domain.people.persons import GENDER_NAMES, MANDATE_FUNCTION_NAMES, Gender, MandateFunction
from parvis.web.desk.forms import OrganisationChoice, choices
from parvis.web.desk.forms_layout import GroupedForm, day_field, in_language
from parvis.web.space.forms import spoken_choices

PERSON_COLUMNS = ("first_name", "last_name", "gender", "email", "phone", "languages", "biography_fr", "biography_en")
MANDATE_COLUMNS = (
    *("function", "title_fr", "title_en", "label_fr", "label_en"),
    *("protocol_rank", "starts_on", "ends_on"),
)
_HIGHEST_RANK = 999


class PersonForm(GroupedForm):
    """Who somebody is, apart from what they are called to."""

    first_name = forms.CharField(label=_("First name"), max_length=120, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=120)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, help_text=_("As the person declares it; it is never guessed.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        help_text=_("Tickets and invitations go there; it is never published."),
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    biography_fr = forms.CharField(
        label=_("Biography in French"), max_length=5000, required=False, widget=in_language("fr", rows=5)
    )
    biography_en = forms.CharField(
        label=_("Biography in English"), max_length=5000, required=False, widget=in_language("en", rows=5)
    )

    groups = (
        ("", (("first_name", "last_name"), ("gender",), ("email", "phone"), ("languages",)), False),
        (_("Biography"), (("biography_fr",), ("biography_en",)), True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = (Gender.UNDECLARED, Gender.WOMAN, Gender.MAN, Gender.OTHER)
        cast(Any, self.fields["gender"]).choices = choices({key: GENDER_NAMES[key] for key in order})
        known = dict(spoken_choices())
        held = self.get_initial_for_field(self.fields["languages"], "languages") or []
        # A language that an import brought is kept, though the form does not offer it.
        known.update({code: code for code in held if code not in known})
        cast(Any, self.fields["languages"]).choices = list(known.items())
        self.held = list(held)

    def clean_languages(self) -> list[str]:
        """Return the languages that are ticked, in the order in which they were held before."""
        ticked = list(self.cleaned_data["languages"])
        return [*(code for code in self.held if code in ticked), *(code for code in ticked if code not in self.held)]


class MandateForm(OrganisationChoice, GroupedForm):
    """What a person is, where, and from when to when."""

    function = forms.ChoiceField(label=_("Function"), initial=str(MandateFunction.OTHER))
    title_fr = forms.CharField(
        label=_("Title in French"),
        max_length=300,
        required=False,
        widget=in_language("fr"),
        help_text=_("As the person bears it, without the organisation: « Maire », « Vice-présidente »."),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False, widget=in_language("en"))
    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("Until"), required=False)
    protocol_rank = forms.IntegerField(
        label=_("Protocol rank"),
        required=False,
        min_value=1,
        max_value=_HIGHEST_RANK,
        help_text=_("Of this mandate; a substitute never inherits it."),
    )
    label_fr = forms.CharField(
        label=_("Whole line in French"), max_length=500, required=False, widget=in_language("fr")
    )
    label_en = forms.CharField(
        label=_("Whole line in English"),
        max_length=500,
        required=False,
        widget=in_language("en"),
        help_text=_("Only where title and organisation, joined the usual way, would read badly."),
    )

    groups = (
        ("", (("organisation",), ("function",), ("title_fr", "title_en"), ("starts_on", "ends_on")), False),
        (_("Protocol and wording"), (("protocol_rank",), ("label_fr",), ("label_en",)), True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["function"]).choices = choices(MANDATE_FUNCTION_NAMES)
