"""The words that CHOICE columns accept, in French and English, for each list of the domain."""

from __future__ import annotations

from parvis.ingest.kinds.columns import Choice

GENDERS = (
    Choice(
        "F", "Femme", "Woman", ("f", "Mme", "Madame", "Mlle", "Mademoiselle", "Mrs", "Ms", "Miss", "female", "féminin")
    ),
    Choice("M", "Homme", "Man", ("m", "h", "M.", "Mr", "Monsieur", "male", "masculin")),
    Choice("X", "Autre", "Other", ("x", "non binaire", "non-binary", "Mx")),
)

ORGANISATION_KINDS = (
    Choice("commune", "Commune", "Commune", ("ville", "mairie", "municipality", "city", "town")),
    Choice(
        "epci",
        "Intercommunalité",
        "Grouping of communes",
        (
            "EPCI",
            "métropole",
            "communauté de communes",
            "communauté d’agglomération",
            "communauté urbaine",
            "agglomération",
            "metropolis",
            "EPT",
        ),
    ),
    Choice("departement", "Département", "Département", ("conseil départemental", "department", "county")),
    Choice("region", "Région", "Région", ("conseil régional", "region")),
    Choice(
        "overseas",
        "Collectivité d’outre-mer",
        "Overseas collectivity",
        ("outre-mer", "collectivité territoriale unique", "COM", "overseas"),
    ),
    Choice("syndicat", "Syndicat", "Joint authority", ("syndicat mixte", "syndicat intercommunal", "PETR")),
    Choice(
        "foreign_authority",
        "Collectivité étrangère",
        "Local authority abroad",
        ("collectivité territoriale étrangère", "foreign authority", "foreign local authority", "délégation étrangère"),
    ),
    Choice("embassy", "Ambassade", "Embassy", ("consulat", "consulate", "ambassade ou consulat")),
    Choice(
        "ministry", "Ministère", "Ministry", ("État", "services de l’État", "préfecture", "administration centrale")
    ),
    Choice("agency", "Agence publique", "Public agency", ("agence", "établissement public", "opérateur", "agency")),
    Choice("association", "Association", "Association", ("ONG", "NGO", "fondation", "foundation")),
    Choice(
        "federation",
        "Fédération de collectivités",
        "Federation of authorities",
        ("fédération", "federation", "réseau de collectivités", "réseau", "network", "association d’élus"),
    ),
    Choice("project", "Projet", "Project"),
    Choice("company", "Entreprise", "Company", ("société", "business", "cabinet")),
    Choice("university", "Université", "University", ("école", "enseignement supérieur", "recherche", "institut")),
    Choice("press", "Presse", "Press", ("média", "médias", "media", "journal")),
    Choice("other", "Autre organisme", "Other organisation", ("autre", "other", "organisation internationale")),
)

GROUP_KINDS = (
    Choice("country", "Pays", "Country group", ("groupe-pays", "country")),
    Choice("regional", "Régional", "Regional group", ("groupe régional", "région", "regional")),
    Choice("thematic", "Thématique", "Thematic group", ("groupe thématique", "thème", "thematic")),
)

EDITION_STATUSES = (
    Choice("draft", "Brouillon", "Draft", ("en préparation",)),
    Choice("announced", "Annoncée", "Announced", ("annoncé",)),
    Choice("open", "Inscriptions ouvertes", "Registration open", ("ouverte", "ouvert", "open")),
    Choice("on_site", "En cours", "Under way", ("on site", "sur place")),
    Choice("held", "Tenue", "Held", ("a eu lieu", "terminée", "passée")),
    Choice("postponed", "Reportée", "Postponed", ("reporté",)),
    Choice("cancelled", "Annulée", "Cancelled", ("annulé", "canceled")),
    Choice("archived", "Archivée", "Archived", ("archivé",)),
)

SESSION_FORMATS = (
    Choice("opening", "Ouverture", "Opening", ("séance d’ouverture", "opening session")),
    Choice("plenary", "Plénière", "Plenary session", ("séance plénière", "plenary", "conférence")),
    Choice("workshop", "Atelier", "Workshop", ("atelier thématique",)),
    Choice("micro_workshop", "Micro-atelier", "Micro-workshop"),
    Choice(
        "country_group",
        "Groupe-pays",
        "Country group meeting",
        ("réunion de groupe-pays", "groupe pays", "country group"),
    ),
    Choice("regional_meeting", "Réunion régionale", "Regional meeting"),
    Choice(
        "thematic_group",
        "Groupe thématique",
        "Thematic group meeting",
        ("réunion de groupe thématique", "thematic group"),
    ),
    Choice("assembly", "Assemblée générale", "General assembly", ("AG", "assemblée")),
    Choice("ceremony", "Cérémonie", "Ceremony"),
    Choice("side_event", "Événement associé", "Side event", ("événement parallèle",)),
    Choice("break", "Pause", "Break", ("déjeuner", "cocktail", "accueil", "lunch", "accueil café")),
)

SESSION_STATUSES = (
    Choice("draft", "Brouillon", "Draft"),
    Choice("confirmed", "Confirmée", "Confirmed", ("confirmé",)),
    Choice("cancelled", "Annulée", "Cancelled", ("annulé", "canceled")),
)

