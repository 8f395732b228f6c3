"""Themes that sessions share: which may be merged, which may be deleted."""

from __future__ import annotations

from parvis.domain.refusals import N_, Refusal


class ThemeWithItself(Refusal):
    """Two themes become one."""

    sentence = N_("A theme is merged with another one: choose which.")


class ThemeInUse(Refusal):
    """What sessions bear is merged, not made to vanish."""

    sentence = N_("“%(name)s” is still a theme of sessions (%(count)s). Merge it with another theme instead.")


def check_merge(kept: int, gone: int) -> None:
    """Raise `ThemeWithItself`."""
    if kept == gone:
        raise ThemeWithItself(field="kept")


def check_unused(name: str, sessions: int) -> None:
    """Raise `ThemeInUse` while sessions of any edition have the theme."""
    if sessions:
        raise ThemeInUse(name=name, count=sessions)
