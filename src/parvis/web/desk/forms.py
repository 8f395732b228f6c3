"""What the desk's forms share: choices from the domain, an organisation found while one types, refusals by fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.access import Actor
from parvis.domain.network.finding import OrganisationNotFound, code_in
from parvis.domain.people.persons import MandateMissing, MandateNotChosen
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from parvis.domain.timetable.moves import BreaksRules
from parvis.queries.desk_people import MandateLine, find_person_id, list_mandates_of
from parvis.queries.organisations import find_organisation_id
from parvis.services.network import AuthorityUnknown, add_authority
from parvis.web.desk.suggest import mandate_words
from parvis.web.refusals import say
from parvis.web.space.forms import country_choices, read_organisation_key

__all__ = [
    "DeskForm",
    "MandateChoice",
    "OrganisationChoice",
    "PersonChoice",
    "add_refusal",
    "answer_form",
    "choices",
    "country_choices",
    "differences",
    "initial_organisation",
    "initial_person",
    "read_organisation_key",
]


def choices(names: Mapping[Any, str], *, empty: str = "") -> list[tuple[str, str]]:
    """Return the choices of a select from value → English msgid; `empty` is the words of no answer, already said."""
    said = [(str(key), gettext(name)) for key, name in names.items()]
    return [("", empty), *said] if empty else said


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put a rule's refusal beside the field that it names, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))


class DeskForm(forms.Form):
    """A form about one row; `version` is a print of the row as it was when the form was opened.

    `searches` names the fields that are found while one types, and what is suggested for each ("organisations" or
    "people"). Beside such a field stand two hidden ones: the key that was chosen, and the text that it was chosen for.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    searches: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.searched = {
            k: v for kind in reversed(type(self).__mro__) for k, v in vars(kind).get("searches", {}).items()
        }
        for name, what in self.searched.items():
            cast(Any, self.fields[name]).suggests = what
            self.fields[name].widget.attrs["autocomplete"] = "off"
            for part in ("key", "for"):
                self.fields[f"{name}_{part}"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self, *without: str) -> dict[str, Any]:
        """Return what was typed, without the version, what is found while one types, and what is named."""
        found = {f"{name}{part}" for name in self.searched for part in ("", "_key", "_for")}
        return {n: value for n, value in self.cleaned_data.items() if n not in {"version", *found, *without}}

    @property
    def seen(self) -> str:
        """The print of the row that the form was opened on."""
        return str(self.cleaned_data.get("version", ""))

    def chosen(self, name: str) -> tuple[str, str]:
        """Return the text of a field that is found while one types, and the key that was chosen for that very text."""
        text = str(self.cleaned_data.get(name, "")).strip()
        same = str(self.cleaned_data.get(f"{name}_for", "")).strip() == text
        return text, str(self.cleaned_data.get(f"{name}_key", "")) if same else ""

    def found_organisation(self, actor: Actor, name: str) -> int | None:
        """Return the key of the organisation that a field means, None where it is empty; a new authority is added.

        Raises `OrganisationNotFound`, `OrganisationShared`, and what `add_authority` raises.
        """
        text, key = self.chosen(name)
        if not text:
            return None
        organisation_id, code, kind = read_organisation_key(key)
        if organisation_id is not None:
            return organisation_id
        code = code or code_in(text)
        try:
            if code:
                return add_authority(actor=actor, code=code, kind=kind).pk
            try:
                return find_organisation_id(text)
            except OrganisationNotFound:
                return add_authority(actor=actor, name=text).pk
        except (NotFound, AuthorityUnknown) as refusal:
            refusal.field = name
            raise


