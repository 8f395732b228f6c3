"""Organisations as a form names them: recognised, or added with what the form says."""

from __future__ import annotations

import secrets
from datetime import datetime

from parvis.domain.access import Actor
from parvis.domain.network.authorities import Authority, AuthorityRecognition, recognise_authority
from parvis.domain.network.folding import organisation_folded
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.refusals import N_, NotFound, Refusal
from parvis.domain.registration_forms import OrganisationInput, guessed_kind
from parvis.domain.registrations import CategoryKind
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.models import Organisation
from parvis.services import log


class OrganisationAmbiguous(Refusal):
    """A name that fits several authorities, or nearly fits one, is chosen by a person, never guessed."""

    sentence = N_("Several organisations bear this name, or a similar one. Choose yours in the list.")


class OrganisationUnknown(Refusal):
    """What nobody has heard of is added only by somebody who says what it is."""

    sentence = N_("We do not know this organisation yet. Check how it is written, or add it and say what it is.")


def find_or_propose_organisation(
    *, actor: Actor, wanted: OrganisationInput, category: CategoryKind, now: datetime
) -> Organisation:
    """Return the organisation that a tidied form means: by its id, by code, by name; an unknown one is added.

    A French authority comes from the shipped table with its codes. Others are added with the kind and the country
    that were given, or the likeliest kind for the category, and logged. Runs inside the caller's transaction.
    Raises `OrganisationAmbiguous` where a person has to choose, `OrganisationUnknown` where they have to say what it
    is, `NotFound` for an unknown id.
    """
    if wanted.organisation_id is not None:
        organisation = Organisation.objects.filter(pk=wanted.organisation_id).first()
        if organisation is None:
            raise NotFound(field="organisation")
        return organisation
    if wanted.code and not wanted.add_as_new:
        found = recognise_authority(wanted.name, code=wanted.code, kind=wanted.kind, suggest=False)
        if found.authority is not None:
            return find_or_add_authority(actor=actor, authority=found.authority, now=now)
    exact = _recognised(wanted, suggest=False)
    if len(exact.candidates) > 1 and not wanted.add_as_new:
        raise OrganisationAmbiguous(field="organisation")  # also where one of the namesakes has come before
    known = _known_by_name(wanted)
    if known is not None:
        return known
    if not wanted.add_as_new:
        if exact.authority is not None:
            return find_or_add_authority(actor=actor, authority=exact.authority, now=now)
        if _recognised(wanted, suggest=True).suggestions or _sounds_known(wanted):
            raise OrganisationAmbiguous(field="organisation")
    kind = wanted.kind or guessed_kind(category, wanted.country)
    if kind is OrganisationKind.OTHER and not wanted.add_as_new:
        raise OrganisationUnknown(field="organisation")
    organisation = Organisation(
        slug=free_organisation_slug(wanted.name),
        kind=str(kind),
        country=wanted.country,
        folded=organisation_folded(wanted.name),
    )
    organisation.name_fr = wanted.name
    organisation.save()
    log.record(actor=actor, action="organisation.proposed", subject=organisation, now=now)
    return organisation


def find_or_add_authority(*, actor: Actor, authority: Authority, now: datetime) -> Organisation:
    """Return the organisation of an authority of the shipped table, added if nobody has come for it before.

    Runs inside the caller's transaction.
    """
    known = Organisation.objects.filter(kind=authority.kind)
    insee = "" if authority.code == authority.siren else authority.code
    organisation = None
    if insee:
        organisation = known.filter(insee_code=insee).first()
    if organisation is None and authority.siren:
        organisation = known.filter(siren=authority.siren).first()
    if organisation is not None:
        return organisation
    organisation = Organisation(
        slug=free_organisation_slug(authority.name),
        kind=str(authority.kind),
        country="FR",
        insee_code=insee,
        siren=authority.siren,
        departement=authority.departement,
        folded=organisation_folded(authority.name),
    )
    organisation.name_fr = authority.name
    organisation.save()
    log.record(actor=actor, action="organisation.proposed", subject=organisation, now=now)
    return organisation


def free_organisation_slug(name: str) -> str:
    """Return a slug that no organisation bears. One query; namesakes beyond fifty get a random ending."""
    base = slug_of(name, longest=100)
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)[:50])
    slug = slug_of(name, taken, longest=110)
    return slug if len(taken) < 50 else f"{base}-{secrets.token_hex(4)}"


def _known_by_name(wanted: OrganisationInput) -> Organisation | None:
    """Return the one organisation known under exactly this name, in this country and of this kind if given."""
    folded = fold(wanted.name)
    if not folded:
        return None
    named = Organisation.objects.filter(folded__contains=folded, country=wanted.country)
    if wanted.kind is not None:
        named = named.filter(kind=wanted.kind)
    exact = [organisation for organisation in named[:200] if folded in organisation.folded.split(" | ")]
    return exact[0] if len(exact) == 1 else None


def _sounds_known(wanted: OrganisationInput) -> bool:
    """Tell whether an organisation of that country is known whose name holds what was typed, or the reverse."""
    folded = fold(wanted.name)
    for names in Organisation.objects.filter(country=wanted.country).values_list("folded", flat=True):
        for name in names.split(" | "):
            if f" {folded} " in f" {name} " or (len(name) > 3 and f" {name} " in f" {folded} "):
                return True
    return False


def _recognised(wanted: OrganisationInput, *, suggest: bool) -> AuthorityRecognition:
    if wanted.country != "FR":
        return AuthorityRecognition()
    return recognise_authority(wanted.name, kind=wanted.kind, suggest=suggest)
