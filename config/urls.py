"""Which area answers at which address. French stands at the root; other languages carry their code."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from parvis.web.uploads import uploaded

urlpatterns = [
    path("admin/", admin.site.urls),
    path("media/<path:name>", uploaded, name="uploaded"),
    *i18n_patterns(
        path("accounts/", include("parvis.web.account_urls")),
        path("desk/", include("parvis.web.desk.urls")),
        path("door/", include("parvis.web.door.urls")),
        path("", include("parvis.web.space.urls")),
        path("", include("parvis.web.public.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "parvis.web.errors.bad_request"
handler403 = "parvis.web.errors.forbidden"
handler404 = "parvis.web.errors.not_found"
handler500 = "parvis.web.errors.server_error"
