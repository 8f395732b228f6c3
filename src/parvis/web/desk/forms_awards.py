"""Forms about awards, laureates and honours: they read what was typed and hold no rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.awards import AWARD_KIND_NAMES
from parvis.web.desk.forms import DeskForm, OrganisationChoice, choices
from parvis.web.desk.forms_layout import GroupedForm, Rows, Words, in_language


class AwardForm(GroupedForm):
    """A label or a prize, and the ceremony where it is given."""

    kind = forms.ChoiceField(label=_("Kind"))
    name_fr = forms.CharField(
        label=_("Name in French"),
        max_length=250,
        help_text=_("One that was given before is taken up again by its name."),
        widget=in_language("fr", list="award-names"),
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=250, required=False, widget=in_language("en"))
    session = forms.TypedChoiceField(label=_("Given at"), required=False, coerce=int, empty_value=None)

    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (
        ("", (("kind",), ("name_fr", "name_en"), ("session",)), False),
    )

    def __init__(self, *args: Any, ceremonies: Iterable[Any], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["kind"]).choices = choices(AWARD_KIND_NAMES)
        cast(Any, self.fields["session"]).choices = [
            ("", gettext("Not known yet")),
            *((str(session.pk), session.title) for session in ceremonies),
        ]
        if not new:
            del self.fields["kind"]
            self.fields["name_fr"].help_text = gettext("It changes for every edition at which it was given.")
            self.fields["name_fr"].widget.attrs.pop("list")


class LaureateForm(OrganisationChoice):
    """Who receives it, and for what."""

    citation_fr = forms.CharField(
        label=_("For what, in French"),
        required=False,
        help_text=_("A line that the ceremony reads and the site shows."),
        widget=in_language("fr", 3),
    )
    citation_en = forms.CharField(label=_("For what, in English"), required=False, widget=in_language("en", 3))


class HonourForm(DeskForm):
    """Who is honoured, and at which ceremony."""

    session = forms.TypedChoiceField(label=_("Ceremony"), coerce=int)
    presidencies = forms.TypedMultipleChoiceField(
        label=_("Who presides"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, ceremonies: Iterable[Any], presidencies: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["session"]).choices = [(str(row.pk), row.title) for row in ceremonies]
        cast(Any, self.fields["presidencies"]).choices = [
            (str(line.pk), f"{line.group} — {line.person}, {line.mandate}") for line in presidencies
        ]
