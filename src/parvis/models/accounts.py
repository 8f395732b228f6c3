"""Accounts of the desk, the door and the press, and the roles they hold. Participants need no account."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from parvis.domain.access import Role


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; an account has no password, one signs in with a code by mail."""

    def create_user(self, email: str, **fields: Any) -> Account:
        """Create an account without a usable password."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Create an account that may use Django's admin."""
        account = self.create_user(email, is_staff=True, is_superuser=True, **fields)
        if password:
            account.set_password(password)
            account.save(update_fields=["password"])
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by mail."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the superusers' admin"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class RoleGrant(models.Model):
    """One role of one account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "role"], name="role_granted_once")]

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"
