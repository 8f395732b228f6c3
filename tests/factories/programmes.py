"""Programmes with everything in them: themes, groups, goals, languages, documents, parallel micro-workshops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle

from parvis.domain.people.names import person_folded
from parvis.models import (
    Edition,
    Group,
    Intervention,
    Mandate,
    Organisation,
    Person,
    Placement,
    Room,
    Session,
    SessionDocument,
    SessionTheme,
    Theme,
)
from tests.factories.editions import an_organisation

THEMES = {"climat": ("Climat", "Climate"), "energie": ("Énergie", "Energy"), "education": ("Éducation", "Education")}
GROUPS = {"benin": ("Bénin", "Benin"), "senegal": ("Sénégal", "Senegal"), "maroc": ("Maroc", "Morocco")}
FORMATS = ("workshop", "country_group", "micro_workshop", "regional_meeting", "workshop", "thematic_group")
TITLES = (
    ("Accès à l’énergie et gouvernance locale", "Access to energy and local governance"),
    ("Éducation à la citoyenneté mondiale", "Education for global citizenship"),
    ("Former les agents de l’eau par compagnonnage", "Training water staff side by side"),
    ("Quels défis face aux changements climatiques ?", "Which challenges from climate change?"),
)


def a_person(slug: str, first_name: str, last_name: str, **more: object) -> Person:
    """Return a person, made once."""
    given = {"first_name": first_name, "last_name": last_name, "folded": person_folded(first_name, last_name)}
    person, _made = Person.objects.get_or_create(slug=slug, defaults={**given, **more})
    return person


def a_theme(slug: str) -> Theme:
    """Return one of the known themes, made once."""
    french, english = THEMES[slug]
    theme, _made = Theme.objects.get_or_create(slug=slug, defaults={"name_fr": french, "name_en": english})
    return theme


def a_group(code: str) -> Group:
    """Return one of the known country groups, made once."""
    french, english = GROUPS[code]
    group, _made = Group.objects.get_or_create(
        code=code, defaults={"kind": "country", "name_fr": french, "name_en": english}
    )
    return group


def a_room(edition: Edition, slug: str, name: str, **more: object) -> Room:
    """Return a saved room of the edition's venue."""
    assert edition.venue is not None
    room, _made = Room.objects.get_or_create(venue=edition.venue, slug=slug, defaults={"name": name, **more})
    return room


def a_session(
    edition: Edition,
    code: str,
    *,
    room: Room | None = None,
    starts: datetime | None = None,
    minutes: int = 90,
    themes: tuple[str, ...] = (),
    **more: object,
) -> Session:
    """Return a saved session, placed where and when it is said."""
    given: dict[str, object] = {
        "format": "workshop",
        "title_fr": f"Séance {code}",
        "status": "confirmed",
        "spoken": ["fr"],
        **more,
    }
    session = Session.objects.create(
        edition=edition, code=code, slug=code.lower().replace("_", "-"), duration_min=minutes, **given
    )
    SessionTheme.objects.bulk_create(
        SessionTheme(session=session, theme=a_theme(slug), position=place) for place, slug in enumerate(themes)
    )
    if room is not None and starts is not None:
        Placement.objects.create(
            session=session, room=room, starts_at=starts, ends_at=starts + timedelta(minutes=minutes)
        )
    return session


