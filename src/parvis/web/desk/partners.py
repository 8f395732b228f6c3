"""One partner of an edition at the desk: as what it supports it, and the words that it requires."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.partners import PARTNER_KIND_NAMES, PartnerKind
from parvis.queries.desk_groups import access_partner
from parvis.queries.log import list_history
from parvis.queries.versions import version_of
from parvis.services import partners as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form, initial_organisation
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_network import PARTNER_COLUMNS, PartnerForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of

EDIT = Permission.EDIT_NETWORK


def _address(desk: Desk, partner_id: int) -> str:
    return reverse("desk:partner", args=[desk.edition.slug, partner_id])


def _previews(
    *, name: str, short_name: str, url: str, mentions: dict[str, str], co_funder: str
) -> list[dict[str, str]]:
    """Return how the partner reads on the site in each language; the other language stands in where one is missing."""
    either = mentions["fr"] or mentions["en"]
    return [
        {
            "language": language,
            "name": name,
            "short_name": "" if short_name == name else short_name,
            "url": url,
            "mention": mentions[language] or either,
            "mention_language": language if mentions[language] or not either else ("en" if language == "fr" else "fr"),
            "co_funder": "" if either else co_funder,
        }
        for language in ("fr", "en")
    ]


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show one partner, with how its mention reads on the site."""
    partner = access_partner(desk.actor, edition_id=desk.edition.pk, partner_id=pk)
    context = {
        "partner": partner,
        "kind": gettext(PARTNER_KIND_NAMES[PartnerKind(partner.kind)]),
        "previews": _previews(
            name=partner.organisation.name,
            short_name=partner.organisation.short_name,
            url=partner.url,
            mentions={"fr": partner.mention_fr or "", "en": partner.mention_en or ""},
            co_funder=partner.co_funder.name if partner.co_funder is not None else "",
        ),
        "lines": lines_of(list_history(desk.actor, subjects={"partner": [pk]}, most=20), desk.zone),
        "may_edit": desk.actor.may(EDIT),
    }
    return render(request, "desk/partners/page.html", context)


def _columns(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) or "" for name in PARTNER_COLUMNS if name != "position"} | {
        "position": row.position,
        "organisation": str(row.organisation),
        "co_funder": str(row.co_funder or ""),
    }


def _answer(request: HttpRequest, desk: Desk, form: PartnerForm, partner_id: int | None, **more: Any) -> HttpResponse:
    def save() -> Any:
        return services.save_partner(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            partner_id=partner_id,
            organisation_id=form.organisation_id(desk.actor),
            values={**form.values(), "co_funder_id": form.found_organisation(desk.actor, "co_funder")},
            seen=form.seen,
        )

    context = {"heading": more["heading"], "back": more["back"][0], "back_name": more["back"][1]}
    if "preview" in request.POST and form.is_valid():
        typed = form.cleaned_data
        context["previews"] = _previews(
            name=typed["organisation"],
            short_name="",
            url=typed["url"],
            mentions={"fr": typed["mention_fr"], "en": typed["mention_en"]},
            co_funder=typed["co_funder"],
        )
        return render(request, "desk/partners/form.html", {**context, "form": form})
    return answer_form(
        request,
        form,
        save,
        done=more["done"],
        to=lambda saved: _address(desk, saved.pk),
        template="desk/partners/form.html",
        context=context,
        fresh=more.get("fresh"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a partner to the edition."""
    back = (reverse("desk:partners", args=[desk.edition.slug]), gettext("Partners"))
    done = gettext("The partner is added.")
    form = PartnerForm(sent(request))
    return _answer(request, desk, form, None, heading=gettext("Add a partner"), back=back, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change as what a partner supports the edition, and its mention."""

    def read() -> Any:
        return access_partner(desk.actor, edition_id=desk.edition.pk, partner_id=pk)

    def fresh() -> tuple[str, dict[str, Any]]:
        row = read()
        return version_of(row), _columns(row)

    partner = read()
    initial = {
        **_columns(partner),
        **initial_organisation(partner.organisation),
        **initial_organisation(partner.co_funder, "co_funder"),
        "version": version_of(partner),
    }
    form = PartnerForm(sent(request), initial=initial)
    back, done = (_address(desk, pk), str(partner)), gettext("The partner is saved.")
    return _answer(request, desk, form, pk, heading=gettext("Change a partner"), back=back, done=done, fresh=fresh)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask, then take a partner away from the edition; the organisation stays."""
    partner = access_partner(desk.actor, edition_id=desk.edition.pk, partner_id=pk)
    return answer_deletion(
        request,
        partner,
        lambda: services.remove_partner(actor=desk.actor, partner_id=pk),
        heading=gettext("Take “%(name)s” away from the partners?") % {"name": partner},
        lead=gettext("The organisation stays. The site names it until it is published again."),
        button=gettext("Take the partner away"),
        done=gettext("“%(name)s” is no longer a partner of this edition.") % {"name": partner},
        back=(_address(desk, pk), str(partner)),
        to=reverse("desk:partners", args=[desk.edition.slug]),
    )
