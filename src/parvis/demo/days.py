"""Who takes the floor, and who is scanned at which door: the fictional half of the programme and of the days."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from parvis.demo.files import DAYS, LOCAL_KINDS, Cast, House, address_of, read_presidents, read_sessions
from parvis.domain.network.authorities import recognise_authority

SCANS = ("Scanné le", "Référence externe", "Point de contrôle", "Appareil")
INTERVENTIONS = ("Code de la séance", "Prénom", "Nom", "Courriel", "Organisation", "Rôle", "Ordre")
# What the press release tells: who opened, and who spoke at the ceremony.
_NAMED_INTERVENTIONS = (
    ["OUVERTURE", "François", "Rebsamen", "", "Cités Unies France", "Ouverture", "1"],
    ["OUVERTURE", "Dan", "Lert", "", "Paris", "Ouverture", "2"],
    ["CEREMONIE", "Dominique", "Faure", "", "Gouvernement de la République française", "Intervention", "1"],
)


def interventions(houses: Sequence[House], seed: int) -> list[list[str]]:
    """Return the lines of interventions: those whom the release names, then fictional ones."""
    source = random.Random(seed + 3)  # noqa: S311 - reproducible on purpose, guards nothing
    pool = [(house, person) for house in houses if house.present for person in house.people[:2]]
    source.shuffle(pool)
    local = [pair for pair in pool if pair[0].kind in LOCAL_KINDS]
    abroad = [pair for pair in pool if pair[0].kind == "foreign_authority"]
    lines: list[list[str]] = [list(line) for line in _NAMED_INTERVENTIONS]
    presidents = {row["Code"]: row for row in read_presidents()}

    def speak(code: str, pair: tuple[House, dict[str, object]], role: str, order: int) -> None:
        house, person = pair
        lines.append(
            [
                code,
                str(person["first_name"]),
                str(person["last_name"]),
                str(person["email"]),
                house.name,
                role,
                str(order),
            ]
        )

    for session in read_sessions():
        code, kind = session["Code"], session["Format"]
        if kind == "Atelier":
            speak(code, local.pop(), "Modération", 1)
            for order in (2, 3):
                speak(code, local.pop(), "Intervention", order)
            speak(code, abroad.pop(), "Témoignage", 4)
        elif kind == "Plénière":
            for order in (1, 2, 3):
                speak(code, (abroad if order == 3 else local).pop(), "Témoignage", order)
        elif kind == "Micro-atelier":
            host = session["Organisation hôte"]
            recognised = recognise_authority(host).authority
            shown = recognised.shown if recognised else host
            mine = [pair for pair in pool if pair[0].name == shown]
            speak(code, mine[0] if mine else local.pop(), "Intervention", 1)
        elif kind == "Groupe-pays":
            row = presidents[session["Groupe"]]
            first, last, place = (row[f"{part} du président"] for part in ("Prénom", "Nom", "Organisation"))
            lines.append([code, first, last, address_of(first, last), place, "Présidence", "1"])
        elif kind == "Réunion régionale":
            speak(code, abroad.pop(), "Témoignage", 2)
    return lines


def scans(seed: int, cast: Cast, sessions: list[dict[str, str]]) -> list[list[str]]:
    """Return the lines that the hand scanners wrote, in the order of time."""
    source = random.Random(seed + 1)  # noqa: S311 - reproducible on purpose, guards nothing
    passages: list[tuple[datetime, str, str, str]] = []
    placed: dict[tuple[str, str], list[dict[str, str]]] = {}
    for session in sessions:
        if session["Format"] != "Pause":
            placed.setdefault((session["Date"], session["Début"]), []).append(session)
    for row in cast.present:
        code = str(row["external_reference"])
        draw = source.random()
        days: tuple[int, ...] = (0, 1) if draw < 0.62 else (0,) if draw < 0.82 else (1,)
        late = row["registered_at"] if row["source"] == "walk_in" else None
        if isinstance(late, datetime):
            days = tuple(day for day in (0, 1) if DAYS[day].date() >= late.date())
        for day in days:
            arrival = DAYS[day] + timedelta(minutes=source.triangular(510, 690, 555))
            if isinstance(late, datetime) and late.date() == arrival.date():
                arrival = late + timedelta(minutes=2)
            passages.append((arrival, code, f"entrance-{day + 1}", f"porte-{source.randrange(1, 4)}"))
            if source.random() < 0.03:  # shown twice at the door
                passages.append((arrival + timedelta(seconds=20), code, f"entrance-{day + 1}", "porte-1"))
            for (date, start), options in placed.items():
                begins = datetime.strptime(f"{date} {start}", "%d/%m/%Y %H:%M")  # noqa: DTZ007 - the venue's clock
                if begins.date() != DAYS[day].date() or begins < arrival - timedelta(minutes=40):
                    continue
                if source.random() < 0.72:
                    chosen = source.choice(options)
                    at = max(arrival, begins - timedelta(minutes=12)) + timedelta(seconds=source.randrange(900))
                    passages.append((at, code, f"session-{chosen['Code'].lower()}", f"salle-{source.randrange(1, 9)}"))
    passages.sort()
    return [[at.strftime("%d/%m/%Y %H:%M:%S"), code, door, device] for at, code, door, device in passages]