def a_full_programme(edition: Edition) -> dict[str, Session]:
    """Give an edition of two days a small programme that uses everything a release can say; return it by code."""
    hall = a_room(edition, "auditorium", "Auditorium", capacity=900, position=0, building="Niveau 0")
    east = a_room(edition, "salle-est", "Salle Est", capacity=120, position=1)
    corners = [
        a_room(edition, f"espace-{x}", f"Espace {x.upper()}", capacity=20, position=5 + n) for n, x in enumerate("abc")
    ]
    assert edition.starts_on is not None
    day = datetime(edition.starts_on.year, edition.starts_on.month, edition.starts_on.day, tzinfo=UTC)

    def at(hour: int, minute: int = 0, *, second_day: bool = False) -> datetime:
        return day + timedelta(days=int(second_day), hours=hour - 2, minutes=minute)  # Paris in summer

    made = [
        a_session(
            edition,
            "ACCUEIL",
            room=hall,
            starts=at(8, 30),
            minutes=60,
            format="break",
            title_fr="Accueil",
            title_en="Welcome",
        ),
        a_session(
            edition,
            "OUVERTURE",
            room=hall,
            starts=at(9, 30),
            minutes=60,
            format="opening",
            title_fr="Ouverture des Rencontres",
            title_en="Opening",
            interpreted=["en", "es"],
        ),
        a_session(
            edition,
            "AT1",
            room=hall,
            starts=at(11),
            themes=("energie", "climat"),
            sdgs=[7, 13],
            interpreted=["en"],
            title_fr="Accès à l’énergie et gouvernance locale : quelles opportunités ?",
            title_en="Access to energy and local governance: which opportunities?",
            abstract_fr="Élus et agents comparent leurs méthodes à Lomé et à Dijon, puis débattent.",
            abstract_en="Elected officials and staff compare their methods in Lomé and Dijon, then debate.",
            practical_note_fr="Prenez un casque à l’entrée.",
            practical_note_en="Take a headset at the door.",
            mode="hybrid",
            online_url="https://visio.example.org/at1",
            capacity=80,
            debate_min=30,
        ),
        a_session(
            edition,
            "AT2",
            room=east,
            starts=at(11, 30),
            themes=("education",),
            sdgs=[4],
            title_fr="Éducation à la citoyenneté mondiale",
            title_en="Education for global citizenship",
            spoken=["fr", "es"],
        ),
        a_session(
            edition,
            "DEJEUNER",
            room=east,
            starts=at(13),
            minutes=60,
            format="break",
            title_fr="Déjeuner",
            title_en="Lunch",
        ),
        a_session(
            edition,
            "GP1",
            room=hall,
            starts=at(14),
            format="country_group",
            group=a_group("benin"),
            title_fr="Groupe-pays Bénin",
            title_en="Benin country group",
        ),
        a_session(
            edition,
            "GP2",
            room=east,
            starts=at(14),
            format="country_group",
            group=a_group("senegal"),
            title_fr="Groupe-pays Sénégal",
            title_en="Senegal country group",
            members_only=True,
        ),
        a_session(
            edition,
            "AG",
            room=hall,
            starts=at(8, 30, second_day=True),
            minutes=90,
            format="assembly",
            members_only=True,
            mode="online",
            online_url="https://visio.example.org/ag",
            title_fr="Assemblée générale",
            title_en="General assembly",
        ),
        a_session(
            edition,
            "AT3",
            room=hall,
            starts=at(14, 30, second_day=True),
            themes=("climat",),
            status="cancelled",
            title_fr="Atelier annulé",
            title_en="Cancelled workshop",
        ),
        *(
            a_session(
                edition,
                f"MA{row}{place}",
                room=corner,
                starts=at(14, 30 + 25 * row, second_day=True),
                minutes=20,
                format="micro_workshop",
                title_fr=f"Micro-atelier {row}{place} : un marché de quartier, deux villes",
                title_en=f"Micro-workshop {row}{place}",
            )
            for row in range(3)
            for place, corner in enumerate(corners)
        ),
        a_session(edition, "PLUS-TARD", title_fr="Une visite en ville", title_en="A walk in town", format="side_event"),
    ]
    by_code = {session.code: session for session in made}
    town = Organisation.objects.filter(slug="ville-de-lome").first() or an_organisation(
        "Ville de Lomé", kind="foreign_authority", country="TG"
    )
    mayor = a_person("aicha-lawson", "Aïcha", "Lawson", biography_fr="Ingénieure, elle préside le réseau de l’eau.")
    clerk = a_person("noel-martin", "Noël", "Martin", fictional=True)
    mandates = [
        Mandate.objects.create(person=mayor, organisation=town, title_fr="Maire", title_en="Mayor"),
        Mandate.objects.create(
            person=mayor, organisation=town, title_fr="Présidente", title_en="President", position=1
        ),
    ]
    Intervention.objects.create(session=by_code["AT1"], person=clerk, role="moderator", position=0)
    Intervention.objects.create(session=by_code["AT1"], person=mayor, mandate=mandates[0], role="speaker", position=1)
    Intervention.objects.create(session=by_code["GP1"], person=mayor, mandate=mandates[1], role="president", position=0)
    now = datetime(2023, 9, 1, tzinfo=UTC)
    for kind, title, url in (
        ("handout", "Note de cadrage", "https://docs.example.org/note.pdf"),
        ("video", "", "https://video.example.org/at1"),
        ("minutes", "Compte rendu", "https://docs.example.org/cr.pdf"),
    ):
        SessionDocument.objects.create(
            session=by_code["AT1"], kind=kind, title=title, language="fr", url=url, added_at=now
        )
    return by_code


