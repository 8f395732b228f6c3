"""Who speaks, who takes part, who supports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from parvis.domain.network.countries import WORLD_PART_NAMES, WorldPart, country_name
from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.partners import PartnerKind
from parvis.domain.paving import Family, family_of
from parvis.domain.programme.release import OrganisationContent, in_language
from parvis.domain.text import fold
from parvis.exports.paving import header_svg
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import frame, site_of
from parvis.web.public.presentation import text_of

PARTNER_HEADINGS = {
    PartnerKind.FUNDER: gettext_lazy("Funders"),
    PartnerKind.PROJECT: gettext_lazy("Co-funded projects"),
    PartnerKind.SUPPORTER: gettext_lazy("Supporters"),
    PartnerKind.EXHIBITOR: gettext_lazy("Exhibitors"),
}


@shared_page
def _all_speakers(request: HttpRequest, edition: str) -> HttpResponse:
    site = site_of(edition)
    return render(request, "public/speakers.html", frame(site, speakers=site.programme.speakers(), wanted=""))


def speakers(request: HttpRequest, edition: str) -> HttpResponse:
    """Show every speaker, or those whom `q` finds: by name or mandate, accents aside."""
    wanted = request.GET.get("q", "").strip()[:100]
    if not wanted:
        return _all_speakers(request, edition)
    site = site_of(edition)
    found = site.programme.speakers(wanted)
    return render(request, "public/speakers.html", frame(site, speakers=found, wanted=wanted))


@shared_page
def speaker(request: HttpRequest, edition: str, speaker: str) -> HttpResponse:
    """Show one speaker: every mandate, every session."""
    site = site_of(edition)
    found = site.programme.speaker(speaker)
    if found is None:
        raise Http404
    feed = site.programme.addresses.of("speaker_calendar", speaker)
    return render(request, "public/speaker.html", frame(site, speaker=found, feed_address=feed))


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation as the list shows it; `apart` is its country abroad, or its kind where two bear one name."""

    slug: str
    name: str
    apart: str
    sort: str


def _family_name(family: Family) -> str:
    if family is Family.HOME:
        return gettext("French local authorities")
    if family is Family.HOUSE:
        return gettext("State, agencies, associations and partners in France")
    return gettext(WORLD_PART_NAMES[WorldPart(family.value)])


def _organisation(
    item: OrganisationContent, language: str, *, abroad: bool, namesakes: frozenset[str]
) -> OrganisationLine:
    name = in_language(item.name, language)
    apart = ""
    if abroad and item.kind != OrganisationKind.EMBASSY:
        apart = country_name(item.country, language)
    elif name in namesakes:
        apart = gettext(ORGANISATION_KIND_NAMES[OrganisationKind(item.kind)]).lower()
    return OrganisationLine(item.slug, name, apart, fold(name))


@shared_page
def organisations(request: HttpRequest, edition: str) -> HttpResponse:
    """Show in words whom the stones stand for, by family and in the order of the alphabet."""
    site = site_of(edition)
    names = Counter(in_language(item.name, site.language) for item in site.content.organisations)
    namesakes = frozenset(name for name, count in names.items() if count > 1)
    families: dict[Family, list[OrganisationLine]] = {family: [] for family in Family}
    for item in site.content.organisations:
        family = family_of(item.kind, item.country)
        abroad = family not in {Family.HOME, Family.HOUSE}
        families[family].append(_organisation(item, site.language, abroad=abroad, namesakes=namesakes))
    shown = [
        (family.value, _family_name(family), sorted(lines, key=lambda line: line.sort))
        for family, lines in families.items()
        if lines
    ]
    paving = header_svg(site.content, site.language, address=request.path) if shown else ""
    return render(request, "public/organisations.html", frame(site, families=shown, paving=paving))


@shared_page
def partners(request: HttpRequest, edition: str) -> HttpResponse:
    """Show who supports the edition, each with the mention that it requires."""
    site = site_of(edition)
    language = site.language
    kinds = []
    for kind in PartnerKind:
        lines = [
            {
                "name": text_of(partner.name, language),
                "short_name": partner.short_name,
                "mention": text_of(partner.mention, language),
                "co_funder": text_of(partner.co_funder, language),
                "url": partner.url,
            }
            for partner in site.content.partners
            if partner.kind == kind
        ]
        if lines:
            kinds.append((PARTNER_HEADINGS[kind], lines))
    thanks = text_of(site.content.edition.thanks, language)
    return render(request, "public/partners.html", frame(site, kinds=kinds, thanks=thanks))
