"""Writes the fictional part of the demo edition: people, participants, scans. The same seed gives the same files.

Authorities, countries and towns are real; every person but those whom the press release names is invented and imported
with « Fictif : oui ». Run: `./parvis manage generate_demo --seed 2023` (the files are in the repository already).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from parvis.demo import invented
from parvis.demo.days import INTERVENTIONS, SCANS, interventions, scans
from parvis.demo.files import (
    DAYS,
    FOLDER,
    LOCAL_KINDS,
    Cast,
    House,
    address_of,
    read_presidents,
    read_sessions,
    write_csv,
)
from parvis.domain.network.authorities import Authority, authorities, recognise_authority
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.text import fold
from parvis.exports.spreadsheets import write_sheet
from parvis.ingest.kinds import KINDS

SEED = 2023
PRESENT = 512
FRENCH_PRESENT = 130
FRENCH_ABSENT = 9
CANCELLED = 24

# Authorities that the other files name: they take part.
NAMED = (
    "Paris",
    "Dijon",
    "Dijon Métropole",
    "Orléans",
    "Châtellerault",
    "Grenoble",
    "Dunkerque",
    "Région Nouvelle-Aquitaine",
    "Angers",
    "Montpellier",
    "Département de la Seine-Saint-Denis",
    "Rennes",
    "Département de l’Isère",
    "Strasbourg",
    "Toulouse",
    "Nantes",
    "Lyon",
    "Lille",
    "Pau",
    "Département de la Gironde",
    "Région Bretagne",
    "Métropole Européenne de Lille",
    "Saint-Paul (974)",
    "Marseille",
)
TIERS = (  # how many of each tier, the named ones included
    (OrganisationKind.COMMUNE, 70),
    (OrganisationKind.EPCI, 28),
    (OrganisationKind.DEPARTEMENT, 19),
    (OrganisationKind.REGION, 10),
    (OrganisationKind.OVERSEAS, 3),
)


class Inventor:
    """Draws names that were not drawn before, from one seeded source."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible on purpose, guards nothing
        self.taken: set[str] = {fold(name) for name in ("François Rebsamen", "Dan Lert", "Dominique Faure")}

    def person(self, names: str) -> tuple[str, str, str]:
        """Return (first name, last name, gender) that nobody else has."""
        women, men, last = (
            (invented.WOMEN_FR, invented.MEN_FR, invented.LAST_FR) if names == "fr" else invented.GUEST_NAMES[names]
        )
        while True:
            gender = "F" if self.random.random() < 0.47 else "M"
            first = self.random.choice(women if gender == "F" else men)
            family = self.random.choice(last)
            if names != "fr" and self.random.random() < 0.35:
                family += "-" + self.random.choice([name for name in last if name != family])
            key = fold(f"{first} {family}")
            if key not in self.taken:
                self.taken.add(key)
                return first, family, gender


def _french_houses(inventor: Inventor) -> list[House]:
    named: dict[tuple[str, str], Authority] = {}
    for name in NAMED:
        authority = recognise_authority(name).authority
        if authority is None:
            raise LookupError(name)
        named[(authority.kind, authority.code)] = authority
    wanted = FRENCH_PRESENT + FRENCH_ABSENT
    chosen: list[Authority] = []
    for kind, number in TIERS:
        pool = sorted((a for a in authorities() if a.kind == kind), key=lambda a: (-a.population, a.code))[: number * 3]
        first = [a for (k, _), a in named.items() if k == kind]
        others = [a for a in pool if (a.kind, a.code) not in named]
        chosen += first + inventor.random.sample(others, min(len(others), number - len(first)))
    spare = sorted(
        (a for a in authorities() if a.kind == OrganisationKind.COMMUNE and a not in chosen),
        key=lambda a: (-a.population, a.code),
    )[:200]
    chosen += inventor.random.sample(spare, wanted - len(chosen))
    absent = set(inventor.random.sample([a for a in chosen if (a.kind, a.code) not in named], FRENCH_ABSENT))
    return [House(a.shown, a.kind, code=a.code, present=a not in absent) for a in chosen]


def _guest_houses() -> list[House]:
    houses = [House(n, "foreign_authority", c, names=p) for n, c, p in invented.FOREIGN_AUTHORITIES]
    houses += [House(n, "embassy", c, names=p) for n, c, p in invented.EMBASSIES]
    houses += [House(n, k, c, names=p, present=False) for n, c, p, k in invented.ABSENT_ABROAD]
    return houses


def _sizes(inventor: Inventor, houses: Sequence[House], total: int) -> None:
    """Share `total` people among the houses, at least one each, some delegations larger."""
    for house in houses:
        house.size = 1
    weights = [inventor.random.paretovariate(1.3) for _ in houses]
    for _ in range(total - len(houses)):
        house = inventor.random.choices(houses, weights)[0]
        if house.size < 9:
            house.size += 1
        else:
            min(houses, key=lambda h: h.size).size += 1


