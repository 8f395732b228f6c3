"""Filters that write dates, times, numbers and punctuation as the page's language wants them."""

from __future__ import annotations

from datetime import date, datetime, time

from django import template
from django.utils.translation import get_language

from parvis.domain import typography

register = template.Library()


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


@register.filter
def typo(text: object) -> str:
    """Space a text by the rules of the page's language; `{{ title|typo }}`."""
    return typography.typeset(str(text or ""), _language())


@register.filter
def typo_in(text: object, language: str) -> str:
    """Space a text by the rules of a given language."""
    return typography.typeset(str(text or ""), language)


@register.filter
def ordinal(number: int) -> str:
    """14 → 14ᵉ, 14th."""
    return typography.ordinal(int(number), _language())


@register.filter
def decimal(number: int | None) -> str:
    """1234 → 1 234, 1,234."""
    return "" if number is None else typography.decimal(int(number), _language())


def _date(value: date | datetime | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


@register.filter
def day_long(value: date | datetime | str | None) -> str:
    """Lundi 18 septembre 2023."""
    return "" if not value else typography.day_long(_date(value), _language())


@register.filter
def day_short(value: date | datetime | str | None) -> str:
    """Lundi 18 septembre, without the year."""
    return "" if not value else typography.day_long(_date(value), _language(), year=False)


@register.filter
def day_plain(value: date | datetime | str | None) -> str:
    """18 septembre 2023, without the weekday."""
    return "" if not value else typography.day_long(_date(value), _language(), weekday=False)


@register.filter
def month_year(value: date | str | None) -> str:
    """Octobre 2024."""
    return "" if not value else typography.month_year(_date(value), _language())


@register.filter
def clock(value: time | datetime | str | None) -> str:
    """9 h 30."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else time.fromisoformat(value)
    return typography.clock(value, _language())


@register.simple_tag
def date_range(first: date | str | None, last: date | str | None) -> str:
    """18 et 19 septembre 2023."""
    return typography.date_range(_date(first), _date(last), _language()) if first and last else ""
