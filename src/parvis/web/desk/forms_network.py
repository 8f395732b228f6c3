"""Forms about organisations, their memberships and delegations, groups with their presidencies, and partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.domain.network.countries import recognise_country
from parvis.domain.network.kinds import GROUP_KIND_NAMES, ORGANISATION_KIND_NAMES
from parvis.domain.partners import PARTNER_KIND_NAMES
from parvis.web.desk.forms import DeskForm, MandateChoice, OrganisationChoice, choices, country_choices
from parvis.web.desk.forms_layout import GroupedForm, day_field, in_language
from parvis.web.desk.listing import language

ORGANISATION_COLUMNS = (
    *("kind", "name_fr", "name_en", "short_name", "country", "insee_code", "siren", "departement"),
    *("website", "email"),
)
GROUP_COLUMNS = ("kind", "name_fr", "name_en")
PARTNER_COLUMNS = ("kind", "mention_fr", "mention_en", "position", "url")
_LONGEST_YEAR = 9999


class OrganisationForm(GroupedForm):
    """What an organisation is called, what it is, and by which codes it is recognised."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=250, widget=in_language("fr"))
    name_en = forms.CharField(label=_("Name in English"), max_length=250, required=False, widget=in_language("en"))
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(
        label=_("Country"), initial="FR", help_text=_("An embassy’s is the country that it represents.")
    )
    parent = forms.CharField(
        label=_("Part of"),
        max_length=250,
        required=False,
        help_text=_("The ministry of a department, the federation of a project…"),
    )
    insee_code = forms.CharField(label=pgettext_lazy("label", "INSEE code"), max_length=10, required=False)
    siren = forms.CharField(label=_("SIREN"), max_length=20, required=False)
    departement = forms.CharField(label=_("Number of the département"), max_length=3, required=False)
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)

    searches: ClassVar[Mapping[str, str]] = {"parent": "organisations"}
    groups = (
        ("", (("name_fr",), ("name_en", "short_name"), ("kind", "country"), ("parent",)), False),
        (_("Official codes"), (("insee_code", "siren", "departement"),), True),
        (_("Where to reach it"), (("website", "email"),), False),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["kind"]).choices = choices(ORGANISATION_KIND_NAMES, empty=gettext("Choose…"))
        cast(Any, self.fields["country"]).choices = country_choices()


class AuthorityForm(OrganisationChoice):
    """A French authority of the shipped table, by name or code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.label = gettext("French authority")
        field.help_text = gettext("Type its name, INSEE code or SIREN, and choose it in the list.")


class MembershipForm(forms.Form):
    """A year of membership, and when its dues were paid."""

    year = forms.IntegerField(label=_("Year"), min_value=1, max_value=_LONGEST_YEAR)
    dues_paid_on = day_field(_("Dues paid on"), required=False)


class ContactForm(forms.Form):
    """Whom to write to about a delegation."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        help_text=_(
            "Whoever signs in with this address sees the delegation’s registrations in their space, "
            "and can cancel them. Leave it empty to take the contact back."
        ),
    )


class GroupForm(DeskForm):
    """What gathers a group, and what it is called."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=200, widget=in_language("fr"))
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False, widget=in_language("en"))
    kind = forms.ChoiceField(label=_("Kind"))
    countries = forms.CharField(
        label=_("Countries"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names or codes, parted by commas: Sénégal, Mali, BJ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["kind"]).choices = choices(GROUP_KIND_NAMES)

    def clean_countries(self) -> list[str]:
        """Return the codes of the countries, each once, in the order of writing; what is none of them is named."""
        codes: list[str] = []
        for part in self.cleaned_data["countries"].replace(";", ",").replace("\n", ",").split(","):
            if not part.strip():
                continue
            found = recognise_country(part)
            if found.country is not None:
                if found.country.code not in codes:
                    codes.append(found.country.code)
                continue
            near = ", ".join(country.name(language()) for country in found.suggestions)
            sentence = (
                gettext("“%(text)s” is no country. Did you mean: %(near)s?")
                if near
                else gettext("“%(text)s” is no country that is known here. Check how it is written.")
            )
            self.add_error("countries", sentence % {"text": part.strip(), "near": near})
        return codes


class PresidencyForm(MandateChoice):
    """Who presides a group, under which mandate, from when to when."""

    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("Until"), required=False)


class PresidencyDatesForm(DeskForm):
    """From when to when somebody presides a group."""

    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("Until"), required=False)


class PartnerForm(OrganisationChoice, GroupedForm):
    """As what an organisation supports the edition, and the words that it requires."""

    kind = forms.ChoiceField(label=_("As"))
    mention_fr = forms.CharField(
        label=_("Mention in French"),
        max_length=500,
        required=False,
        widget=in_language("fr", rows=2),
        help_text=_("The sentence that the partner requires, word for word: the site and the press release use it."),
    )
    mention_en = forms.CharField(
        label=_("Mention in English"), max_length=500, required=False, widget=in_language("en", rows=2)
    )
    co_funder = forms.CharField(
        label=_("Co-funded by"),
        max_length=250,
        required=False,
        help_text=_("For a project: who pays for it besides, for example the European Union."),
    )
    url = forms.URLField(
        label=_("Address on the web"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Where the partner’s name leads on the site."),
    )
    position = forms.IntegerField(
        label=_("Order"),
        required=False,
        min_value=0,
        max_value=32767,
        help_text=_("Smaller numbers stand first. Left empty, it comes last."),
    )

    searches: ClassVar[Mapping[str, str]] = {"co_funder": "organisations"}
    groups = (
        ("", (("organisation",), ("kind", "position"), ("mention_fr",), ("mention_en",)), False),
        ("", (("co_funder",), ("url",)), False),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["kind"]).choices = choices(PARTNER_KIND_NAMES)
