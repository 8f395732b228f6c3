"""Reads of press releases, and the gathering of what they state."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.communiques import facts as facts_of
from parvis.domain.communiques.facts import Facts
from parvis.domain.refusals import NotFound
from parvis.models import Communique
from parvis.queries.communique_facts import gather_facts


def list_communiques(actor: Actor, *, edition_id: int) -> QuerySet[Communique]:
    """Return an edition's press releases with their texts, the newest first."""
    actor.require(Permission.READ_COMMUNIQUE)
    return (
        Communique.objects.filter(edition_id=edition_id)
        .select_related("snapshot", "edition")
        .prefetch_related("texts")
        .order_by("-number")
    )


def access_communique(actor: Actor, *, edition_id: int, number: int) -> Communique:
    """Return one press release, whatever its state, or raise `NotFound`."""
    communique = list_communiques(actor, edition_id=edition_id).filter(number=number).first()
    if communique is None:
        raise NotFound
    return communique


def list_published(edition_slug: str) -> QuerySet[Communique]:
    """Return the published press releases of an edition, the newest first: open to everybody."""
    return (
        Communique.objects.filter(edition__slug=edition_slug, status=Communique.Status.PUBLISHED)
        .select_related("edition", "snapshot")
        .prefetch_related("texts")
        .order_by("-number")
    )


def get_published(edition_slug: str, number: int) -> Communique:
    """Return one published press release, or raise `NotFound`."""
    communique = list_published(edition_slug).filter(number=number).first()
    if communique is None:
        raise NotFound
    return communique


def latest_publication() -> dict[str, Any]:
    """Return what changes when any press release is published or withdrawn: part of the public stamp."""
    return Communique.objects.aggregate(published=Max("published_at"), newest=Max("pk"))


def stale_facts(communique: Communique) -> list[str]:
    """Return the names of the facts that have changed since a release was drafted; empty when it still holds.

    Counts the edition's figures anew: a correction of the data flags the text (S16).
    """
    before = facts_of.from_json(communique.facts)
    after: Facts = gather_facts(communique.edition_id, dated_on=communique.dated_on, snapshot=None)
    return facts_of.changed_facts(before, after)
