"""Answering a call: one form, kept as a draft or submitted, and the link sent again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parvis.domain.calls.proposals import ContactInput, contact_faults, draft_faults, faults_of, tidied_contact
from parvis.domain.refusals import ChangedMeanwhile, NotFound, Refusal
from parvis.queries.calls import find_call, window_refusal
from parvis.queries.organisations import near_organisations
from parvis.queries.proposals import actor_by_link, questions_of
from parvis.services.organisations import OrganisationAmbiguous, OrganisationUnknown
from parvis.services.proposal_editors import resend_links_to
from parvis.services.proposals import Saved, propose, save_proposal
from parvis.web.actors import get_actor
from parvis.web.personal import personal
from parvis.web.proposal_texts import page_language
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say
from parvis.web.space.forms import ResendForm
from parvis.web.space.proposal_forms import NewProposalForm, ProposalForm, with_more_speakers, without_speaker
from parvis.web.space.proposal_notes import new_draft_key, note_saved


def call_or_404(edition_slug: str, slug: str) -> Any:
    """Return a call that the public may read."""
    try:
        return find_call(edition_slug, slug, now=timezone.now())
    except NotFound as refusal:
        raise Http404 from refusal


def answer_rows(request: HttpRequest, form: ProposalForm) -> dict[str, Any] | None:
    """Return what was typed with a row of speakers more or less, where a button asked for that; else None."""
    if "add_speaker" in request.POST:
        return with_more_speakers(form)
    if "remove_speaker" in request.POST:
        return without_speaker(form, request.POST["remove_speaker"])
    return None


def organisation_question(form: ProposalForm, *, ask: bool) -> dict[str, Any]:
    """Return what the page needs to ask which organisation is meant, once the rules could not tell."""
    if not ask and not (form.is_bound and form.data.get("asked_organisation") == "1"):
        return {"near": None, "asks_organisation": False}
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict; what is chosen now is meant for what stands here
    data["organisation_for"] = data.get("organisation", "").strip()
    form.data = data
    near = near_organisations(data.get("organisation", ""), country=data.get("country", "FR") or "FR")
    return {"near": near, "asks_organisation": True, "chosen": data.get("organisation_key", "")}


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
def new_proposal(request: HttpRequest, edition_slug: str, call_slug: str) -> HttpResponse:
    """Show the form and take it in, as a draft or submitted. A refusal shows it again with all that was typed."""
    call = call_or_404(edition_slug, call_slug)
    questions, language = questions_of(call), page_language()
    closed = window_refusal(call, now=timezone.now())
    if request.method != "POST":
        if closed is not None:
            context = {"call": call, "edition": call.edition, "reason": say(closed)}
            return render(request, "space/proposals/closed.html", context)
        rows = request.GET.get("speakers", "1")
        initial = {**NewProposalForm.new_stamps(), "speaker_count": rows}
        return _show(request, call, NewProposalForm(initial=initial, questions=questions, language=language))
    form = NewProposalForm(request.POST, questions=questions, language=language)
    changed = answer_rows(request, form)
    if changed is not None:
        return _show(request, call, NewProposalForm(initial=changed, questions=questions, language=language))
    if not is_allowed(request, "propose"):
        form.is_valid()
        form.add_error(None, gettext("Too many forms came from your address. Wait ten minutes, then send it again."))
        return _show(request, call, form, status=429)
    submit = "submit" in request.POST
    if not form.is_valid() or not _is_sound(form, questions, submit=submit):
        return _show(request, call, form, status=422)
    try:
        saved = propose(
            actor=get_actor(request),
            call_id=call.pk,
            form=form.to_input(),
            contact=form.contact(),
            form_key=form.cleaned_data["form_key"],
            submit=submit,
            shown_at=form.shown,
        )
        if not saved.created:
            saved = _sent_again(form, saved, submit=submit)
    except (OrganisationAmbiguous, OrganisationUnknown) as refusal:
        form.add_refusal(refusal)
        return _show(request, call, form, status=422, ask=True)
    except ChangedMeanwhile:
        form.add_error(
            None, gettext("This form was sent before, and the proposal was changed since: open it by your link.")
        )
        return _show(request, call, form, status=422)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return _show(request, call, form, status=422)
    assert saved.editor is not None  # noqa: S101 - a new proposal has its first editor
    note_saved(request, saved, email=saved.editor.email, new=True)
    page = "space:proposal" if saved.submitted or saved.too_late else "space:proposal_edit"
    return redirect(page, token=saved.editor.token)


def _is_sound(form: NewProposalForm, questions: Any, *, submit: bool) -> bool:
    """Show every fault beside its field, and tell whether there was none."""
    typed = form.to_input()
    for fault in contact_faults(tidied_contact(form.contact())):
        form.add_refusal(fault)
    for fault in faults_of(typed, questions) if submit else draft_faults(typed):
        form.add_refusal(fault)
    return not form.errors


def _sent_again(form: NewProposalForm, saved: Saved, *, submit: bool) -> Saved:
    """Take a form that comes a second time as a change of what it made; the very same changes nothing.

    Only for whoever gives the address that the first one gave: it is their link that opens next.
    """
    contact: ContactInput = tidied_contact(form.contact())
    if saved.editor is None or saved.editor.removed_at is not None or saved.editor.email != contact.email:
        raise ChangedMeanwhile(who="?")
    again = save_proposal(
        actor=actor_by_link(saved.proposal, saved.editor),
        proposal_id=saved.proposal.pk,
        form=form.to_input(),
        seen=1,
        submit=submit,
        shown_at=form.shown,
    )
    submitted = again.submitted or again.proposal.status == "submitted"
    return Saved(again.proposal, saved.editor, submitted=submitted, too_late=again.too_late)


def _show(
    request: HttpRequest, call: Any, form: NewProposalForm, *, status: int = 200, ask: bool = False
) -> HttpResponse:
    context = {
        "call": call,
        "edition": call.edition,
        "form": form,
        "draft_key": new_draft_key(call),
        "fresh": request.method == "POST",
        **organisation_question(form, ask=ask),
    }
    return render(request, "space/proposals/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
def resend_link(request: HttpRequest, edition_slug: str, call_slug: str) -> HttpResponse:
    """Send the links of an address again; the answer is the same whether there are any or not."""
    call = call_or_404(edition_slug, call_slug)
    form = ResendForm(request.POST or None)
    sent, status = False, 200
    if request.method == "POST":
        status = 422
        if not is_allowed(request, "resend"):
            form.is_valid()
            form.add_error(None, gettext("Too many requests came from your address. Wait ten minutes."))
            status = 429
        elif form.is_valid():
            resend_links_to(actor=get_actor(request), call_id=call.pk, email=form.cleaned_data["email"])
            sent, status = True, 200
    context = {"call": call, "edition": call.edition, "form": form, "sent": sent}
    return render(request, "space/proposals/resend.html", context, status=status)
