"""Accounts and the roles that they hold."""

from __future__ import annotations

from django.contrib import admin

from parvis.admin.logged import LoggedAdmin
from parvis.models import Account, RoleGrant


class RoleGrantInline(admin.TabularInline):
    """The roles of an account."""

    model = RoleGrant
    extra = 0


@admin.register(Account)
class AccountAdmin(LoggedAdmin):
    """Who may sign in. Passwords are a superuser's only, and are set on the command line."""

    list_display = ("email", "name", "is_active", "is_superuser", "created_at")
    search_fields = ("email", "name")
    list_filter = ("is_active", "is_superuser", "grants__role")
    exclude = ("password", "groups", "user_permissions")
    readonly_fields = ("last_login", "created_at")
    inlines = (RoleGrantInline,)