INTERVENTION_ROLES = (
    Choice("opening", "Ouverture", "Opening speech", ("discours d’ouverture", "allocution")),
    Choice("moderator", "Modération", "Moderator", ("modérateur", "modératrice", "animateur", "animatrice")),
    Choice("speaker", "Intervention", "Speaker", ("intervenant", "intervenante", "orateur", "oratrice")),
    Choice("witness", "Témoignage", "Witness", ("témoin", "grand témoin")),
    Choice("rapporteur", "Rapport", "Rapporteur", ("rapporteuse", "synthèse")),
    Choice("president", "Présidence", "Chair", ("président", "présidente", "president")),
    Choice("host", "Accueil", "Host", ("hôte", "hôtesse")),
)

MANDATE_FUNCTIONS = (
    Choice("mayor", "Maire", "Mayor", ("bourgmestre",)),
    Choice(
        "deputy_mayor",
        "Adjoint au maire",
        "Deputy mayor",
        ("adjointe au maire", "adjoint", "adjointe", "maire adjoint"),
    ),
    Choice("president", "Président", "President", ("présidente",)),
    Choice("vice_president", "Vice-président", "Vice-president", ("vice-présidente",)),
    Choice("councillor", "Conseiller", "Councillor", ("conseillère", "élu", "élue", "conseiller municipal")),
    Choice("minister", "Ministre", "Minister", ("ministre déléguée", "secrétaire d’État")),
    Choice("ambassador", "Ambassadeur", "Ambassador", ("ambassadrice",)),
    Choice("diplomat", "Diplomate", "Diplomat", ("attaché", "consul", "consule")),
    Choice("director", "Directeur", "Director", ("directrice", "DGS")),
    Choice("officer", "Agent", "Officer", ("chargé de mission", "chargée de mission", "agente", "staff")),
    Choice("other", "Autre", "Other"),
)

CATEGORIES = (
    Choice(
        "elected", "Élu", "Elected official", ("élue", "élu·e", "élus", "élu(e)", "élu local", "élu d’une collectivité")
    ),
    Choice(
        "staff", "Agent de collectivité", "Local authority staff", ("agent", "agent territorial", "technicien", "staff")
    ),
    Choice("foreign_delegation", "Délégation étrangère", "Foreign delegation", ("délégation",)),
    Choice("embassy", "Ambassade", "Embassy", ("corps diplomatique",)),
    Choice("state", "Services de l’État", "State services", ("État", "ministère", "state")),
    Choice("partner", "Partenaire", "Partner", ("association", "ONG", "entreprise")),
    Choice("speaker", "Intervenant", "Speaker", ("intervenante", "orateur", "oratrice")),
    Choice("press", "Presse", "Press", ("journaliste", "média")),
    Choice("student", "Étudiant", "Student", ("étudiante", "étudiant·e", "enseignement")),
    Choice("guest", "Invité", "Guest", ("invitée", "autre", "other")),
    Choice("team", "Équipe d’organisation", "Organising team", ("équipe", "organisation", "team")),
)

REGISTRATION_STATUSES = (
    Choice("pending", "À confirmer", "Awaiting confirmation", ("en attente", "pending")),
    Choice("confirmed", "Confirmée", "Confirmed", ("confirmé", "inscrit", "inscrite", "validée")),
    Choice("cancelled", "Annulée", "Cancelled", ("annulé", "canceled", "désistement")),
)

REGISTRATION_SOURCES = (
    Choice("form", "Formulaire du site", "Form on the site", ("formulaire", "form", "site")),
    Choice("import", "Import", "Import"),
    Choice("desk", "Bureau", "Desk"),
    Choice("walk_in", "Sur place", "On site", ("walk-in",)),
)

PARTNER_KINDS = (
    Choice("funder", "Financeur", "Funder", ("financeur public", "bailleur")),
    Choice("project", "Projet cofinancé", "Co-funded project", ("projet", "project")),
    Choice("supporter", "Soutien", "Supporter", ("partenaire", "partner")),
    Choice("exhibitor", "Exposant", "Exhibitor"),
)

HONOUR_KINDS = (
    Choice("label", "Label", "Label", ("label de territoire",)),
    Choice("prize", "Prix", "Prize", ("trophée", "award")),
    Choice("honour", "Mise à l’honneur", "Honour", ("hommage", "honor", "honneur")),
)

DIRECTIONS = (
    Choice("in", "Entrée", "In", ("entry",)),
    Choice("out", "Sortie", "Out", ("exit",)),
)

VERDICTS = (
    Choice("admitted", "Admis", "Admitted", ("entré", "ok", "valid")),
    Choice("already_in", "Déjà passé", "Already scanned", ("déjà scanné", "already in")),
    Choice("cancelled", "Inscription annulée", "Registration cancelled", ("annulé", "cancelled", "canceled")),
    Choice("revoked", "Badge remplacé", "Badge replaced", ("revoked",)),
    Choice("not_member", "Non adhérent", "Not a member", ("réservé aux adhérents",)),
    Choice("wrong_edition", "Autre édition", "Other edition", ("wrong edition",)),
    Choice("unknown", "Code inconnu", "Unknown code", ("inconnu", "unknown")),
    Choice("forged", "Code étranger", "Foreign code", ("faux", "forged")),
)
