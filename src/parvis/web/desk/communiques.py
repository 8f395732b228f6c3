"""Press releases at the desk: drafted from a snapshot, read side by side, edited, approved, published."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.domain.access import Permission
from parvis.domain.communiques import document as documents
from parvis.domain.communiques.document import Document
from parvis.domain.communiques.fact_names import fact_name, page_of
from parvis.domain.refusals import Refusal
from parvis.exports.communique_files import CONTENT_TYPES, document_of, render_communique
from parvis.exports.communiques_html import render_html
from parvis.queries.communiques import access_communique, list_communiques, stale_facts
from parvis.queries.snapshots import list_snapshots
from parvis.services import communiques as services
from parvis.web.desk.forms_communiques import DraftForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say

READ = Permission.READ_COMMUNIQUE


@require_GET
@desk_page(READ)
def current(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Lead to the press releases of the edition that the desk opens on."""
    return redirect("desk:communiques_of", desk.edition.slug)


@require_GET
@desk_page(READ)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the press releases of an edition, with the form that drafts one."""
    rows = [
        {"communique": row, "title": document_of(row, "fr").title(), "status": row.get_status_display()}
        for row in list_communiques(desk.actor, edition_id=desk.edition.pk)
    ]
    form = DraftForm(snapshots=list_snapshots(desk.actor, edition_id=desk.edition.pk))
    may_draft = desk.actor.may(Permission.DRAFT_COMMUNIQUE)
    return render(request, "desk/communiques/list.html", {"rows": rows, "form": form, "may_draft": may_draft})


@require_POST
@desk_page(Permission.DRAFT_COMMUNIQUE)
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Draft a press release from a snapshot."""
    form = DraftForm(request.POST, snapshots=list_snapshots(desk.actor, edition_id=desk.edition.pk))
    if not form.is_valid():
        rows = [
            {"communique": row, "title": document_of(row, "fr").title(), "status": row.get_status_display()}
            for row in list_communiques(desk.actor, edition_id=desk.edition.pk)
        ]
        context = {"rows": rows, "form": form, "may_draft": True}
        return render(request, "desk/communiques/list.html", context, status=422)
    made = services.draft_communique(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        dated_on=form.cleaned_data["dated_on"],
        snapshot_id=form.cleaned_data["snapshot"] or None,
    )
    messages.success(request, gettext("The draft is ready: read it, then approve it."))
    return redirect("desk:communique", desk.edition.slug, made.number)


def _shown(document: Document, desk: Desk, snapshot: int) -> dict[str, object]:
    edition = desk.edition.slug

    def address(code: str) -> str:
        """The rows behind a figure for those who may see them, its public definition for the others."""
        if desk.actor.may(Permission.READ_DESK):
            return reverse("desk:frozen_figure", args=[edition, snapshot, code])
        return f"{reverse('public:figures', args=[edition])}#{code}"

    return {
        "language": document.language,
        "html": render_html(document, figure_address=address, title_level=3),
        "missing": _facts(dict.fromkeys(document.missing()), edition),
    }


def _facts(facts: Iterable[str], edition: str) -> list[dict[str, str]]:
    """Return facts as the desk names them, with the page where each is recorded, if the desk has one."""
    language = get_language() or "fr"
    rows = []
    for fact in facts:
        try:
            address = reverse(f"desk:{page_of(fact)}", args=[edition])
        except NoReverseMatch:
            address = ""
        rows.append({"name": fact_name(fact, language), "address": address})
    return rows


@require_GET
@desk_page(READ)
def page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show one press release, its texts side by side, what it lacks and what has changed since."""
    communique = access_communique(desk.actor, edition_id=desk.edition.pk, number=number)
    texts = [
        {**_shown(documents.from_json(text.document), desk, communique.snapshot.number), "text": text}
        for text in sorted(communique.texts.all(), key=lambda text: text.language, reverse=True)
    ]
    editable = communique.status in {communique.Status.DRAFT, communique.Status.APPROVED}
    context = {
        "communique": communique,
        "texts": texts,
        "stale": _facts(stale_facts(communique), desk.edition.slug),
        "editable": editable and desk.actor.may(Permission.DRAFT_COMMUNIQUE),
        "may_approve": desk.actor.may(Permission.APPROVE_COMMUNIQUE),
    }
    return render(request, "desk/communiques/page.html", context)


@require_http_methods(["GET", "POST"])
@desk_page(Permission.DRAFT_COMMUNIQUE)
def edit(request: HttpRequest, desk: Desk, number: int, language: str) -> HttpResponse:
    """Edit the text of one language, block by block; what was typed is kept when it is refused."""
    communique = access_communique(desk.actor, edition_id=desk.edition.pk, number=number)
    document = document_of(communique, language)
    error = ""
    blocks = documents.to_source(document)
    if request.method == "POST":
        kinds, texts = request.POST.getlist("kind"), request.POST.getlist("text")
        blocks = list(zip(kinds, texts, strict=False))
        try:
            services.edit_communique(actor=desk.actor, communique_id=communique.pk, language=language, blocks=blocks)
        except (Refusal, ValueError) as refusal:
            error = say(refusal) if isinstance(refusal, Refusal) else gettext("The form could not be read.")
        else:
            messages.success(request, gettext("The text is saved. It has to be approved again before it leaves."))
            return redirect("desk:communique", desk.edition.slug, number)
    context = {"communique": communique, "language": language, "blocks": blocks, "error": error}
    return render(request, "desk/communiques/edit.html", context, status=422 if error else 200)


_STEPS: dict[str, Callable[..., object]] = {
    "approve": services.approve_communique,
    "publish": services.publish_communique,
    "withdraw": services.withdraw_communique,
    "redraft": services.redraft_communique,
}


@require_POST
@desk_page(Permission.APPROVE_COMMUNIQUE, Permission.DRAFT_COMMUNIQUE)
def step(request: HttpRequest, desk: Desk, number: int, action: str) -> HttpResponse:
    """Approve, publish, withdraw, or draft again from today's data."""
    communique = access_communique(desk.actor, edition_id=desk.edition.pk, number=number)
    service = _STEPS[action]
    done = {
        "approve": gettext("The press release is approved. It can be published."),
        "publish": gettext("The press release is published."),
        "withdraw": gettext("The press release is withdrawn from the site."),
        "redraft": gettext("Drafted again from new figures. What you had written is kept: read it, then approve it."),
    }
    try:
        service(actor=desk.actor, communique_id=communique.pk)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, done[action])
    return redirect("desk:communique", desk.edition.slug, number)


@require_GET
@desk_page(READ)
def file(request: HttpRequest, desk: Desk, number: int, ending: str) -> HttpResponse:
    """Give a press release as a file, published or not."""
    communique = access_communique(desk.actor, edition_id=desk.edition.pk, number=number)
    language = request.GET.get("lang") or (get_language() or "fr")
    response = HttpResponse(render_communique(communique, language, ending), content_type=CONTENT_TYPES[ending])
    name = f"communique-{desk.edition.slug}-{number}-{language}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
