"""The categories of an edition: what one can register as."""

from __future__ import annotations

from django.utils.translation import gettext, override

from parvis.domain.refusals import N_, Refusal
from parvis.domain.registrations import CATEGORY_KIND_NAMES, OFFERED, CategoryKind
from parvis.models import Category, Edition


class CategoryNotOffered(Refusal):
    """Some categories are given by the organisers, not chosen."""

    sentence = N_("One does not register as “%(category)s”: the organisers give this category.")


def find_category(*, edition: Edition, kind: CategoryKind, by_desk: bool) -> Category:
    """Return the edition's category of a kind, made with its usual name where the edition has none.

    Raises `CategoryNotOffered` when the public asks for one that is not on the form. Runs inside a transaction.
    """
    category = Category.objects.filter(edition=edition, kind=kind).first()
    offered = kind in OFFERED if category is None else category.public
    if not offered and not by_desk:
        raise CategoryNotOffered(category=CATEGORY_KIND_NAMES[kind], field="category")
    if category is not None:
        return category
    names: dict[str, str] = {}
    for code in ("fr", "en"):
        with override(code):
            names[f"name_{code}"] = gettext(CATEGORY_KIND_NAMES[kind])
    return Category.objects.create(
        edition=edition, kind=kind, public=kind in OFFERED, position=list(CategoryKind).index(kind), **names
    )
