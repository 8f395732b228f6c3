"""Which booths of a session have interpreters: the teams that serve it, shared out as well as possible."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.problem import InterpretationTeam, Session
from parvis.domain.timetable.rules.booths import booths_of
from parvis.domain.timetable.rules.interpretation import can_serve, shortage_of
from parvis.domain.timetable.verdicts import LanguagePair


class TwoLanguagesNeeded(Refusal):
    """Interpreters work between languages."""

    sentence = N_("Interpreters work between languages: choose at least two.")


def check_languages(languages: Collection[str]) -> None:
    """Raise `TwoLanguagesNeeded`."""
    if len(set(languages)) < 2:
        raise TwoLanguagesNeeded(field="languages")


def uncovered(session: Session, teams: Sequence[InterpretationTeam]) -> list[LanguagePair]:
    """Return the booths of a session for which none of the teams that serve it is left.

    A team works in one booth at a time. As few booths as possible stay empty; the first ones named are served first.
    """
    found: list[LanguagePair] = []
    booths = booths_of(session)
    served: list[LanguagePair] = []
    supply = [team.count for team in teams]
    for booth in booths:
        tried = [*served, booth]
        servers = [[n for n, team in enumerate(teams) if can_serve(team, wanted)] for wanted in tried]
        if shortage_of([1] * len(tried), servers, supply).unmet:
            found.append(booth)
        else:
            served = tried
    return found
