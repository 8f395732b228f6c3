"""Reads of frozen figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from parvis.domain.access import Actor, Permission
from parvis.domain.figures.definitions import DEFINITIONS, Figure, Unit
from parvis.domain.figures.prose import said
from parvis.domain.refusals import NotFound
from parvis.models import Snapshot, SnapshotFigure


def list_snapshots(actor: Actor, *, edition_id: int) -> QuerySet[Snapshot]:
    """Return an edition's snapshots, the newest first."""
    if not actor.may_any((Permission.READ_DESK, Permission.READ_COMMUNIQUE)):
        actor.require(Permission.READ_DESK)
    return Snapshot.objects.filter(edition_id=edition_id).order_by("-number")


def access_snapshot(actor: Actor, *, edition_id: int, number: int) -> Snapshot:
    """Return one snapshot, or raise `NotFound`."""
    snapshot = list_snapshots(actor, edition_id=edition_id).filter(number=number).first()
    if snapshot is None:
        raise NotFound
    return snapshot


def get_latest_snapshot(edition_id: int) -> Snapshot | None:
    """Return the newest snapshot of an edition, if there is one."""
    return Snapshot.objects.filter(edition_id=edition_id).order_by("-number").first()


def figures_of(snapshot: Snapshot) -> dict[str, Figure]:
    """Return a snapshot's figures by code, without the rows behind them. One query."""
    rows = SnapshotFigure.objects.filter(snapshot=snapshot).values_list("code", "value", "parts")
    return {code: Figure(code, value, parts) for code, value, parts in rows}


def public_figures(snapshot: Snapshot, languages: Iterable[str]) -> list[dict[str, object]]:
    """Return the figures of a snapshot that the site may show, with name and definition in each language."""
    counted = figures_of(snapshot)
    shown: list[dict[str, object]] = []
    for code, definition in DEFINITIONS.items():
        if not definition.public or code not in counted:
            continue
        words: dict[str, dict[str, str]] = {"name": {}, "definition": {}}
        for language in languages:
            with translation.override(language):
                words["name"][language] = translation.gettext(definition.name)
                words["definition"][language] = translation.gettext(definition.sentence)
        figure = counted[code]
        prose = said(figure.value)
        shown.append(
            {
                "code": code,
                "topic": str(definition.topic),
                "unit": str(definition.unit),
                "value": figure.value,
                "parts": figure.parts,
                "said": {"number": prose.number, "more_than": prose.more_than and definition.unit != Unit.PERCENT},
                **words,
            }
        )
    return shown


def frozen_row_ids(snapshot: Snapshot, code: str) -> list[Any]:
    """Return the keys of the rows that a frozen figure counted; empty for a figure it does not have."""
    ids = SnapshotFigure.objects.filter(snapshot=snapshot, code=code).values_list("row_ids", flat=True).first()
    return list(ids or [])
