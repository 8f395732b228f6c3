"""The desk's forms about invitations to speak: what the mail says, and what somebody said by telephone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.programme.invitations import LANGUAGES, LONGEST_MESSAGE, LONGEST_REASON
from parvis.domain.programme.sessions import INTERVENTION_ANSWER_NAMES
from parvis.web.desk.forms import choices
from parvis.web.desk.forms_layout import day_field, in_language

_WORDS = _("Personal words")
OWN = "own"


def _message(language: str, label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        widget=in_language(language, rows=5, **{"data-longest": LONGEST_MESSAGE, "dir": "auto"}),
        help_text=_("They open the mail, after the greeting, and stand on the speaker’s page."),
    )


class InvitationForm(forms.Form):
    """What an invitation says to several people; `written` are the languages in which they are written to."""

    language = forms.ChoiceField(label=_("Write in"), initial=OWN)
    message_fr = _message("fr", _("Personal words in French"))
    message_en = _message("en", _("Personal words in English"))
    answer_by = day_field(
        _("Answer by"), required=False, help_text=_("Reminders leave from a week before this day on.")
    )

    def __init__(self, *args: Any, written: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, str(name)) for code, name in settings.LANGUAGES if code in LANGUAGES]
        cast(Any, self.fields["language"]).choices = [(OWN, gettext("Each in their own language")), *names]
        chosen = str(self["language"].value() or OWN)
        for code in LANGUAGES:  # what was typed stays, though nobody is written to in that language
            if code not in (set(written) if chosen == OWN else {chosen}) and not self.data.get(f"message_{code}"):
                del self.fields[f"message_{code}"]

    @property
    def spoken(self) -> str:
        """The language of all mails; empty where each is written to in their own, or nothing was chosen."""
        chosen = str(getattr(self, "cleaned_data", {}).get("language") or OWN)
        return "" if chosen == OWN else chosen

    def messages(self) -> dict[str, str]:
        """Return the personal words by language."""
        return {code: self.cleaned_data.get(f"message_{code}", "") for code in LANGUAGES}


class AgainForm(forms.Form):
    """What an invitation says that is sent to one person again."""

    language = forms.ChoiceField(label=_("Write in"))
    message = forms.CharField(
        label=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-longest": LONGEST_MESSAGE, "dir": "auto"}),
        help_text=_("They open the mail, after the greeting, and stand on the speaker’s page."),
    )
    answer_by = day_field(
        _("Answer by"), required=False, help_text=_("Reminders leave from a week before this day on.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, str(name)) for code, name in settings.LANGUAGES if code in LANGUAGES]
        cast(Any, self.fields["language"]).choices = names


class NotedAnswerForm(forms.Form):
    """What somebody said about one session by telephone or post."""

    answer = forms.ChoiceField(label=_("Answer"))
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.TextInput(attrs={"maxlength": LONGEST_REASON, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["answer"]).choices = choices(INTERVENTION_ANSWER_NAMES)
