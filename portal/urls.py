"""The site's addresses: the portal's own, then the articles app's."""

from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.choose_language, name="choose-language"),
    path("settings/", views.reading_settings, name="reading-settings"),
    path("accounts/", include("portal.accounts.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include("articles.desk.urls")),
    path("", include("articles.urls")),
]
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
