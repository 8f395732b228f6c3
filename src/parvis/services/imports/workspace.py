"""The desk of an import: everything that exists is read once, rows change it in memory, and a flush writes it in bulk.

A dry run is the same work without the flush, so what is shown is what would be written, and nothing is locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.db.models.base import ModelState

from parvis import models as m
from parvis.domain.imports import RowPlan
from parvis.domain.slugs import slug_of

BATCH = 1000
M = TypeVar("M", bound=Model)

# Parents before children: a child takes its parent's key when it is written.
_FLUSH_ORDER: tuple[type[Model], ...] = (
    m.Organisation,
    m.Membership,
    m.Federation,
    m.Series,
    m.Venue,
    m.Room,
    m.Edition,
    m.Person,
    m.Mandate,
    m.Group,
    m.GroupPresidency,
    m.Theme,
    m.Session,
    m.SessionTheme,
    m.Placement,
    m.Intervention,
    m.Partner,
    m.Award,
    m.AwardRound,
    m.Laureate,
    m.Honour,
    m.Category,
    m.Delegation,
    m.Registration,
    m.Badge,
    m.Consent,
    m.Checkpoint,
    m.Scan,
)


class _Blank(Generic[M]):
    """Copies one blank row: the constructors of translated models look up a language for each column of each row."""

    def __init__(self, model: type[M]) -> None:
        self._model = model
        self._values = {name: value for name, value in vars(model()).items() if name != "_state"}
        self._made = [
            (f.attname, f.default) for f in model._meta.concrete_fields if f.has_default() and callable(f.default)
        ]

    def copy(self) -> M:
        """Return a row that is new to the database, with defaults of its own."""
        row = self._model.__new__(self._model)
        values = vars(row)
        values.update(self._values)
        for name, default in self._made:
            values[name] = default()
        values["_state"] = ModelState()
        return row


class Workspace:
    """Holds what an import creates and changes until it is flushed."""

    def __init__(self, *, edition: m.Edition | None, now: datetime) -> None:
        self.edition = edition
        self.now = now
        venue = edition.venue if edition else None
        self.zone = ZoneInfo(venue.timezone if venue else settings.TIME_ZONE)
        self.new: dict[type[Model], list[Model]] = {model: [] for model in _FLUSH_ORDER}
        self.changed: dict[type[Model], dict[int, tuple[Model, set[str]]]] = {model: {} for model in _FLUSH_ORDER}
        self._slugs: dict[type[Model], set[str]] = {}
        self.shelf: dict[str, Any] = {}
        self._blanks: dict[type[Model], Any] = {}

    def add(self, row: M) -> M:
        """Take in a new row, to be written at the flush."""
        self.new[type(row)].append(row)
        return row

    def create(self, model: type[M], **values: object) -> M:
        """Take in a new row with these values, to be written at the flush."""
        if model not in self._blanks:
            self._blanks[model] = _Blank(model)
        row: M = self._blanks[model].copy()
        for name, value in values.items():
            setattr(row, name, value)
        return self.add(row)

    def set(self, row: Model, values: Mapping[str, object], plan: RowPlan | None) -> bool:
        """Set what differs; an empty value leaves what is there alone. Tell whether anything changed.

        Changes of rows that exist are noted in `plan`; a row that is new takes its values without notice.
        """
        fields: set[str] = set()
        for name, value in values.items():
            if value is None or value == "" or value == []:
                continue
            before = getattr(row, name, None)  # a new row has no related object yet
            if before == value:
                continue
            setattr(row, name, value)
            fields.add(name)
            if plan is not None and row.pk is not None and not row._state.adding:
                plan.changed(name, before, value)
        if fields and not row._state.adding:
            _, known = self.changed[type(row)].setdefault(id(row), (row, set()))
            known |= fields
        return bool(fields)

    def put(self, row: Model, name: str, value: object) -> None:
        """Set one value, an empty one too, that follows from another and is not shown by itself."""
        setattr(row, name, value)
        if not row._state.adding:
            _, known = self.changed[type(row)].setdefault(id(row), (row, set()))
            known.add(name)

    def slug(self, model: type[Model], text: str, *, longest: int = 120) -> str:
        """Return a slug that no row of `model` has, and keep it taken. One query per model."""
        if model not in self._slugs:
            self._slugs[model] = set(model._default_manager.values_list("slug", flat=True))
        taken = self._slugs[model]
        slug = slug_of(text, taken, longest=longest)
        taken.add(slug)
        return slug

    def aware(self, moment: datetime) -> datetime:
        """Return a moment of the sheet with its zone: the venue's, unless the cell named one."""
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def flush(self) -> dict[str, int]:
        """Write everything in bulk, parents first; return how many rows were created by model name.

        Must run inside a transaction.
        """
        written: dict[str, int] = {}
        for model in _FLUSH_ORDER:
            rows = self.new[model]
            if rows:
                model._default_manager.bulk_create(rows, batch_size=BATCH)
                written[model.__name__] = len(rows)
            self._update(model)
        return written

    def _update(self, model: type[Model]) -> None:
        by_fields: dict[frozenset[str], list[Model]] = {}
        for row, fields in self.changed[model].values():
            by_fields.setdefault(frozenset(fields), []).append(row)
        stamp = any(field.name == "updated_at" for field in model._meta.get_fields())
        for changed, rows in by_fields.items():
            names = sorted(changed)
            if stamp:
                names.append("updated_at")
                for row in rows:
                    row.updated_at = self.now  # type: ignore[attr-defined]  # the model has the column, see `stamp`
            model._default_manager.bulk_update(rows, names, batch_size=500)
