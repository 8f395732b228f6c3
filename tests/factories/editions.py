"""An edition with as much in it as a test or a measure wants, made straight in the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from secrets import token_urlsafe

from parvis.domain.people.names import person_folded
from parvis.domain.text import fold
from parvis.models import (
    Category,
    Edition,
    Federation,
    Intervention,
    Mandate,
    Organisation,
    Partner,
    Person,
    Placement,
    Registration,
    Room,
    Series,
    Session,
    Venue,
)

FORMATS = ("workshop", "country_group", "micro_workshop", "regional_meeting")
COUNTRIES = ("SN", "MA", "ML", "CM", "BJ", "DE", "IT", "ES", "CA", "US", "BR", "CL", "JP", "LB", "VN", "PS", "AU", "TN")
MICRO_WORKSHOP_MIN = 20


FIRST_NAMES = ("Aïcha", "Édouard", "Zoé", "Noël")


def an_organisation(name: str, *, kind: str = "commune", country: str = "FR", short_name: str = "") -> Organisation:
    """Return a saved organisation."""
    return Organisation.objects.create(
        slug=fold(name).replace(" ", "-"),
        kind=kind,
        name_fr=name,
        name_en=name,
        short_name=short_name,
        country=country,
        folded=fold(name),
    )


def a_series(slug: str = "rencontres") -> Series:
    """Return the series of the meetings, with its federation, made once."""
    known = Series.objects.filter(slug=slug).first()
    if known is not None:
        return known
    federation = Federation.objects.create(
        organisation=an_organisation("Cités Unies France", kind="federation", short_name="CUF"),
        about_fr="Créée en 1975, la fédération réunit les collectivités engagées à l’international.",
        about_en="Founded in 1975, the federation gathers authorities that act abroad.",
        founded_year=1975,
        website="https://www.cites-unies-france.org",
        meetings_website="http://raict.org",
        social_handle="@CitesUniesFR",
    )
    return Series.objects.create(
        slug=slug,
        name_fr="Rencontres de l’action internationale",
        name_en="Meetings of international action",
        short_name_fr="Rencontres de l’AICT",
        short_name_en="AICT Meetings",
        federation=federation,
    )


def an_edition(number: int = 14, *, slug: str = "2023", status: str = "held", **more: object) -> Edition:
    """Return a saved edition of two days at a venue, without a programme."""
    venue, _made = Venue.objects.get_or_create(
        name_fr="Cité des Sciences",
        city="Paris",
        defaults={"name_en": "Science Centre", "address": "30 avenue Corentin-Cariou", "access_fr": "Métro 7."},
    )
    given: dict[str, object] = {
        "name_fr": "Rencontres de l’action internationale",
        "name_en": "Meetings of international action",
        "theme_fr": "Quelle contribution aux grands enjeux mondiaux ?",
        "theme_en": "What contribution to the great global challenges?",
        "starts_on": date(2023, 9, 18),
        "ends_on": date(2023, 9, 19),
        "venue": venue,
        "hashtag": "#RencontresAICT2023",
        "practical_info_fr": "Accueil dès 8 h 30.",
        "practical_info_en": "Doors open at 8.30.",
    }
    return Edition.objects.create(series=a_series(), number=number, slug=slug, status=status, **{**given, **more})


def _people(count: int, organisations: list[Organisation]) -> list[Mandate]:
    people = Person.objects.bulk_create(
        Person(
            slug=f"personne-{n}",
            first_name=FIRST_NAMES[n % 4],
            last_name=f"Été{n:03d}",
            gender="FM"[n % 2],
            folded=person_folded(FIRST_NAMES[n % 4], f"Été{n:03d}"),
        )
        for n in range(count)
    )
    mandates: list[Mandate] = []
    for n, person in enumerate(people):
        titles = (("Maire", "Mayor"), ("Présidente", "President"))[: 1 + n % 2]
        mandates += [
            Mandate(
                person=person,
                organisation=organisations[(n + place) % len(organisations)],
                title_fr=french,
                title_en=english,
                position=place,
            )
            for place, (french, english) in enumerate(titles)
        ]
    return list(Mandate.objects.bulk_create(mandates))


def fill(edition: Edition, *, sessions: int = 4, speakers: int = 3, attendees: int = 5, organisations: int = 6) -> None:
    """Give an edition a programme in parallel rooms over its days, speakers, partners and registrations."""
    guests = max(1, organisations // 4)
    french = [an_organisation(f"Ville d’Essai {n}") for n in range(max(1, organisations - guests))]
    abroad = [
        an_organisation(f"Commune jumelée {n}", kind="foreign_authority", country=COUNTRIES[n % len(COUNTRIES)])
        for n in range(guests)
    ]
    everybody = french + abroad
    assert edition.venue is not None and edition.starts_on is not None
    rooms = [
        Room.objects.create(venue=edition.venue, slug=f"salle-{n}", name=f"Salle {n}", capacity=80 + n, position=n)
        for n in range(min(6, max(1, sessions)))
    ]
    mandates = _people(speakers, everybody)
    by_person = {mandate.person_id: mandate for mandate in reversed(mandates)}
    heads = list(by_person.values())
    opening = datetime(edition.starts_on.year, edition.starts_on.month, edition.starts_on.day, 7, tzinfo=UTC)
    made = Session.objects.bulk_create(
        Session(
            edition=edition,
            code=f"S{n:03d}",
            slug=f"seance-{n}",
            format="plenary" if n == 0 else FORMATS[n % len(FORMATS)],
            title_fr=f"Séance {n} : agir ensemble",
            title_en=f"Session {n}: acting together",
            abstract_fr="Élus et agents comparent leurs méthodes, puis débattent.",
            abstract_en="Elected officials and staff compare their methods, then debate.",
            duration_min=MICRO_WORKSHOP_MIN if FORMATS[n % len(FORMATS)] == "micro_workshop" else 90,
            spoken=["fr"],
            interpreted=["en"],
            status="confirmed",
        )
        for n in range(sessions)
    )
    placements = []
    for n, session in enumerate(made):
        slot = n // len(rooms)
        begins = opening + timedelta(days=slot // 5 % 2, hours=2 * (slot % 5), minutes=30)
        if session.format == "plenary":
            begins -= timedelta(hours=2)  # nothing takes place beside it
        placements.append(
            Placement(
                session=session,
                room=rooms[n % len(rooms)],
                starts_at=begins,
                ends_at=begins + timedelta(minutes=session.duration_min),
            )
        )
    Placement.objects.bulk_create(placements)
    if heads and made:
        Intervention.objects.bulk_create(
            Intervention(
                session=made[n % len(made)],
                person_id=mandate.person_id,
                mandate=mandate,
                role="moderator" if n % 5 == 0 else "speaker",
                position=n,
            )
            for n, mandate in enumerate(heads)
        )
    Partner.objects.create(
        edition=edition,
        organisation=an_organisation("Agence de développement", kind="agency"),
        kind="funder",
        mention_fr="Avec le soutien de l’Agence de développement",
        mention_en="With the support of the Development Agency",
    )
    category = Category.objects.create(edition=edition, kind="elected", name_fr="Élus", name_en="Elected officials")
    people = Person.objects.bulk_create(
        Person(
            slug=f"discret-{n}",
            first_name="Discrète",
            last_name=f"Participante {n}",
            email=f"secret{n}@example.org",
            folded=person_folded("Discrète", f"Participante {n}"),
        )
        for n in range(attendees)
    )
    Registration.objects.bulk_create(
        Registration(
            edition=edition,
            reference=f"R{n:05d}",
            person=person,
            organisation=everybody[(n if n < len(everybody) else n % 11 * n) % len(everybody)],
            category=category,
            status="confirmed",
            source="import",
            manage_token=token_urlsafe(24),
            registered_at=datetime(2023, 6, 1, tzinfo=UTC),
        )
        for n, person in enumerate(people)
    )
