"""The form with which the holder of a link changes what concerns their coming."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from parvis.domain.people.persons import ConsentPurpose, Gender, MandateFunction
from parvis.domain.registration_forms import RegistrationInput, faults_of, tidied
from parvis.web.refusals import say
from parvis.web.space.forms import RegistrationForm

CHANGEABLE = ("title", "function", "gender", "phone", "language", "languages", "access_needs", "diet")


class ChangeForm(forms.Form):
    """What may be changed by link: the same fields as on the form of registering, and no others."""

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, before: RegistrationInput) -> None:
        self.before = before
        initial: dict[str, Any] = {name: getattr(before, name) for name in CHANGEABLE}
        initial |= {f"consent_{purpose}": purpose in before.consents for purpose in ConsentPurpose}
        initial |= {name: str(initial[name]) for name in ("function", "gender")}
        super().__init__(data, initial=initial)
        source = RegistrationForm(categories=[])
        for name in (*CHANGEABLE, *(f"consent_{purpose}" for purpose in ConsentPurpose)):
            self.fields[name] = source.fields[name]

    def to_input(self) -> RegistrationInput:
        """Return the registration as it stood with the changes, tidied."""
        data = self.cleaned_data
        return tidied(
            replace(
                self.before,
                title=data["title"],
                function=MandateFunction(data["function"] or "other"),
                gender=Gender(data["gender"]),
                phone=data["phone"],
                language=data["language"] or self.before.language,
                languages=tuple(data["languages"]),
                access_needs=data["access_needs"],
                diet=data["diet"],
                consents=frozenset(purpose for purpose in ConsentPurpose if data[f"consent_{purpose}"]),
            )
        )

    def clean(self) -> dict[str, Any]:
        """Show each of the domain's faults beside its field."""
        data = super().clean() or {}
        if not self.errors:
            for fault in faults_of(self.to_input(), email_required=False):
                self.add_error(fault.field if fault.field in self.fields else None, say(fault))
        return data
