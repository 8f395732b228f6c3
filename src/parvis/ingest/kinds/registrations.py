"""Sheets about those who come: participants, and the scans at the doors."""

from __future__ import annotations

from parvis.domain.refusals import N_
from parvis.ingest.kinds import words
from parvis.ingest.kinds.columns import Column, ColumnType, SheetKind, in_two_languages
from parvis.ingest.kinds.network import FICTIONAL, ORGANISATION_HELP

_EXTERNAL_REFERENCE = Column(
    "external_reference",
    "Référence externe",
    "External reference",
    ColumnType.CODE,
    aliases=("Référence", "Reference", "Réf.", "Identifiant"),
    max_length=60,
    own_help=N_("The reference of the registration in the system that it comes from."),
)

PARTICIPANTS = SheetKind(
    "participants",
    "Participants",
    "Participants",
    (
        Column(
            "gender",
            "Civilité",
            "Gender",
            ColumnType.CHOICE,
            aliases=("Genre", "Sexe", "Salutation"),
            choices=words.GENDERS,
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
            aliases=("Email", "Adresse électronique", "Mail", "E-mail address"),
            max_length=254,
        ),
        Column("phone", "Téléphone", "Phone", ColumnType.CODE, aliases=("Tél.", "Portable", "Mobile"), max_length=40),
        Column(
            "organisation",
            "Organisation",
            "Organisation",
            required=True,
            aliases=("Collectivité", "Structure", "Organisme", "Organization", "Authority"),
            max_length=250,
            own_help=ORGANISATION_HELP,
        ),
        Column(
            "organisation_code",
            "Code de l’organisation",
            "Organisation code",
            ColumnType.INSEE,
            aliases=("Code INSEE", "INSEE", "SIREN", "Code INSEE ou SIREN", "Code organisation", "INSEE code"),
            max_length=10,
        ),
        Column(
            "organisation_kind",
            "Type d’organisation",
            "Kind of organisation",
            ColumnType.CHOICE,
            aliases=("Type de structure", "Type", "Organisation kind"),
            choices=words.ORGANISATION_KINDS,
        ),
        Column("country", "Pays", "Country", ColumnType.COUNTRY),
        *in_two_languages(
            "title", "Titre", "Title held", max_length=300, aliases=("Fonction", "Mandat", "Position", "Job title")
        ),
        Column(
            "function",
            "Nature du mandat",
            "Function",
            ColumnType.CHOICE,
            aliases=("Type de mandat", "Kind of mandate"),
            choices=words.MANDATE_FUNCTIONS,
        ),
        Column(
            "category",
            "Catégorie",
            "Category",
            ColumnType.CHOICE,
            aliases=("Profil", "Profile"),
            choices=words.CATEGORIES,
        ),
        Column("status", "Statut", "Status", ColumnType.CHOICE, aliases=("État",), choices=words.REGISTRATION_STATUSES),
        Column(
            "source",
            "Provenance",
            "Came by",
            ColumnType.CHOICE,
            aliases=("Origine", "Source"),
            choices=words.REGISTRATION_SOURCES,
        ),
        Column(
            "registered_at",
            "Inscription le",
            "Registered at",
            ColumnType.DATETIME,
            aliases=("Date d’inscription", "Inscrit le", "Inscrite le", "Registered on", "Registration date"),
        ),
        Column("language", "Langue", "Language", ColumnType.LANGUAGE),
        Column(
            "access_needs",
            "Besoins d’accessibilité",
            "Access needs",
            aliases=("Accessibilité", "Besoins"),
            max_length=500,
        ),
        Column("diet", "Régime alimentaire", "Diet", aliases=("Régime",), max_length=200),
        Column(
            "image_consent", "Droit à l’image", "Image consent", ColumnType.BOOLEAN, aliases=("Consentement image",)
        ),
        Column(
            "listed_consent",
            "Visible des autres participants",
            "Listed",
            ColumnType.BOOLEAN,
            aliases=("Visible", "Visible to others", "Visible consent", "Consentement liste"),
        ),
        FICTIONAL,
        _EXTERNAL_REFERENCE,
    ),
    ("Participant", "Inscrits", "Inscriptions", "Registrations"),
    ("first_name", "last_name", "organisation", "category"),
)

SCANS = SheetKind(
    "scans",
    "Passages",
    "Scans",
    (
        Column(
            "scanned_at",
            "Scanné le",
            "Scanned at",
            ColumnType.DATETIME,
            required=True,
            aliases=("Passage le", "Date et heure", "Horodatage", "Timestamp"),
        ),
        Column("badge_code", "Code du badge", "Badge code", ColumnType.CODE, aliases=("Badge", "Code"), max_length=120),
        _EXTERNAL_REFERENCE,
        Column(
            "checkpoint",
            "Point de contrôle",
            "Checkpoint",
            ColumnType.CODE,
            required=True,
            aliases=("Porte", "Contrôle", "Door"),
            max_length=60,
        ),
        Column("direction", "Sens", "Direction", ColumnType.CHOICE, choices=words.DIRECTIONS),
        Column("device", "Appareil", "Device", ColumnType.CODE, aliases=("Terminal",), max_length=60),
        Column("scan_id", "Identifiant du passage", "Scan identifier", ColumnType.CODE, max_length=36),
        Column(
            "verdict",
            "Réponse",
            "Answer",
            ColumnType.CHOICE,
            aliases=("Verdict", "Résultat", "Result"),
            choices=words.VERDICTS,
            own_help=N_("What the door answered. Left empty, it is worked out by the rules of the door."),
        ),
        Column(
            "undoes",
            "Reprend le passage",
            "Takes back scan",
            ColumnType.CODE,
            max_length=36,
            own_help=N_("The identifier of the scan that this one takes back."),
        ),
    ),
    ("Scan", "Entrées"),
    ("scanned_at", "checkpoint"),
)
