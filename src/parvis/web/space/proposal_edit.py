"""Changing a proposal, several people at once: who comes second sees both texts; nothing is overwritten silently."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parvis.domain.calls.proposals import ProposalIsFrozen, draft_faults, faults_of
from parvis.domain.calls.states import ProposalStatus
from parvis.domain.refusals import ChangedMeanwhile, Refusal
from parvis.queries.proposals import access_by_link, actor_by_link, change_refusal, form_of, questions_of
from parvis.services.organisations import OrganisationAmbiguous, OrganisationUnknown
from parvis.services.proposals import save_proposal
from parvis.web.personal import personal
from parvis.web.proposal_texts import page_language
from parvis.web.refusals import say
from parvis.web.space.proposal import by_link, frame
from parvis.web.space.proposal_forms import ProposalForm, initial_of
from parvis.web.space.proposal_notes import draft_key, drafts_done, note_saved
from parvis.web.space.propose import answer_rows, organisation_question


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def edit(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Show the form and take it in; a refusal shows it again with everything that was typed."""
    questions, language = questions_of(found.call), page_language()
    if request.method != "POST":
        refusal = change_refusal(found, now=timezone.now())
        if refusal is not None:
            messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
            return redirect("space:proposal", token=editor.token)
        initial = {**initial_of(form_of(found)), "revision": found.revision}
        wanted = request.GET.get("speakers", "")
        if wanted.isdecimal() and len(wanted) < 3:  # the browser kept more rows than are saved
            initial["speaker_count"] = max(int(wanted), initial["speaker_count"])
        return _show(request, found, editor, ProposalForm(initial=initial, questions=questions, language=language))
    form = ProposalForm(request.POST, questions=questions, language=language)
    changed = answer_rows(request, form)
    if changed is not None:
        return _show(request, found, editor, ProposalForm(initial=changed, questions=questions, language=language))
    submit = "submit" in request.POST
    if not form.is_valid() or not _is_sound(form, found, submit=submit):
        return _show(request, found, editor, form, status=422)
    try:
        saved = save_proposal(
            actor=actor_by_link(found, editor),
            proposal_id=found.pk,
            form=form.to_input(),
            seen=form.cleaned_data["revision"],
            submit=submit,
            shown_at=form.shown,
        )
    except ChangedMeanwhile as refusal:
        return _show_both(request, editor, form, refusal)
    except (OrganisationAmbiguous, OrganisationUnknown) as refusal:
        form.add_refusal(refusal)
        return _show(request, found, editor, form, status=422, ask=True)
    except ProposalIsFrozen as refusal:
        form.add_error(None, say(refusal))
        form.add_error(
            None, gettext("What you typed stands below and is kept in this browser; the submitted text stands.")
        )
        return _show(request, found, editor, form, status=422)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return _show(request, found, editor, form, status=422)
    note_saved(request, saved)
    to_overview = saved.submitted or saved.too_late or saved.proposal.status == ProposalStatus.SUBMITTED
    return redirect("space:proposal" if to_overview else "space:proposal_edit", token=editor.token)


def _is_sound(form: ProposalForm, found: Any, *, submit: bool) -> bool:
    """Show every fault beside its field, and tell whether there was none."""
    typed = form.to_input()
    whole = submit or found.status == ProposalStatus.SUBMITTED
    for fault in faults_of(typed, questions_of(found.call)) if whole else draft_faults(typed):
        form.add_refusal(fault)
    return not form.errors


def _show_both(request: HttpRequest, editor: Any, form: ProposalForm, refusal: ChangedMeanwhile) -> HttpResponse:
    """Show what somebody saved meanwhile beside what was typed; saving again then writes over it knowingly."""
    found, editor = access_by_link(editor.token)
    form.add_error(None, say(refusal))
    now = ProposalForm(initial=initial_of(form_of(found)), questions=questions_of(found.call), language=form.language)
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["revision"] = str(found.revision)
    form.data = data
    return _show(request, found, editor, form, status=422, meanwhile=_differences(form, now))


def _differences(typed: ProposalForm, now: ProposalForm) -> list[tuple[str, str]]:
    """Return the fields whose saved value is not what was typed: label, and what is saved now."""
    found = []
    for field in now.visible_fields():
        saved = field.value()
        if field.name not in typed.fields:
            if saved:
                found.append((str(field.label), str(saved)))
            continue
        if field.name in {"organisation_kind"} or not field.field.has_changed(saved, typed[field.name].data):
            continue
        if isinstance(saved, list):
            names = {str(key): str(name) for key, name in field.field.choices}  # type: ignore[attr-defined]
            saved = ", ".join(names.get(str(key), str(key)) for key in saved)
        found.append((str(field.label), str(saved or "—")))
    return found


def _show(
    request: HttpRequest,
    found: Any,
    editor: Any,
    form: ProposalForm,
    *,
    status: int = 200,
    ask: bool = False,
    meanwhile: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        **frame(found, editor),
        "form": form,
        "draft_key": draft_key(found),
        "fresh": request.method == "POST",
        "drafts_done": drafts_done(request),
        "meanwhile": meanwhile,
        **organisation_question(form, ask=ask),
    }
    return render(request, "space/proposals/edit.html", context, status=status)
