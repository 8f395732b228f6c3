"""A solve that the desk asks for: what it may be asked, where it stands, and when it counts as lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from parvis.domain.refusals import N_, Refusal

DEFAULT_SECONDS: Final = 20
# The worker gives up what takes ten minutes; the solver wants some of them to start, to explain and to end.
MOST_SECONDS: Final = 180
MEND_SECONDS: Final = 10
ALTERNATIVES: Final = 3
LOST_AFTER: Final = timedelta(minutes=1)  # without a sign of life
KEPT_DAYS: Final = 30
MOST_POINTS: Final = 200  # of a curve


class SolveTask(StrEnum):
    """What the solver is asked for."""

    SOLVE = "solve"
    MEND = "mend"


class Scope(StrEnum):
    """Which sessions may move. Pinned ones stay, whatever it is."""

    UNPLACED = "unplaced"
    ALL = "all"


class SolveState(StrEnum):
    """Where a solve stands. A draft waits to be accepted while it is done or stopped."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


TASK_NAMES: Final[dict[SolveTask, str]] = {SolveTask.SOLVE: N_("Solve"), SolveTask.MEND: N_("Mend")}
STATE_NAMES: Final[dict[SolveState, str]] = {
    SolveState.WAITING: N_("Waiting for the worker"),
    SolveState.RUNNING: N_("Under way"),
    SolveState.DONE: N_("Ready to look at"),
    SolveState.STOPPED: N_("Stopped"),
    SolveState.FAILED: N_("Failed"),
    SolveState.ACCEPTED: N_("Draft accepted"),
    SolveState.DROPPED: N_("Draft dropped"),
}
UNDER_WAY: Final = frozenset({SolveState.WAITING, SolveState.RUNNING})
TO_DECIDE: Final = frozenset({SolveState.DONE, SolveState.STOPPED})


class SolveUnderWay(Refusal):
    """One solve at a time: two would answer each other’s question with yesterday’s timetable."""

    sentence = N_("A solve of this timetable is under way already: wait until it is done, or stop it.")


class NothingToSolve(Refusal):
    """A solve has sessions to place."""

    sentence = N_(
        "There is nothing to solve: every session has its place. Choose to solve all to look for a better one."
    )


class SecondsOutOfBounds(Refusal):
    """A solve ends before the worker gives it up."""

    sentence = N_("A solve takes from 1 to %(most)s seconds.")


class NothingUnderWay(Refusal):
    """What has ended cannot be stopped."""

    sentence = N_("This solve has ended already.")


class NothingToAccept(Refusal):
    """A draft is accepted while it waits for that."""

    sentence = N_("There is nothing to accept: this solve has made no draft, or it was accepted or dropped already.")


class NothingChosen(Refusal):
    """To accept card by card, one chooses cards."""

    sentence = N_("Choose at least one move, or accept all.")


class SolverFailed(Refusal):
    """The solver's process ended without an answer."""

    sentence = N_("The solver broke off by our fault. The timetable is as it was: start it again.")


class SolverKilled(SolverFailed):
    """Somebody, or the machine for want of memory, ended the solver's process."""

    sentence = N_(
        "The solver was ended from outside, perhaps because the machine had no memory left. "
        "The timetable is as it was: start it again."
    )


class SolverSilent(SolverFailed):
    """The solver did not end when its time was over."""

    sentence = N_("The solver did not answer in time. The timetable is as it was: start it again.")


class SolveLost(SolverFailed):
    """The worker died with the solve."""

    sentence = N_("The worker that made this solve is gone. The timetable is as it was: start it again.")


def check_seconds(seconds: int) -> None:
    """Raise `SecondsOutOfBounds`."""
    if not 1 <= seconds <= MOST_SECONDS:
        raise SecondsOutOfBounds(most=MOST_SECONDS, field="seconds")


def state_at(state: SolveState, heard_at: datetime | None, now: datetime) -> SolveState:
    """Return where a solve stands: one that runs and gives no sign of life has failed, with its worker."""
    if state is SolveState.RUNNING and heard_at is not None and now - heard_at > LOST_AFTER:
        return SolveState.FAILED
    return state


Point = tuple[float, int, int]  # seconds, hard rules broken, cost


def with_point(curve: Sequence[Point], point: Point) -> list[Point]:
    """Return a curve with one more point. Of more than `MOST_POINTS`, every second is let go; the ends stay."""
    longer = [*curve, point]
    if len(longer) <= MOST_POINTS:
        return longer
    return [*longer[:-1:2], longer[-1]]
