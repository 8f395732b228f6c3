"""How the domain's enumerations become the choices of a column, with names that are translated when shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Word = TypeVar("Word", bound=str)  # an enumeration of words, or plain words


def choices_of(names: Mapping[Word, str]) -> list[tuple[str, Promise]]:
    """Return Django choices from a mapping of enumeration members to their English msgids."""
    return [(str(key), gettext_lazy(name)) for key, name in names.items()]


def values_check(values: Mapping[Word, str]) -> list[str]:
    """Return the plain values, for a database constraint."""
    return [str(key) for key in values]
