"""Addresses of the situation report."""

from django.urls import path

from .views import open as everybody
from .views import staff

EDITION = "lagesrapport/<int:year>/utgava-<int:edition>/"

urlpatterns = [
    path("lagesrapport/", everybody.reports, name="situation-reports"),
    path("lagesrapport/<int:year>/", everybody.year, name="situation-report-year"),
    path(EDITION, everybody.report, name="situation-report"),
    path(f"{EDITION}lagesrapport.pdf", everybody.pdf, name="situation-report-pdf"),
    path(f"{EDITION}tabeller.zip", everybody.tables, name="situation-report-tables"),
    path(f"{EDITION}<slug:address>/", everybody.chapter, name="situation-report-chapter"),
    path(f"{EDITION}<slug:address>/<slug:measure>/", everybody.measure, name="situation-report-measure"),
    path("uppfoljning/rapporter/", staff.reports, name="reports"),
    path("uppfoljning/rapporter/gor/", staff.make, name="make-report"),
    path("uppfoljning/rapporter/<uuid:report_id>/", staff.report, name="report"),
    path("uppfoljning/rapporter/<uuid:report_id>/publicera/", staff.publishing, name="report-publishing"),
    path("uppfoljning/rapporter/<uuid:report_id>/publicera/nu/", staff.publish, name="report-publish"),
    path("uppfoljning/rapporter/<uuid:report_id>/be-om/", staff.ask, name="report-ask"),
    path("uppfoljning/rapporter/<uuid:report_id>/ta-tillbaka/", staff.take_back, name="report-take-back"),
    path("uppfoljning/rapporter/<uuid:report_id>/lagesrapport.pdf", staff.pdf, name="report-pdf"),
    path("uppfoljning/rapporter/<uuid:report_id>/<slug:address>/", staff.chapter, name="report-chapter"),
    path(
        "uppfoljning/rapporter/<uuid:report_id>/<slug:address>/<slug:measure>/",
        staff.measure,
        name="report-measure",
    ),
]