_TITLES: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "commune": (
        ("elected", "deputy_mayor", "Adjoint au maire", "Adjointe au maire", "Deputy Mayor"),
        ("elected", "councillor", "Conseiller municipal", "Conseillère municipale", "City Councillor"),
    ),
    "epci": (("elected", "vice_president", "Vice-président", "Vice-présidente", "Vice-President"),),
    "departement": (("elected", "councillor", "Conseiller départemental", "Conseillère départementale", "Councillor"),),
    "region": (("elected", "councillor", "Conseiller régional", "Conseillère régionale", "Regional Councillor"),),
    "overseas": (("elected", "councillor", "Conseiller territorial", "Conseillère territoriale", "Councillor"),),
    "foreign_authority": (
        ("foreign_delegation", "mayor", "Maire", "Maire", "Mayor"),
        ("foreign_delegation", "deputy_mayor", "Adjoint au maire", "Adjointe au maire", "Deputy Mayor"),
        ("foreign_delegation", "director", "Directeur", "Directrice", "Director"),
    ),
    "embassy": (
        ("embassy", "ambassador", "Ambassadeur", "Ambassadrice", "Ambassador"),
        ("embassy", "diplomat", "Conseiller", "Conseillère", "Counsellor"),
    ),
    "ministry": (("state", "officer", "Chargé de mission", "Chargée de mission", "Officer"),),
    "agency": (("partner", "officer", "Chargé de mission", "Chargée de mission", "Officer"),),
    "project": (("partner", "officer", "Chargé de projet", "Chargée de projet", "Project Officer"),),
    "federation": (("team", "officer", "Chargé de mission", "Chargée de mission", "Officer"),),
    "association": (("partner", "director", "Directeur", "Directrice", "Director"),),
    "university": (("student", "other", "Étudiant", "Étudiante", "Student"),),
    "company": (("partner", "director", "Directeur", "Directrice", "Director"),),
    "press": (("press", "other", "Journaliste", "Journaliste", "Journalist"),),
}
_STAFF = ("staff", "officer", "Chargé de coopération", "Chargée de coopération", "Cooperation Officer")


def _people(inventor: Inventor, house: House, number: int) -> None:
    for _ in range(number):
        first, last, gender = inventor.person(house.names)
        at = len(house.people)
        choices = _TITLES[house.kind]
        if house.kind in LOCAL_KINDS:
            kind = choices[inventor.random.randrange(len(choices))] if at % 2 == 0 else _STAFF
        else:
            kind = choices[min(at, len(choices) - 1)]
        category, function, masculine, feminine, english = kind
        declared = "" if inventor.random.random() < 0.07 else gender
        house.people.append(
            {
                "gender": declared,
                "first_name": first,
                "last_name": last,
                "email": address_of(first, last),
                "organisation": house.name,
                "organisation_code": house.code,
                "organisation_kind": house.kind,
                "country": house.country,
                "title_fr": feminine if gender == "F" else masculine,
                "title_en": english,
                "function": function,
                "category": category,
                "language": "fr" if house.names in ("fr", "africa", "maghreb") else "en",
                "image_consent": inventor.random.random() < 0.8,
                "listed_consent": inventor.random.random() < 0.6,
                "fictional": True,
            }
        )


def _named_participants() -> list[dict[str, object]]:
    """The three people whom the press release names, who were there."""
    return [
        {
            "gender": gender,
            "first_name": first,
            "last_name": last,
            "organisation": organisation,
            "organisation_kind": kind,
            "country": "FR",
            "title_fr": title,
            "category": category,
            "language": "fr",
            "fictional": False,
        }
        for gender, first, last, organisation, kind, title, category in (
            ("M", "François", "Rebsamen", "Cités Unies France", "federation", "Président", "speaker"),
            ("M", "Dan", "Lert", "Paris", "commune", "Adjoint à la Maire", "speaker"),
            ("F", "Dominique", "Faure", "Gouvernement de la République française", "ministry", "", "speaker"),
        )
    ]


def _registered_at(inventor: Inventor, *, late: bool = False) -> datetime:
    if late:
        return DAYS[0] + timedelta(days=inventor.random.randrange(2), minutes=inventor.random.randrange(510, 960))
    start = datetime(2023, 6, 1, 9)  # noqa: DTZ001 - the venue's clock
    share = inventor.random.betavariate(2.2, 1.4)
    return start + timedelta(minutes=int(share * 105 * 1440))


