"""What the solver's process is asked, and what it answers, as JSON values.

| task | takes besides the timetable | answers |
|---|---|---|
| `solve` | `seconds` or `moves`, `seed`, `stay`, `only` | `placements`, `unplaced`, `hard`, `cost`, `bound`, `proven` |
| `mend` | `seconds`, `seed`, `alternatives`, `accepted` | `alternatives`, the best first, and `conflicts` |
| `conflicts` | `seconds`, `seed`, `stay` | `conflicts`: rules that contradict one another; none where all can be kept |

An alternative has `placements`, `moved`, `people` (to be told), `minutes`, `choices_lost`, `hard`, `cost`, `minimal`
(no fewer moves do). A conflict has `words`, what it says; `gives`, what would have to give; `sessions`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.json_form import Timetable, read_timetable, write_timetable
from parvis.domain.timetable.json_records import NumberExpected, as_list, as_object, shown
from parvis.domain.timetable.placements import NoSuchSession, Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import FixedPlace, Rule
from parvis.domain.timetable.words_form import write_words
from parvis.solver.conflicts import Conflict, find_conflict
from parvis.solver.mend import mend
from parvis.solver.search import Budget
from parvis.solver.solve import Progress, solve

Say = Callable[[dict[str, Any]], None]
Stopped = Callable[[], bool]
LONGEST_S = 3600
HELD = "held in place"


class NoSuchTask(Refusal):
    """The solver knows three tasks."""

    sentence = N_("The solver has no task called “%(task)s”: it can solve, mend, and find conflicts.")


def answer(request: object, *, say: Say, stopped: Stopped) -> dict[str, Any]:
    """Do what is asked; return the answer. Raises refusals that name what is wrong, and where."""
    asked = as_object(request, "request")
    timetable = read_timetable(asked.get("timetable"))
    task = asked.get("task", "solve")
    if task == "solve":
        return _solved(asked, timetable, say, stopped)
    if task == "mend":
        return _mended(asked, timetable)
    if task == "conflicts":
        return {"conflicts": _conflicts(find_conflict(*_held(asked, timetable), **_limits(asked)), timetable)}
    raise NoSuchTask(task=shown(task))


def _solved(asked: Any, timetable: Timetable, say: Say, stopped: Stopped) -> dict[str, Any]:
    def tell(progress: Progress) -> None:
        say(
            {
                "progress": round(progress.share, 3),
                "seconds": round(progress.seconds, 2),
                "hard": progress.hard,
                "cost": progress.cost,
            }
        )

    solution = solve(
        timetable.problem,
        timetable.rules,
        timetable.placements,
        stay=_staying(asked, timetable),
        budget=_budget(asked),
        seed=_number(asked, "seed", 1, 1 << 30),
        progress=tell,
        stopped=stopped,
    )
    return {
        "hard": solution.score.hard,
        "cost": solution.score.cost,
        "bound": solution.bound,
        "proven": solution.proven,
        "seconds": round(solution.seconds, 2),
        "moves": solution.moves,
        "placements": _written(timetable, solution.placements),
        "unplaced": [s.key for s in timetable.problem.sessions if s.key not in solution.placements],
    }


def _mended(asked: Any, timetable: Timetable) -> dict[str, Any]:
    mended = mend(
        timetable.problem,
        timetable.rules,
        timetable.placements,
        alternatives=_number(asked, "alternatives", 3, 9),
        accepted=[str(key) for key in as_list(asked.get("accepted") or [], "accepted")],
        **_limits(asked),
    )
    return {
        "alternatives": [
            {
                "placements": _written(timetable, way.placements),
                "moved": [move.session for move in way.moves],
                "people": way.people,
                "minutes": way.minutes,
                "choices_lost": way.choices_lost,
                "hard": way.score.hard,
                "cost": way.score.cost,
                "minimal": way.minimal,
            }
            for way in mended.alternatives
        ],
        "conflicts": _conflicts(mended.conflict, timetable),
    }


def _conflicts(conflict: Conflict | None, timetable: Timetable) -> list[dict[str, Any]]:
    return [
        {
            "words": write_words(reason.words),
            "gives": write_words(reason.gives),
            "sessions": [key for key in reason.sessions if key in timetable.problem.session_of],
        }
        for reason in (conflict.reasons if conflict is not None else ())
    ]


def _held(asked: Any, timetable: Timetable) -> tuple[Problem, list[Rule]]:
    """Return the problem in which the sessions that keep their place are fixed there."""
    problem, rules, stay = timetable.problem, list(timetable.rules), _staying(asked, timetable)
    held = tuple(sorted(key for key in stay if key in timetable.placements))
    if not held:
        return problem, rules
    places = timetable.placements
    sessions = tuple(
        replace(session, fixed_start=places[session.key].start, fixed_room=places[session.key].room)
        if session.key in stay and session.key in places
        else session
        for session in problem.sessions
    )
    return replace(problem, sessions=sessions), [*rules, FixedPlace(key=HELD, sessions=held)]


def _limits(asked: Any) -> dict[str, Any]:
    return {
        "seconds": float(_number(asked, "seconds", 20, LONGEST_S)),
        "seed": _number(asked, "seed", 1, 1 << 30),
    }


def _written(timetable: Timetable, placements: Placements) -> dict[str, Any]:
    written: dict[str, Any] = write_timetable(timetable.problem, (), placements)["placements"]
    return written


def _staying(asked: Any, timetable: Timetable) -> set[str]:
    """Return the sessions that stay where they are, in the tray too: those named, or all but those that may move."""
    known = timetable.problem.session_of
    named = {}
    for name in ("stay", "only"):
        named[name] = [str(key) for key in as_list(asked.get(name) or [], name)]
        for key in named[name]:
            if key not in known:
                raise NoSuchSession(path=name, found=key)
    if "only" in asked and asked["only"] is not None:
        return set(known) - set(named["only"])
    return set(named["stay"])


def _budget(asked: Any) -> Budget:
    moves = _number(asked, "moves", 0, 1 << 40) or None
    seconds = _number(asked, "seconds", 20, LONGEST_S) if moves is None or "seconds" in asked else None
    return Budget(float(seconds) if seconds is not None else None, moves)


def _number(asked: Any, name: str, default: int, most: int) -> int:
    value = asked.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise NumberExpected(path=name, found=shown(value))
    return int(value)
