"""How instances of rules say themselves, and what would have to give. Sentences are msgids; `in_words` fills them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from parvis.domain.refusals import N_
from parvis.domain.timetable.problem import Day, Problem, Window
from parvis.domain.timetable.rules.judges import SingleJudge
from parvis.domain.timetable.verdicts import Span, Title, Words

Saying = Callable[[Collection[str]], Words]

SHORTER_OR_LESS = Words(N_("It would have to be shorter, or to be left out."))
OPEN_LONGER = Words(N_("The day would have to open earlier or to close later."))
NO_ORDER = Words(N_("The order of the two would have to be given up."))
MORE_TEAMS = Words(N_("There would have to be more interpreters, or fewer sessions with interpretation."))
NO_ROOM = Words(N_("There is no room yet."))
NO_DAY = Words(N_("There is no day yet."))
ADD_A_ROOM = Words(N_("Add a room first."))
ADD_A_DAY = Words(N_("Add a day first."))


def always(words: Words) -> Saying:
    """Return what is said the same whatever sessions matter."""
    return lambda _among: words


def _titles(problem: Problem, sessions: Collection[str]) -> tuple[Title, ...]:
    return tuple(Title(problem.session_of[session].title) for session in sorted(sessions))


def length(problem: Problem, session: str) -> Saying:
    """Say how long a session lasts."""
    item = problem.session_of[session]
    return always(Words(N_("“%(title)s” lasts %(minutes)s min."), {"title": item.title, "minutes": item.duration_min}))


def day(problem: Problem, open_day: Day) -> Saying:
    """Say when a day is open."""
    span = Span(problem.moment(open_day.opens), problem.moment(open_day.closes))
    return always(Words(N_("The day is open: %(day)s."), {"day": span}))


def _spans(problem: Problem, windows: Collection[Window]) -> tuple[Span, ...]:
    return tuple(Span(problem.moment(window.starts), problem.moment(window.ends)) for window in windows)


def hours_of(problem: Problem, name: str, windows: tuple[Window, ...]) -> Saying:
    """Say when somebody is there, and of which sessions they have a part."""

    def words(among: Collection[str]) -> Words:
        params: dict[str, Any] = {"name": name, "titles": _titles(problem, among)}
        if not windows:
            return Words(N_("%(name)s has a part in %(titles)s, and is never there."), params)
        if len(windows) == 1 and len(problem.days) == 1:
            params["starts"], params["ends"] = _spans(problem, windows)[0]
            return Words(
                N_("%(name)s has a part in %(titles)s, and is there only from %(starts)s to %(ends)s."), params
            )
        params["hours"] = _spans(problem, windows)
        return Words(N_("%(name)s has a part in %(titles)s, and is there only at these hours: %(hours)s."), params)

    return words


def other_hours(name: str) -> Words:
    """Say what would have to give of somebody's hours."""
    return Words(
        N_("%(name)s would have to be there longer or at other hours, or to have no part in it."), {"name": name}
    )


def hours_of_room(problem: Problem, room: str, windows: tuple[Window, ...]) -> Saying:
    """Say when a room can be had."""
    name = problem.room_of[room].name
    if not windows:
        return always(Words(N_("%(room)s cannot be had at all."), {"room": name}))
    return always(
        Words(
            N_("%(room)s can be had only at these hours: %(hours)s."),
            {"room": name, "hours": _spans(problem, windows)},
        )
    )


def room_longer(problem: Problem, room: str) -> Words:
    """Say what would have to give of a room's hours."""
    return Words(N_("%(room)s would have to be had at other hours too."), {"room": problem.room_of[room].name})


def one_in_room(room: str) -> Saying:
    """Say that a room is single."""
    return always(Words(N_("%(room)s receives one session at a time."), {"room": room}))


def another_room(room: str) -> Words:
    """Say what would have to give of a room's single use."""
    return Words(N_("There would have to be another room like %(room)s."), {"room": room})


def rule_of_session(problem: Problem, judge: SingleJudge, session: str) -> Saying:
    """Say what a rule asks of one session."""
    rule = judge.rule
    item = problem.session_of[session]
    if rule.kind == "fixed_place" or (not judge.by_room and not judge.by_start):
        return always(judge.violation(session, None, judge.amount(session, None)).words)
    if rule.kind == "room_capacity":
        needed = max(item.enrolled, item.capacity or 0)
        return always(
            Words(N_("“%(title)s” needs a room with %(needed)s seats."), {"title": item.title, "needed": needed})
        )
    if rule.kind == "room_equipment":
        return always(
            Words(
                N_("“%(title)s” needs a room with: %(equipment)s."),
                {"title": item.title, "equipment": tuple(item.equipment)},
            )
        )
    return always(rule.words(problem))


def exception(problem: Problem, kind: str, session: str) -> Words:
    """Say what would have to give of a rule about one session."""
    title = {"title": problem.session_of[session].title}
    if kind == "fixed_place":
        return Words(N_("“%(title)s” would have to be unpinned."), title)
    if kind in ("debate_time", "format_length"):
        return Words(N_("“%(title)s” would have to have another length, or the rule an exception."), title)
    return Words(N_("The rule would have to make an exception for “%(title)s”."), title)


def interpreters(problem: Problem) -> Saying:
    """Say that sessions share the interpreters there are."""
    return lambda among: Words(
        N_("There are not interpreters enough for all of these at once: %(titles)s."),
        {"titles": _titles(problem, among)},
    )


def of_pairs(problem: Problem, rule: Any, subject: str) -> tuple[Saying, Words]:
    """Say what keeps sessions apart in time, by what they share or by the session in their middle; and what gives."""
    kind = rule.kind
    if kind in ("person_once", "time_to_walk"):
        name = problem.person_of[subject].name
        sentence = N_("%(name)s is in one place at a time, and has a part in %(titles)s.")
        if kind == "time_to_walk":
            sentence = N_("%(name)s must have the time to walk from one to the other: %(titles)s.")
        return _with_titles(problem, sentence, name), Words(
            N_("Somebody else would have to take the part of %(name)s in one of them."), {"name": name}
        )
    if kind == "organisation_once":
        name = problem.organisation_of[subject].name
        return _with_titles(problem, N_("%(name)s sends one delegate, who is expected in %(titles)s."), name), Words(
            N_("%(name)s would have to send another delegate."), {"name": name}
        )
    if kind == "team_once":
        name = problem.team_of[subject].name
        return _with_titles(
            problem, N_("The interpreters %(name)s work in one place at a time: %(titles)s."), name
        ), Words(N_("There would have to be another team like %(name)s."), {"name": name})
    if kind == "themes_apart":
        name = problem.theme_of[subject].name
        return _with_titles(problem, N_("Sessions on “%(name)s” are not held in parallel: %(titles)s."), name), Words(
            N_("Sessions on “%(name)s” would have to be allowed in parallel."), {"name": name}
        )
    title = problem.session_of[subject].title
    return (
        lambda among: Words(
            N_("Nothing of this is held at the same time as “%(title)s”: %(titles)s."),
            {"title": title, "titles": _titles(problem, set(among) - {subject})},
        ),
        Words(N_("Something would have to be allowed beside “%(title)s”."), {"title": title}),
    )


def _with_titles(problem: Problem, sentence: str, name: str) -> Saying:
    return lambda among: Words(sentence, {"name": name, "titles": _titles(problem, among)})
