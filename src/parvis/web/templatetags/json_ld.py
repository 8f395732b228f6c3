"""The tag that puts JSON-LD into a public page: the edition, or one session of it."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from parvis.exports import json_ld
from parvis.web.public.editions import Site
from parvis.web.public.formats import edition_address
from parvis.web.public.presentation import SessionView

register = template.Library()


@register.simple_tag
def structured_data(site: Site, session: SessionView | str = "") -> SafeString:
    """Return a script element that holds data and runs nothing: the session, or the edition where none is given."""
    address, status = edition_address(site.edition.slug), site.edition.status
    if isinstance(session, str):
        node = json_ld.edition_event(site.content, language=site.language, site=address, status=status)
    else:
        node = json_ld.session_event(site.content, session.content, language=site.language, site=address, status=status)
    # `as_text` leaves no sign that could end the element.
    return mark_safe(f'<script type="application/ld+json">{json_ld.as_text(node)}</script>')
