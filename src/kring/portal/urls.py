"""Addresses of the composed pages."""

from django.urls import include, path

from .gallery import gallery, local_symbols

urlpatterns = [
    path("", include("kring.portal.entrance.urls")),
    path("", include("kring.portal.staff.urls")),
    path("", include("kring.portal.staff.contacts.urls")),
    path("", include("kring.portal.family.urls")),
    path("", include("kring.portal.child_pages.urls")),
    path("", include("kring.portal.young.urls")),
    path("", include("kring.portal.agreement.urls")),
    path("", include("kring.portal.close_people.urls")),
    path("", include("kring.portal.mood.urls")),
    path("", include("kring.portal.messages.urls")),
    path("", include("kring.portal.imports.urls")),
    path("", include("kring.portal.jobs.urls")),
    path("", include("kring.portal.notices.urls")),
    path("utseende/", gallery, name="gallery"),
    path("symboler.svg", local_symbols, name="local-symbols"),
]