def fill_large(edition: Edition, *, sessions: int, speakers: int, rooms: int = 25) -> None:
    """Give an edition `sessions` sessions over its days in parallel rooms, and `speakers` who speak in them."""
    assert edition.venue is not None
    assert edition.starts_on is not None
    assert edition.ends_on is not None
    days = (edition.ends_on - edition.starts_on).days + 1
    places = [a_room(edition, f"salle-{n}", f"Salle {n}", capacity=60 + 10 * (n % 9), position=n) for n in range(rooms)]
    themes = [a_theme(slug) for slug in THEMES]
    groups = [a_group(code) for code in GROUPS]
    opening = datetime(edition.starts_on.year, edition.starts_on.month, edition.starts_on.day, 6, 30, tzinfo=UTC)
    titles = cycle(TITLES)
    rows = []
    for n in range(sessions):
        french, english = next(titles)
        format_ = FORMATS[n % len(FORMATS)]
        rows.append(
            Session(
                edition=edition,
                code=f"S{n:03d}",
                slug=f"seance-{n}",
                format=format_,
                title_fr=f"{french} ({n})",
                title_en=f"{english} ({n})",
                abstract_fr="Élus et agents comparent leurs méthodes, puis débattent avec la salle. " * 6,
                abstract_en="Elected officials and staff compare their methods, then debate with the room. " * 6,
                duration_min=20 if format_ == "micro_workshop" else 90,
                group=groups[n % len(groups)] if format_ == "country_group" else None,
                spoken=["fr"],
                interpreted=["en", "es"] if n % 3 == 0 else [],
                sdgs=[1 + n % 17, 1 + (n + 5) % 17],
                members_only=n % 20 == 0,
                status="confirmed",
            )
        )
    made = Session.objects.bulk_create(rows)
    SessionTheme.objects.bulk_create(
        SessionTheme(session=session, theme=themes[n % len(themes)]) for n, session in enumerate(made)
    )
    placements = []
    for n, session in enumerate(made):
        slot = n // rooms
        begins = opening + timedelta(days=slot % days, hours=2 * (slot // days % 6))
        ends = begins + timedelta(minutes=session.duration_min)
        placements.append(Placement(session=session, room=places[n % rooms], starts_at=begins, ends_at=ends))
    Placement.objects.bulk_create(placements)
    town = Organisation.objects.filter(slug="ville-de-paix").first() or an_organisation("Ville de Paix")
    people = Person.objects.bulk_create(
        Person(
            slug=f"oratrice-{n}",
            first_name=("Aïcha", "Édouard", "Zoé", "Noël")[n % 4],
            last_name=f"Été{n:04d}",
            folded=person_folded("", f"Été{n:04d}"),
            biography_fr="Elle travaille depuis vingt ans avec des villes d’autres continents.",
        )
        for n in range(speakers)
    )
    mandates = Mandate.objects.bulk_create(
        Mandate(person=person, organisation=town, title_fr="Maire", title_en="Mayor") for person in people
    )
    if made:
        slots = -(-sessions // rooms)
        Intervention.objects.bulk_create(
            Intervention(
                session=made[(n + again * rooms) % len(made)],
                person_id=mandate.person_id,
                mandate=mandate,
                role="witness" if again else "moderator" if n % 5 == 0 else "speaker",
                position=n,
            )
            for again in (False, True)
            for n, mandate in enumerate(mandates)
            if not again or (slots > 1 and (n + rooms) % len(made) // rooms != n % len(made) // rooms)
        )  # nobody speaks in two places at once
