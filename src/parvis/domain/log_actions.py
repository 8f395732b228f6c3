"""What the log says: each action is a subject word and a verb in the past, and has its words."""

from __future__ import annotations

from parvis.domain.refusals import N_

SUBJECT_NAMES: dict[str, str] = {
    "edition": N_("Edition"),
    "organisation": N_("Organisation"),
    "person": N_("Person"),
    "mandate": N_("Mandate"),
    "group": N_("Group"),
    "grouppresidency": N_("Presidency"),
    "partner": N_("Partner"),
    "venue": N_("Venue"),
    "room": N_("Room"),
    "session": N_("Session"),
    "intervention": N_("Intervention"),
    "registration": N_("Registration"),
    "delegation": N_("Delegation"),
    "badge": N_("Badge"),
    "scan": N_("Scan"),
    "awardround": N_("Award"),
    "laureate": N_("Laureate"),
    "honour": N_("Honour"),
    "snapshot": N_("Snapshot"),
    "communique": N_("Press release"),
    "release": N_("Release"),
    "importrun": N_("Import"),
    "account": N_("Account"),
}

VERB_NAMES: dict[str, str] = {
    "created": N_("created"),
    "proposed": N_("created"),
    "changed": N_("changed"),
    "deleted": N_("deleted"),
    "removed": N_("taken away"),
    "cancelled": N_("cancelled"),
    "restored": N_("restored"),
    "confirmed": N_("confirmed"),
    "placed": N_("placed"),
    "unplaced": N_("taken out of the timetable"),
    "mail_resent": N_("mail sent again"),
    "status_changed": N_("state changed"),
    "published": N_("published"),
    "withdrawn": N_("withdrawn"),
    "approved": N_("approved"),
    "drafted": N_("drafted"),
    "edited": N_("edited"),
    "taken": N_("frozen"),
    "granted": N_("role given"),
    "revoked": N_("role taken back"),
    "role_granted": N_("role given"),
    "role_revoked": N_("role taken back"),
    "contact_named": N_("contact named"),
    "applied": N_("applied"),
    "received": N_("received"),
    "discarded": N_("discarded"),
    "issued": N_("issued"),
    "replaced": N_("replaced"),
    "imported": N_("imported"),
    "opened": N_("opened again"),
    "made": N_("made"),
    "frozen": N_("frozen"),
    "started": N_("started"),
    "undone": N_("undone"),
    "scanned": N_("scanned"),
}


def verb_of(action: str) -> str:
    """Return the English msgid of an action's verb; the verb itself where it has no words yet."""
    verb = action.rpartition(".")[2]
    return VERB_NAMES.get(verb, verb.replace("_", " "))
