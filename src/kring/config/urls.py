"""All addresses. Each package brings its own; no prefix is exempt from any lock."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    *([path("", include("kring.demo.urls"))] if settings.DEMO else []),
    path("", include("kring.portal.urls")),
    path("", include("kring.reports.urls")),
    path("", include("kring.followup.urls")),
    path("", include("kring.followup.extract.urls")),
    path("", include("kring.care.plans.urls")),
    path("", include("kring.care.plans.pdf.urls")),
    path("", include("kring.log_review.urls")),
]

handler400 = "kring.portal.errors.bad_request"
handler403 = "kring.portal.errors.forbidden"
handler404 = "kring.portal.errors.not_found"
handler500 = "kring.portal.errors.failed"
