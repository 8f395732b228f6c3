"""Sheets about the programme: sessions, who takes the floor in them, and what is given there."""

from __future__ import annotations

from parvis.domain.refusals import N_
from parvis.ingest.kinds import words
from parvis.ingest.kinds.columns import Column, ColumnType, SheetKind, in_two_languages
from parvis.ingest.kinds.network import FICTIONAL

SESSION_CODE_HELP = N_("The code of the session, as in the sheet of sessions.")

SESSIONS = SheetKind(
    "sessions",
    "Séances",
    "Sessions",
    (
        Column(
            "code",
            "Code",
            "Code",
            ColumnType.CODE,
            required=True,
            aliases=("Code de la séance", "Session code"),
            max_length=40,
        ),
        Column(
            "format",
            "Format",
            "Format",
            ColumnType.CHOICE,
            required=True,
            aliases=("Type",),
            choices=words.SESSION_FORMATS,
        ),
        *in_two_languages("title", "Titre", "Title", required=True, max_length=300, aliases=("Intitulé",)),
        *in_two_languages(
            "abstract", "Résumé", "Abstract", type=ColumnType.LONG_TEXT, aliases=("Description", "Présentation")
        ),
        *in_two_languages(
            "summary",
            "Ce qui s’est dit",
            "What was said",
            type=ColumnType.LONG_TEXT,
            aliases=("Ce qui a été dit", "Synthèse", "Compte rendu"),
            own_help=N_("What was said, in one sentence, for the press release."),
        ),
        Column(
            "group",
            "Groupe",
            "Group",
            ColumnType.CODE,
            max_length=200,
            own_help=N_("The code or the name of the group that meets."),
        ),
        *in_two_languages("theme", "Thème", "Theme", max_length=600, aliases=("Thématique", "Thèmes", "Themes")),
        Column(
            "host",
            "Organisée par",
            "Hosted by",
            aliases=("Organisation hôte", "Porteur", "Organisation", "Host"),
            max_length=250,
        ),
        Column("date", "Date", "Date", ColumnType.DATE, aliases=("Jour", "Day")),
        Column("starts_at", "Début", "Start", ColumnType.TIME, aliases=("Heure de début", "De", "Starts at", "Heure")),
        Column("ends_at", "Fin", "End", ColumnType.TIME, aliases=("Heure de fin", "À", "Ends at")),
        Column(
            "duration",
            "Durée",
            "Duration",
            ColumnType.MINUTES,
            aliases=("Durée (min)", "Duration (min)", "Durée en minutes"),
        ),
        Column("room", "Salle", "Room", aliases=("Lieu",), max_length=120),
        Column(
            "capacity",
            "Capacité",
            "Capacity",
            ColumnType.INTEGER,
            aliases=("Places", "Jauge", "Seats"),
            maximum=1_000_000,
        ),
        Column(
            "members_only",
            "Réservée aux membres",
            "Members only",
            ColumnType.BOOLEAN,
            aliases=("Réservé aux membres", "Réservée aux adhérents", "Réservé aux adhérents"),
        ),
        Column(
            "spoken",
            "Langues parlées",
            "Languages spoken",
            ColumnType.LANGUAGE_LIST,
            aliases=("Langue", "Langues", "Spoken"),
        ),
        Column(
            "interpreted",
            "Interprétation",
            "Interpretation",
            ColumnType.LANGUAGE_LIST,
            aliases=("Interprétée en", "Interpreted into"),
        ),
        Column("status", "Statut", "Status", ColumnType.CHOICE, aliases=("État",), choices=words.SESSION_STATUSES),
        Column("sdgs", "ODD", "SDGs", ColumnType.INTEGER_LIST, aliases=("Objectifs de développement durable", "SDG")),
    ),
    ("Sessions", "Programme", "Séance", "Session"),
    ("code", "format", "title_fr"),
)

INTERVENTIONS = SheetKind(
    "interventions",
    "Interventions",
    "Interventions",
    (
        Column(
            "session_code",
            "Code de la séance",
            "Session code",
            ColumnType.CODE,
            required=True,
            aliases=("Séance", "Session", "Code séance", "Code session"),
            max_length=40,
            own_help=SESSION_CODE_HELP,
        ),
        Column("first_name", "Prénom", "First name", required=True, max_length=120),
        Column(
            "last_name",
            "Nom",
            "Last name",
            required=True,
            aliases=("Nom de famille", "Surname", "Family name"),
            max_length=120,
        ),
        Column(
            "email",
            "Courriel",
            "E-mail",
            ColumnType.EMAIL,
            aliases=("Email", "Adresse électronique", "Mail"),
            max_length=254,
        ),
        Column(
            "organisation",
            "Organisation",
            "Organisation",
            aliases=("Au nom de", "On behalf of", "Collectivité"),
            max_length=250,
            own_help=N_("The organisation for which the person speaks: one of their mandates."),
        ),
        Column(
            "title", "Titre", "Title held", aliases=("En tant que", "Fonction", "As", "Speaking as"), max_length=300
        ),
        Column("role", "Rôle", "Role", ColumnType.CHOICE, choices=words.INTERVENTION_ROLES),
        Column("position", "Ordre", "Order", ColumnType.INTEGER, aliases=("Ordre de parole",)),
    ),
    ("Intervention", "Prises de parole", "Speeches"),
    ("session_code", "last_name", "role"),
)

HONOURS = SheetKind(
    "honours",
    "Distinctions",
    "Honours",
    (
        Column(
            "kind",
            "Type",
            "Kind",
            ColumnType.CHOICE,
            required=True,
            aliases=("Type de distinction",),
            choices=words.HONOUR_KINDS,
        ),
        *in_two_languages(
            "award_name",
            "Distinction",
            "Award",
            max_length=250,
            aliases=("Nom de la distinction", "Label", "Prix"),
            own_help=N_("The name of the label or prize; empty when somebody is honoured without one."),
        ),
        Column(
            "session_code",
            "Code de la séance",
            "Session code",
            ColumnType.CODE,
            aliases=("Séance", "Session", "Code séance", "Cérémonie"),
            max_length=40,
            own_help=SESSION_CODE_HELP,
        ),
        Column(
            "organisation",
            "Organisation",
            "Organisation",
            aliases=("Lauréat", "Lauréate", "Laureate", "Collectivité"),
            max_length=250,
        ),
        Column(
            "organisation_code",
            "Code de l’organisation",
            "Organisation code",
            ColumnType.INSEE,
            aliases=("Code INSEE", "INSEE", "SIREN", "Code INSEE ou SIREN"),
            max_length=10,
        ),
        Column("first_name", "Prénom", "First name", max_length=120),
        Column("last_name", "Nom", "Last name", aliases=("Nom de famille",), max_length=120),
        Column(
            "group",
            "Groupe",
            "Group",
            ColumnType.CODE,
            max_length=200,
            own_help=N_("The code or the name of the group presided."),
        ),
        *in_two_languages("citation", "Citation", "Citation", type=ColumnType.LONG_TEXT, aliases=("Motif",)),
        Column("position", "Ordre", "Order", ColumnType.INTEGER),
        FICTIONAL,
    ),
    ("Honneurs", "Lauréats", "Laureates", "Labels", "Awards", "Mises à l’honneur"),
    ("kind", "award_name_fr"),
)
