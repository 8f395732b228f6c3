"""What binds one session, on its page: who interprets, and what comes before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parvis.domain.text import fold
from parvis.queries.interpretation_teams import SessionNeed, need_of
from parvis.queries.session_orders import list_orders_of_session
from parvis.web.desk.frame import Desk
from parvis.web.desk.timetable_words import booth_words, placed_words


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A session that is interpreted, as the pages show it; `search` is what a search among them reads."""

    pk: int
    title: str
    when: str
    lacking: list[str]
    teams: list[tuple[int, str]]
    search: str
    checked: bool = False


def need_line(need: SessionNeed, desk: Desk, *, checked: bool = False) -> NeedLine:
    """Return a session's need of interpreters in the reader's words."""
    session = need.session
    return NeedLine(
        pk=session.pk,
        title=session.title,
        when=placed_words(session, desk.zone),
        lacking=booth_words(need.lacking),
        teams=[(team.pk, team.name) for team in need.teams],
        search=fold(f"{session.title} {session.code} {' '.join(booth_words(need.booths))}"),
        checked=checked,
    )


def binding_of(desk: Desk, session: Any) -> dict[str, Any]:
    """Return what `desk/sessions/binding.html` shows of a session fetched with its placement. Two queries."""
    need = need_of(session)
    return {
        "need": need_line(need, desk),
        "booths": booth_words(need.booths),
        "orders": list_orders_of_session(desk.actor, session_id=session.pk),
    }
