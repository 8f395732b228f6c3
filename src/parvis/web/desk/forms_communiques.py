"""Forms of the press releases: they read what was typed and hold no rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DraftForm(forms.Form):
    """From which snapshot, and of which date."""

    dated_on = forms.DateField(label=_("Dated"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    snapshot = forms.TypedChoiceField(
        label=_("Figures"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Frozen figures to draft from."),
    )

    def __init__(self, *args: Any, snapshots: Iterable[Any], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"dated_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Freeze the figures now"))]
        choices += [
            (str(row.pk), gettext("Snapshot no. %(number)s") % {"number": row.number} + f" — {row.taken_at:%d/%m/%Y}")
            for row in snapshots
        ]
        field = self.fields["snapshot"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = choices