class OrganisationChoice(DeskForm):
    """A form in which an organisation is found while one types; without JavaScript its exact name is written."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=250,
        help_text=_("Its name, INSEE code or SIREN. French authorities that nobody has entered yet are found too."),
    )
    searches: ClassVar[Mapping[str, str]] = {"organisation": "organisations"}

    def organisation_id(self, actor: Actor) -> int:
        """Return the key of the organisation that is meant; a French authority that is new is added.

        Raises `NotFound` for a name that nobody bears, or several, and what `add_authority` raises.
        """
        found = self.found_organisation(actor, "organisation")
        if found is None:
            raise NotFound(field="organisation")
        return found


class PersonChoice(DeskForm):
    """A form in which a person is found while one types; without JavaScript their exact name is written.

    Made with `actor`, who may read the desk.
    """

    person = forms.CharField(
        label=_("Person"),
        max_length=254,
        help_text=_("A name, an e-mail address or the reference of a registration."),
    )
    searches: ClassVar[Mapping[str, str]] = {"person": "people"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def person_id(self) -> int:
        """Return the key of the person who is meant. Raises `PersonUnknown`, `PersonAmbiguous`."""
        text, key = self.chosen("person")
        return self._person(text, key)

    def _person(self, text: str, key: str) -> int:
        head, _colon, tail = key.partition(":")
        if head == "person" and tail.isdecimal() and len(tail) < 19:
            return int(tail)
        return find_person_id(self.actor, text=text)


class MandateChoice(PersonChoice):
    """A person and the mandate as which they act. The choices are those of the person, once it is known who.

    Without JavaScript the form comes back with them when there are several; one alone is taken at once.
    `on` is the day by which a mandate counts as over; `mandate_required` whether nobody acts without one.
    """

    mandate = forms.ChoiceField(
        label=_("As"),
        required=False,
        help_text=_("The mandates of the person, once it is known who; one alone is taken by itself."),
    )
    mandate_required: ClassVar[bool] = True

    def __init__(self, *args: Any, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: list[MandateLine] = []
        text, key, meant_for = (str(self[f"person{part}"].value() or "").strip() for part in ("", "_key", "_for"))
        if text:
            try:
                person_id = self._person(text, key if meant_for == text else "")
            except NotFound:
                pass  # said when the form is read
            else:
                self.lines = list_mandates_of(self.actor, person_id=person_id, on=on)
        cast(Any, self.fields["mandate"]).choices = [
            ("", gettext("Choose…")),
            *((str(line.pk), mandate_words(line)) for line in self.lines),
        ]
        cast(Any, self.fields["mandate"]).error_messages["invalid_choice"] = gettext(MandateNotChosen.sentence)

    def mandate_id(self) -> int | None:
        """Return the mandate that was chosen, or the only one that is held.

        Raises `MandateNotChosen` where there are several, or none though one is required, and nothing was chosen.
        """
        chosen = str(self.cleaned_data.get("mandate", ""))
        if chosen:
            return int(chosen)
        held = [line for line in self.lines if line.ended_on is None]
        if len(held) == 1:
            return held[0].pk
        if held or (self.lines and self.mandate_required):
            raise MandateNotChosen(field="mandate")
        if self.mandate_required:
            raise MandateMissing(field="person")
        return None


def initial_person(person: Any) -> dict[str, str]:
    """Return what fills the three fields of a person who is known."""
    if person is None:
        return {}
    name = str(person)
    return {"person": name, "person_for": name, "person_key": f"person:{person.pk}"}


def initial_organisation(organisation: Any, field: str = "organisation") -> dict[str, str]:
    """Return what fills the three fields of an organisation that is known."""
    if organisation is None:
        return {}
    name = str(organisation)
    return {field: name, f"{field}_for": name, f"{field}_key": f"id:{organisation.pk}"}


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
    saving again writes over them knowingly. Where rules of the timetable would be broken, a second button sends
    `insist` too.
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
                shown["meanwhile"] = differences(form, values)
                data = cast(QueryDict, form.data).copy()
                data["version"] = version
                form.data = data
        except Refusal as refusal:
            add_refusal(form, refusal)
            shown["may_insist"] = isinstance(refusal, BreaksRules)
        else:
            messages.success(request, done)
            return redirect(to(saved))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**shown, "form": form}, status=status)


def differences(form: forms.Form, now: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the fields whose saved value is not what was typed: label, and what is saved now."""
    found = []
    for name, value in now.items():
        field = form.fields.get(name)
        if field is None or isinstance(field.widget, forms.HiddenInput):
            continue
        if field.has_changed(value, form[name].data):
            found.append((str(field.label or name), _shown(field, value)))
    return found


def _shown(field: forms.Field, value: Any) -> str:
    """Return a saved value as the form's reader would say it: by the words of its choices, days as they are written."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    names = {str(key): str(said) for key, said in getattr(field, "choices", ())}
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(names.get(str(v), str(localize(v))) for v in values if v not in (None, "")) or "—"
