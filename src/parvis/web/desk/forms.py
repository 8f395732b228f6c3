"""What the desk's forms share: choices from the domain, an organisation found while one types, refusals by fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.access import Actor
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, Refusal
from parvis.queries.organisations import find_organisation_id
from parvis.services.network import add_authority
from parvis.web.refusals import say
from parvis.web.space.forms import country_choices, read_organisation_key

__all__ = ["DeskForm", "OrganisationChoice", "add_refusal", "answer_form", "choices", "country_choices"]


def choices(names: Mapping[Any, str], *, empty: str = "") -> list[tuple[str, str]]:
    """Return the choices of a select from value → English msgid; `empty` is the words of no answer, already said."""
    said = [(str(key), gettext(name)) for key, name in names.items()]
    return [("", empty), *said] if empty else said


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put a rule's refusal beside the field that it names, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))


class DeskForm(forms.Form):
    """A form about one row; `version` is a print of the row as it was when the form was opened."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self, *without: str) -> dict[str, Any]:
        """Return what was typed, without the version and what is named."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", *without}}

    @property
    def seen(self) -> str:
        """The print of the row that the form was opened on."""
        return str(self.cleaned_data.get("version", ""))


class OrganisationChoice(DeskForm):
    """A form in which an organisation is found while one types; without JavaScript its exact name is written."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=250,
        help_text=_("Its name, INSEE code or SIREN. French authorities that nobody has entered yet are found too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation_key = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self, *without: str) -> dict[str, Any]:
        """Return what was typed besides the organisation."""
        return super().values("organisation", "organisation_key", "organisation_for", *without)

    def organisation_id(self, actor: Actor) -> int:
        """Return the key of the organisation that is meant; a French authority that is new is added.

        Raises `NotFound` for a name that nobody bears, or several, and what `add_authority` raises.
        """
        data = self.cleaned_data
        name = data["organisation"].strip()
        key = data["organisation_key"] if data["organisation_for"].strip() == name else ""
        organisation_id, code, _kind = read_organisation_key(key)
        if organisation_id is not None:
            return organisation_id
        if code or name.replace(" ", "").isdigit():
            return add_authority(actor=actor, code=code or name.replace(" ", "")).pk
        return find_organisation_id(name)


def initial_organisation(organisation: Any) -> dict[str, str]:
    """Return what fills the three fields of an organisation that is known."""
    if organisation is None:
        return {}
    name = str(organisation)
    return {"organisation": name, "organisation_for": name, "organisation_key": f"id:{organisation.pk}"}


def answer_form(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    done: str,
    to: Callable[[Any], str],
    template: str,
    context: Mapping[str, Any],
    fresh: Callable[[], tuple[str, Mapping[str, Any]]] | None = None,
) -> HttpResponse:
    """Show a form, or save it and lead on; a refusal stands in the form, and nothing that was typed is lost.

    `save` raises refusals; `done` is said afterwards; `to` gives the address from what `save` returned. When somebody
    else saved meanwhile, `fresh` gives the version and the values of now: they are shown beside what was typed, and
    saving again writes over them knowingly.
    """
    shown = dict(context)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except NotAllowed:
            raise
        except ChangedMeanwhile as refusal:
            form.add_error(None, say(refusal))
            if fresh is not None:
                version, values = fresh()
                shown["meanwhile"] = _differences(form, values)
                data = cast(QueryDict, form.data).copy()
                data["version"] = version
                form.data = data
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(to(saved))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**shown, "form": form}, status=status)


def _differences(form: forms.Form, now: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the fields whose saved value is not what was typed: label, and what is saved now."""
    found = []
    for name, value in now.items():
        field = form.fields.get(name)
        if field is None or isinstance(field.widget, forms.HiddenInput):
            continue
        if field.has_changed(value, form[name].data):
            found.append((str(field.label or name), "—" if value in (None, "") else str(value)))
    return found
