"""The facts of the 14th edition as the database would give them, for tests of the prose without a database."""

from __future__ import annotations

from parvis.domain.communiques.facts import (
    AwardFacts,
    CeremonyFacts,
    Facts,
    FollowingFacts,
    GroupsFacts,
    PartnerFacts,
    SessionFacts,
    SpeakerFacts,
)

MINISTER_TITLE = (
    "Ministre déléguée auprès du ministre de l’Intérieur et des Outre-mer et du ministre de la Transition écologique "
    "et de la Cohésion des territoires, chargée des Collectivités territoriales et de la Ruralité"
)
ABOUT = (
    "Créée en 1975, Cités Unies France fédère les collectivités territoriales françaises qui ont fait le choix de "
    "s’engager à l’international."
)


def seed_facts() -> Facts:
    """Return facts close to the demo's."""
    return Facts(
        dated_on="2023-09-20",
        federation={"fr": "Cités Unies France"},
        federation_city="Paris",
        about={"fr": ABOUT},
        founded_year=1975,
        website="https://www.cites-unies-france.org",
        meetings_website="http://raict.org",
        social_handle="@CitesUniesFR",
        press_email="",
        number=14,
        name={"fr": "Rencontres de l’action internationale des collectivités territoriales"},
        short_name={"fr": "Rencontres de l’AICT"},
        theme={
            "fr": "Quelle contribution des collectivités territoriales à la résolution des grands enjeux mondiaux ?"
        },
        context={"fr": "en écho à l’Assemblée générale des Nations unies", "en": "echoing the UN General Assembly"},
        starts_on="2023-09-18",
        ends_on="2023-09-19",
        venue={"fr": "Cité des Sciences et de l’Industrie"},
        venue_city="Paris",
        hashtag="#RencontresAICT2023",
        cancelled_before=13,
        cancelled_on_the_day=True,
        following=FollowingFacts(15, "2024-10-01", "", ""),
        figures={
            "present": 512,
            "french_authorities_present": 130,
            "countries_present": 31,
            "country_groups": 12,
            "workshops": 2,
            "micro_workshops": 12,
            "speakers": 67,
        },
        foreign_delegations=True,
        embassies=True,
        snapshot_number=1,
        opening=SessionFacts(
            title={"fr": "Ouverture"},
            day="2023-09-18",
            said={"fr": "la nécessité de l’action des villes", "en": "how necessary the action of towns is"},
            speakers=[
                SpeakerFacts(
                    "François Rebsamen",
                    "M",
                    [
                        {"fr": "Président de Cités Unies France", "en": "President of Cités Unies France"},
                        {"fr": "Maire de Dijon", "en": "Mayor of Dijon"},
                        {"fr": "Président de Dijon Métropole", "en": "President of Dijon Métropole"},
                    ],
                ),
                SpeakerFacts("Dan Lert", "M", [{"fr": "Adjoint à la Maire de Paris", "en": "Deputy Mayor of Paris"}]),
            ],
        ),
        plenary=SessionFacts(
            title={"fr": "Plénière"},
            day="2023-09-19",
            said={"fr": "un plaidoyer pour l’engagement international", "en": "the case for commitment"},
            opens_day=True,
        ),
        groups=GroupsFacts("2023-09-18", 12, [{"fr": "Afrique", "en": "Africa"}, {"fr": "Méditerranée"}]),
        workshops=[
            SessionFacts({"fr": "Les ODD : quel référentiel ?"}, "2023-09-19"),
            SessionFacts({"fr": "Accès à l’énergie", "en": "Access to energy"}, "2023-09-19"),
        ],
        micro_workshops=12,
        micro_workshop_min=20,
        ceremony=CeremonyFacts(
            day="2023-09-18",
            closes_day=True,
            honoured_country_groups=12,
            honoured_thematic_groups=4,
            speakers=[SpeakerFacts("Dominique Faure", "F", [{"fr": MINISTER_TITLE}])],
            awards=[AwardFacts("label", {"fr": "Territoires unis et solidaires face aux crises"}, [])],
        ),
        partners=[
            PartnerFacts({"fr": "Agence française de développement"}, "AFD", "funder", {"fr": "Soutien AFD"}, {}),
            PartnerFacts({"fr": "PLATFORMA"}, "", "project", {"fr": "Cofinancé par l’UE"}, {"fr": "Union européenne"}),
        ],
    )
