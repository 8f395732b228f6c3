"""The form that brings a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from parvis.ingest.kinds import KINDS

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"


def kind_name(key: str) -> str:
    """Return what a kind of sheet is called in the reader's language."""
    return KINDS[key].name("fr" if (get_language() or "fr").startswith("fr") else "en") if key in KINDS else key


class ImportForm(forms.Form):
    """A file, what it lists, and for which edition. What the file is worth is the import's to say."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV, XLSX or ODS, up to 50 MB. Titles in French or English, in any order."),
        allow_empty_file=True,  # an empty file is refused with a sentence of ours
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file first.")},
    )
    kind = forms.ChoiceField(
        label=_("What it lists"),
        required=False,
        help_text=_("Usually the names of its sheets and its titles tell."),
    )
    edition = forms.TypedChoiceField(
        label=_("Edition"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("For rooms, sessions, partners, participants and scans. The rest belongs to no edition."),
    )

    def __init__(self, *args: Any, editions: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, edition = self.fields["kind"], self.fields["edition"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(edition, forms.ChoiceField)  # noqa: S101
        kind.choices = [("", gettext("Recognise by itself")), *((key, kind_name(key)) for key in KINDS)]
        edition.choices = [("", gettext("No edition")), *editions]
