"""Sheets about the network: organisations, people with their mandates, groups."""

from __future__ import annotations

from parvis.domain.refusals import N_
from parvis.ingest.kinds import words
from parvis.ingest.kinds.columns import Column, ColumnType, SheetKind, in_two_languages

ORGANISATION_HELP = N_("The organisation’s name. A French authority is also known by its INSEE code or SIREN.")
FICTIONAL = Column("fictional", "Fictif", "Fictional", ColumnType.BOOLEAN, aliases=("Fictive", "Personne fictive"))

ORGANISATIONS = SheetKind(
    "organisations",
    "Organisations",
    "Organisations",
    (
        Column(
            "kind",
            "Type",
            "Kind",
            ColumnType.CHOICE,
            aliases=("Type d’organisation", "Kind of organisation", "Nature", "Catégorie"),
            choices=words.ORGANISATION_KINDS,
        ),
        Column(
            "name",
            "Nom",
            "Name",
            required=True,
            aliases=("Organisation", "Collectivité", "Nom (français)"),
            max_length=250,
        ),
        Column("name_en", "Nom (anglais)", "Name (English)", aliases=("Nom en anglais",), max_length=250),
        Column("short_name", "Sigle", "Short name", aliases=("Nom court", "Acronyme", "Acronym"), max_length=60),
        Column("country", "Pays", "Country", ColumnType.COUNTRY),
        Column(
            "insee_code", "Code INSEE", "INSEE code", ColumnType.INSEE, aliases=("INSEE", "Code commune"), max_length=10
        ),
        Column("siren", "SIREN", "SIREN", ColumnType.SIREN, aliases=("Numéro SIREN", "N° SIREN"), max_length=9),
        Column("departement", "Département", "Département", ColumnType.CODE, aliases=("Dépt",), max_length=30),
        Column(
            "parent", "Rattachée à", "Part of", aliases=("Organisation mère", "Parent", "Rattaché à"), max_length=250
        ),
        Column(
            "website", "Site web", "Website", ColumnType.URL, aliases=("Site", "Adresse web", "URL"), max_length=200
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
            "member_years",
            "Années d’adhésion",
            "Years of membership",
            ColumnType.INTEGER_LIST,
            aliases=("Adhésions", "Membre en", "Adhérent en", "Member years", "Années de cotisation"),
            own_help=N_("The years for which it is a member: 2021; 2022; 2023."),
        ),
    ),
    ("Organisation", "Collectivités", "Authorities"),
    ("name", "member_years"),
)

PEOPLE = SheetKind(
    "people",
    "Personnes",
    "People",
    (
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
            "gender", "Civilité", "Gender", ColumnType.CHOICE, aliases=("Genre", "Sexe", "Title"), choices=words.GENDERS
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
            aliases=("Collectivité",),
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
            choices=words.ORGANISATION_KINDS,
        ),
        Column("country", "Pays", "Country", ColumnType.COUNTRY, own_help=N_("The country of the organisation.")),
        *in_two_languages(
            "title",
            "Titre",
            "Title held",
            max_length=300,
            aliases=("Fonction", "Mandat", "Intitulé du mandat"),
            own_help=N_("The mandate as the person bears it, without the organisation: Mayor, Deputy mayor…"),
        ),
        *in_two_languages(
            "label",
            "Ligne entière",
            "Whole line",
            max_length=500,
            own_help=N_("Title and organisation in full, when the usual way of joining them would read badly."),
        ),
        Column(
            "function",
            "Nature du mandat",
            "Function",
            ColumnType.CHOICE,
            aliases=("Type de mandat", "Kind of mandate"),
            choices=words.MANDATE_FUNCTIONS,
        ),
        Column("starts_on", "Depuis", "From", ColumnType.DATE, aliases=("Du", "Début", "Starts on")),
        Column("ends_on", "Jusqu’au", "Until", ColumnType.DATE, aliases=("Au", "Fin", "Ends on")),
        Column("protocol_rank", "Rang protocolaire", "Protocol rank", ColumnType.INTEGER),
        Column("position", "Ordre", "Order", ColumnType.INTEGER),
        FICTIONAL,
        Column("languages", "Langues", "Languages", ColumnType.LANGUAGE_LIST),
        *in_two_languages("biography", "Biographie", "Biography", type=ColumnType.LONG_TEXT),
    ),
    ("Personnes et mandats", "Mandats", "Intervenants", "Speakers", "People and mandates"),
    ("first_name", "last_name", "function"),
)

GROUPS = SheetKind(
    "groups",
    "Groupes",
    "Groups",
    (
        Column("code", "Code", "Code", ColumnType.CODE, required=True, max_length=60),
        Column(
            "kind",
            "Type",
            "Kind",
            ColumnType.CHOICE,
            required=True,
            aliases=("Type de groupe",),
            choices=words.GROUP_KINDS,
        ),
        *in_two_languages("name", "Nom", "Name", required=True, max_length=200),
        Column("countries", "Pays", "Countries", ColumnType.COUNTRY_LIST, aliases=("Country",)),
        Column(
            "president_first_name",
            "Prénom du président",
            "President’s first name",
            aliases=("Prénom de la présidente",),
            max_length=120,
        ),
        Column(
            "president_last_name",
            "Nom du président",
            "President’s last name",
            aliases=("Nom de la présidente",),
            max_length=120,
        ),
        Column("president_email", "Courriel du président", "President’s e-mail", ColumnType.EMAIL, max_length=254),
        Column(
            "president_organisation",
            "Organisation du président",
            "President’s organisation",
            aliases=("Collectivité du président",),
            max_length=250,
        ),
        Column("president_title", "Titre du président", "President’s title", max_length=300),
        Column("starts_on", "Depuis", "From", ColumnType.DATE, aliases=("Du", "Début")),
        Column("ends_on", "Jusqu’au", "Until", ColumnType.DATE, aliases=("Au", "Fin")),
    ),
    ("Groupe", "Groupes-pays", "Country groups"),
    ("code", "kind", "president_last_name"),
)
