"""The accounts with which one tries the demo; codes to sign in are read on the demo's own page of mails."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.access import Role


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo: what it is for, and the roles that it holds."""

    email: str
    name: str
    purpose: str
    roles: tuple[Role, ...]


DEMO_ACCOUNTS = (
    DemoAccount("organisation@parvis.invalid", "Camille Organisation", "organiser", (Role.ORGANISER,)),
    DemoAccount("delegation@parvis.invalid", "Dominique Délégation", "delegation contact", ()),
    DemoAccount("porte@parvis.invalid", "Sacha Porte", "door volunteer", (Role.DOOR,)),
    DemoAccount("presse@parvis.invalid", "Andrea Presse", "press", (Role.PRESS,)),
    DemoAccount("lecture@parvis.invalid", "Charlie Lecture", "reads the desk only", (Role.READ_ONLY,)),
    DemoAccount("evaluation@parvis.invalid", "Alix Évaluation", "reviews proposals", (Role.REVIEWER,)),
)
# The delegation whose contact the demo's delegation account is.
DELEGATION_OF = "Dijon Métropole"
