"""Addresses of an edition's pages, made by the hundred: each kind is asked of Django once, then filled in."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


class Addresses:
    """The addresses of one edition in the active language."""

    def __init__(self, edition: str) -> None:
        self._edition = edition
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, name: str, key: str) -> str:
        """Return the address of the page `name` of something, by its slug or code.

        Nothing where Parvis has no such page.
        """
        around = self._known.get(name)
        if around is None:
            try:
                before, _mark, after = reverse(f"public:{name}", args=[self._edition, "0"]).rpartition("0")
            except NoReverseMatch:
                before = after = ""
            around = self._known[name] = (before, after)
        before, after = around
        return f"{before}{key}{after}" if before else ""

    def page(self, name: str) -> str:
        """Return the address of a page of the edition itself; nothing where Parvis has no such page."""
        try:
            return reverse(f"public:{name}", args=[self._edition])
        except NoReverseMatch:
            return ""
