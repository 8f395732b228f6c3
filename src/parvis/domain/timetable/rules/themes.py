"""No two workshops of one theme in parallel, where the theme is marked so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.fields import ThemeKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import ClashJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.sharing import Sharing
from parvis.domain.timetable.verdicts import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesApart(Rule):
    """Sessions of these `formats` that share one of the `themes` (empty: of the exclusive ones) are not parallel."""

    kind: ClassVar[str] = "themes_apart"
    sentence: ClassVar[str] = N_("Workshops of one theme are not held in parallel, where the theme is marked so.")

    themes: tuple[ThemeKey, ...] = ()
    formats: tuple[str, ...] = ("workshop", "micro_workshop")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemesApart(self, problem)


class _ThemesApart(ClashJudge):
    rule: ThemesApart

    def __init__(self, rule: ThemesApart, problem: Problem) -> None:
        super().__init__(rule, problem)
        marked = set(rule.themes) or {theme.key for theme in problem.themes if theme.exclusive}
        self.sharing = Sharing(
            self.concerned,
            (
                (session.key, theme)
                for session in problem.sessions
                if session.format in rule.formats
                for theme in session.themes
                if theme in marked
            ),
        )
        self.concerned = self.sharing.concerned

    def partners(self, session: str) -> frozenset[str]:
        return self.sharing.partners(session)

    def amount_between(self, one: str, other: str) -> int:
        return len(self.sharing.shared(one, other))

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        names = tuple(self.problem.theme_of[key].name for key in sorted(self.sharing.shared(one, other)))
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” are parallel and share a theme: %(themes)s."),
            side=N_("“%(other)s” from %(starts)s to %(ends)s shares a theme: %(themes)s."),
            params={"themes": names},
        )
