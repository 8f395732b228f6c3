"""The documents beside a session: what hangs there, one more, one less."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.access import Permission
from parvis.domain.programme.sessions import DOCUMENT_KIND_NAMES, PROCEEDINGS, DocumentKind
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.domain.uploads import FILE_KINDS
from parvis.queries.desk_sessions import access_session
from parvis.queries.session_documents import list_documents
from parvis.services import session_documents as services
from parvis.web.desk.forms import add_refusal, choices
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say

LANGUAGES = {"fr": _("French"), "en": _("English"), "es": _("Spanish"), "ar": _("Arabic")}


class DocumentForm(forms.Form):
    """One document: an address, or a file."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        required=False,
        help_text=_("Where it is: a recording, a folder of pictures."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("A PDF, an office document, a picture or a text of at most 30 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{ending}" for ending in FILE_KINDS)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, language = self.fields["kind"], self.fields["language"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(language, forms.ChoiceField)  # noqa: S101
        kind.choices = choices(DOCUMENT_KIND_NAMES)
        language.choices = [("", gettext("In no language, or in several")), *LANGUAGES.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def documents(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Show a session's documents, and add one."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    may_edit = desk.actor.may(Permission.EDIT_PROGRAMME)
    posted = request.method == "POST"
    form = DocumentForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            _add(desk, session_id, form.cleaned_data)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("“%(title)s” is added.") % {"title": form.cleaned_data["title"]})
            return redirect("desk:documents", desk.edition.slug, session_id)
    rows = [
        (
            row,
            gettext(DOCUMENT_KIND_NAMES[DocumentKind(row.kind)]),
            row.kind in PROCEEDINGS,
            LANGUAGES.get(row.language),
        )
        for row in list_documents(desk.actor, session_id=session_id)
    ]
    context = {
        "session": session,
        "rows": rows,
        "form": form if may_edit else None,
        "may_edit": may_edit,
        "back": reverse("desk:session", args=[desk.edition.slug, session_id]),
    }
    return render(
        request, "desk/sessions/documents.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _add(desk: Desk, session_id: int, given: dict[str, Any]) -> None:
    sent = given["file"]
    services.add_document(
        actor=desk.actor,
        session_id=session_id,
        kind=DocumentKind(given["kind"]),
        title=given["title"],
        language=given["language"],
        url=given["url"],
        file=services.SentFile(sent.name, sent.size, sent) if sent else None,
    )


@require_POST
@desk_page(Permission.EDIT_PROGRAMME)
def remove(request: HttpRequest, desk: Desk, session_id: int, document_id: int) -> HttpResponse:
    """Take one document away."""
    try:
        services.remove_document(actor=desk.actor, document_id=document_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The document is taken away."))
    return redirect("desk:documents", desk.edition.slug, session_id)
