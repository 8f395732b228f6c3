"""Tags that the frame of every page needs: its address in another language, its whole address, its direction."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

register = template.Library()


@register.simple_tag(takes_context=True)
def address_in(context: template.Context, language: str) -> str:
    """Return the address of this page in another language, its query kept; the same where there is no such page.

    Whoever filtered a programme, or turned to the third page of a list, finds the same in the other language.
    """
    request = context.get("request")
    return "/" if request is None else translate_url(request.get_full_path(), language)


@register.simple_tag(takes_context=True)
def whole_address(context: template.Context, language: str = "") -> str:
    """Return this page's address with scheme and host, as search engines and calendars want it."""
    request = context.get("request")
    path = "/" if request is None else request.path
    return settings.PARVIS_SITE_URL.rstrip("/") + (translate_url(path, language) if language else path)


@register.simple_tag
def site_address(path: str, language: str = "") -> str:
    """Return the whole address of a path, in another language where one is named."""
    return settings.PARVIS_SITE_URL.rstrip("/") + (translate_url(path, language) if language else path)


@register.simple_tag
def site_languages() -> list[dict[str, Any]]:
    """Return the languages of the interface: code, name in that language, whether it is the page's."""
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return [
        {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "active": code == active}
        for code, _name in settings.LANGUAGES
    ]


@register.filter
def described(field: BoundField) -> BoundField:
    """Return a form's field as it stands; marks it invalid for assistive technology where it has errors.

    Django 5.2 writes `aria-describedby` (help) and `aria-invalid` by itself; the error's id is added here.
    """
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    if ids:
        field.field.widget.attrs["aria-describedby"] = " ".join(ids)
    return field
