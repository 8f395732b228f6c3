"""Sheets about editions: the editions themselves, rooms, partners, and the federation that holds them."""

from __future__ import annotations

from parvis.domain.refusals import N_
from parvis.ingest.kinds import words
from parvis.ingest.kinds.columns import Column, ColumnType, SheetKind, in_two_languages

FEDERATION = SheetKind(
    "federation",
    "Fédération",
    "Federation",
    (
        Column("organisation", "Organisation", "Organisation", required=True, aliases=("Nom", "Name"), max_length=250),
        Column("short_name", "Sigle", "Short name", aliases=("Nom court", "Acronyme"), max_length=60),
        *in_two_languages("about", "À propos", "About", type=ColumnType.LONG_TEXT, aliases=("Présentation",)),
        Column("founded_year", "Année de création", "Founded in", ColumnType.INTEGER, aliases=("Créée en",)),
        Column("website", "Site web", "Website", ColumnType.URL, aliases=("Adresse web", "Site"), max_length=200),
        Column(
            "meetings_website",
            "Site des rencontres",
            "Website of the meetings",
            ColumnType.URL,
            aliases=("Site dédié", "Dedicated website"),
            max_length=200,
        ),
        Column("social_handle", "Compte social", "Social account", aliases=("Compte",), max_length=60),
        Column("press_email", "Contact presse", "Press contact", ColumnType.EMAIL, max_length=254),
        Column("city", "Ville du siège", "Seat", aliases=("Siège", "Ville", "City"), max_length=100),
        Column("series", "Série", "Series", ColumnType.CODE, max_length=60),
        *in_two_languages("series_name", "Nom de la série", "Name of the series", max_length=200),
        *in_two_languages("series_short_name", "Sigle de la série", "Short name of the series", max_length=80),
    ),
    ("Organisateur", "Organiser"),
    ("organisation", "about_fr"),
)

EDITIONS = SheetKind(
    "editions",
    "Éditions",
    "Editions",
    (
        Column("series", "Série", "Series", ColumnType.CODE, required=True, max_length=60),
        *in_two_languages("series_name", "Nom de la série", "Name of the series", max_length=200),
        Column(
            "number", "Numéro", "Number", ColumnType.INTEGER, required=True, aliases=("N°", "No", "Édition", "Edition")
        ),
        Column(
            "slug",
            "Identifiant",
            "Identifier",
            ColumnType.CODE,
            required=True,
            aliases=("Année", "Year", "Slug", "Millésime"),
            max_length=40,
            own_help=N_("What stands in the address of the edition’s site, usually the year: 2023."),
        ),
        *in_two_languages("name", "Nom", "Name", required=True, max_length=250),
        *in_two_languages("theme", "Thème", "Theme", max_length=300, aliases=("Fil rouge",)),
        *in_two_languages("context", "Contexte", "Context", type=ColumnType.LONG_TEXT),
        Column("status", "Statut", "Status", ColumnType.CHOICE, aliases=("État",), choices=words.EDITION_STATUSES),
        Column("starts_on", "Premier jour", "First day", ColumnType.DATE, aliases=("Début", "Du", "Starts on")),
        Column("ends_on", "Dernier jour", "Last day", ColumnType.DATE, aliases=("Fin", "Au", "Ends on")),
        Column(
            "announced_month", "Mois annoncé", "Announced month", ColumnType.MONTH, aliases=("Annoncée pour", "Month")
        ),
        Column("venue_fr", "Lieu", "Venue", aliases=("Lieu (français)", "Venue (French)", "Salle"), max_length=200),
        Column("venue_en", "Lieu (anglais)", "Venue (English)", max_length=200),
        Column("address", "Adresse", "Address", aliases=("Adresse du lieu", "Venue address"), max_length=300),
        Column("city", "Ville", "City", max_length=100),
        Column("country", "Pays", "Country", ColumnType.COUNTRY),
        Column("registration_opens_at", "Ouverture des inscriptions", "Registration opens", ColumnType.DATETIME),
        Column("registration_closes_at", "Clôture des inscriptions", "Registration closes", ColumnType.DATETIME),
        Column(
            "cancelled_at",
            "Annulée le",
            "Cancelled at",
            ColumnType.DATETIME,
            aliases=("Date d’annulation", "Cancelled on"),
        ),
        *in_two_languages(
            "status_reason", "Motif public", "Public reason", max_length=500, aliases=("Motif", "Raison", "Reason")
        ),
        Column("hashtag", "Mot-dièse", "Hashtag", max_length=60),
        Column("url", "Site web", "Website", ColumnType.URL, aliases=("Site", "Adresse web"), max_length=200),
        *in_two_languages(
            "practical_info", "Informations pratiques", "Practical information", type=ColumnType.LONG_TEXT
        ),
        *in_two_languages("thanks", "Remerciements", "Thanks", type=ColumnType.LONG_TEXT),
    ),
    ("Édition", "Edition"),
    ("series", "number", "slug"),
)

ROOMS = SheetKind(
    "rooms",
    "Salles",
    "Rooms",
    (
        Column("venue", "Lieu", "Venue", max_length=200, own_help=N_("The venue; left empty, that of the edition.")),
        Column("city", "Ville", "City", max_length=100, own_help=N_("The city of the venue.")),
        Column("name", "Salle", "Room", required=True, aliases=("Nom", "Name", "Nom de la salle"), max_length=120),
        Column(
            "capacity",
            "Capacité",
            "Capacity",
            ColumnType.INTEGER,
            aliases=("Places", "Jauge", "Seats"),
            maximum=1_000_000,
        ),
        Column("equipment", "Équipement", "Equipment", max_length=300),
        Column("position", "Ordre", "Order", ColumnType.INTEGER),
    ),
    ("Salle", "Room"),
    ("name", "capacity", "equipment"),
)

PARTNERS = SheetKind(
    "partners",
    "Partenaires",
    "Partners",
    (
        Column(
            "organisation", "Organisation", "Organisation", required=True, aliases=("Partenaire", "Nom"), max_length=250
        ),
        Column("organisation_en", "Organisation (anglais)", "Organisation (English)", max_length=250),
        Column("short_name", "Sigle", "Short name", aliases=("Acronyme",), max_length=60),
        Column(
            "organisation_kind",
            "Type d’organisation",
            "Kind of organisation",
            ColumnType.CHOICE,
            choices=words.ORGANISATION_KINDS,
        ),
        Column(
            "kind",
            "Nature du soutien",
            "Kind of support",
            ColumnType.CHOICE,
            required=True,
            aliases=("Type", "Kind", "Nature"),
            choices=words.PARTNER_KINDS,
        ),
        *in_two_languages(
            "mention",
            "Mention",
            "Mention",
            required=True,
            max_length=500,
            aliases=("Mention obligatoire",),
            own_help=N_("The words that this partner requires wherever it is named."),
        ),
        Column("co_funder", "Cofinancé par", "Co-funded by", aliases=("Cofinanceur",), max_length=250),
        Column("parent", "Rattaché à", "Part of", aliases=("Organisation mère", "Parent"), max_length=250),
        Column("position", "Ordre", "Order", ColumnType.INTEGER),
        Column("url", "Adresse web", "Website", ColumnType.URL, aliases=("Site", "Site web", "URL"), max_length=200),
    ),
    ("Partenaire", "Partner"),
    ("organisation", "kind", "mention_fr"),
)