def _seat_presidents(french: Sequence[House]) -> None:
    """Give each group's president the first place of their delegation, in the stead of somebody invented."""
    titles = {}
    with (FOLDER / "03-people.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            titles[(row["Prénom"], row["Nom"])] = row
    for president in read_presidents():
        authority = recognise_authority(president["Organisation du président"]).authority
        if authority is None:
            raise LookupError(president["Organisation du président"])
        house = next(h for h in french if (h.kind, h.code) == (authority.kind, authority.code))
        row = titles[(president["Prénom du président"], president["Nom du président"])]
        house.people[0].update(
            gender="F" if row["Civilité"] == "Femme" else "M",
            first_name=row["Prénom"],
            last_name=row["Nom"],
            email=row["Courriel"],
            title_fr=row["Titre"],
            title_en=row["Titre (anglais)"],
            function="",
            category="elected",
        )


def cast_of(seed: int) -> tuple[Cast, list[House]]:
    """Return the participants of a seed: exactly `PRESENT` come, from exactly `FRENCH_PRESENT` French authorities."""
    inventor = Inventor(seed)
    french, guests = _french_houses(inventor), _guest_houses()
    others = [House(name, kind, size=size) for name, kind, size in invented.OTHER_ORGANISATIONS]
    for house in others:
        _people(inventor, house, house.size)
    coming_guests = [house for house in guests if house.present]
    _sizes(inventor, [h for h in coming_guests if h.kind == "foreign_authority"], 78)
    _sizes(inventor, [h for h in coming_guests if h.kind == "embassy"], 20)
    for house in guests:
        _people(inventor, house, house.size)
    named = _named_participants()
    so_far = sum(h.size for h in coming_guests) + sum(h.size for h in others) + len(named)
    coming_french = [house for house in french if house.present]
    _sizes(inventor, coming_french, PRESENT - so_far)
    for house in french:
        _people(inventor, house, house.size)
    _seat_presidents(french)
    houses = [*french, *guests, *others]
    present = named + [person for house in houses if house.present for person in house.people]
    absent = [person for house in houses if not house.present for person in house.people]
    for house in inventor.random.sample([*coming_french, *coming_guests], 88):
        before = len(house.people)
        _people(inventor, house, 1)
        absent += house.people[before:]
    rows = present + absent
    cancelled = inventor.random.sample(absent, CANCELLED)
    walk_ins = inventor.random.sample([p for p in present if p not in named], 18)
    for row in rows:
        row["status"] = "cancelled" if row in cancelled else "confirmed"
        row["source"] = "walk_in" if row in walk_ins else "form" if inventor.random.random() < 0.8 else "desk"
        row["registered_at"] = _registered_at(inventor, late=row in walk_ins)
        if inventor.random.random() < 0.02:
            row["access_needs"] = inventor.random.choice(("Place pour fauteuil roulant", "Boucle magnétique"))
    rows.sort(key=lambda row: (str(row["registered_at"]), str(row["last_name"])))
    for number, row in enumerate(rows, 1):
        row["external_reference"] = f"INS-{number:04d}"
    return Cast(rows, present), houses


def _organisations(houses: Sequence[House], seed: int) -> bytes:
    source = random.Random(seed + 2)  # noqa: S311 - reproducible on purpose, guards nothing
    words = {choice.key: choice.fr for choice in KINDS["organisations"].column("kind").choices}
    rows = []
    for house in houses:
        member = house.kind in LOCAL_KINDS and source.random() < 0.7
        years = "2021; 2022; 2023" if member else ""
        insee = house.code if house.kind != OrganisationKind.EPCI else ""
        siren = house.code if house.kind == OrganisationKind.EPCI else ""
        rows.append([words[house.kind], house.name, "", house.country, insee, siren, years])
    rows.append(["Autre organisme", "Union européenne", "European Union", "BE", "", "", ""])
    return write_csv(["Type", "Nom", "Nom (anglais)", "Pays", "Code INSEE", "SIREN", "Années d’adhésion"], rows)


def generate(seed: int = SEED, folder: Path = FOLDER) -> dict[str, int]:
    """Write the fictional files into `folder`; return how many rows each has."""
    cast, houses = cast_of(seed)
    spoken = interventions(houses, seed)
    passages = scans(seed, cast, read_sessions())
    (folder / "02-organisations.csv").write_bytes(_organisations(houses, seed))
    (folder / "10-interventions.csv").write_bytes(write_csv(INTERVENTIONS, spoken))
    (folder / "09-participants.xlsx").write_bytes(write_sheet(KINDS["participants"], cast.rows, "fr"))
    (folder / "11-scans.csv").write_bytes(write_csv(SCANS, passages))
    return {
        "organisations": len(houses) + 1,
        "participants": len(cast.rows),
        "present": len(cast.present),
        "interventions": len(spoken),
        "scans": len(passages),
    }


def generate_folder(seed: int, folder: Path) -> dict[str, int]:
    """Write a whole demo into `folder`: the facts as they are in the repository, the fiction of another seed."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("[0-9][0-9]-*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    return generate(seed, folder)
