"""Addresses of follow-up."""

from django.urls import path

from .views import charts, staff
from .views import open as everybody

urlpatterns = [
    path("uppfoljning/", staff.data_status, name="data-status"),
    path("uppfoljning/rakna/", staff.calculate, name="calculate"),
    path("uppfoljning/matt/", staff.catalogue, name="indicator-catalogue"),
    path("uppfoljning/matt/<slug:measure>/diagram/", charts.chart, name="indicator-chart"),
    path("uppfoljning/styrdiagram/", charts.summary_table, name="chart-summary"),
    path("uppfoljning/utforska/", staff.explore, name="explore"),
    path("uppfoljning/utforska/fil.<slug:ending>", staff.explore_file, name="explore-file"),
    path("siffror/", everybody.figures, name="figures"),
    path("siffror/kommuner/", everybody.all_places, name="figure-all-places"),
    path("siffror/kommuner/<slug:place>/", everybody.figure_place, name="figure-place"),
    path("siffror/ladda-ner/", everybody.downloads, name="figure-downloads"),
    path("siffror/ladda-ner/allt.zip", everybody.everything, name="figure-everything"),
    path("siffror/styrdiagram/", everybody.chart_summary, name="figure-summary"),
    path("siffror/<slug:measure>/", everybody.figure, name="figure"),
    path("siffror/<slug:measure>/kommuner/", everybody.figure_places, name="figure-places"),
    path("siffror/<slug:measure>/kommuner/<slug:place>/", everybody.figure_in_place, name="figure-in-place"),
    path("siffror/<slug:measure>/diagram.<slug:ending>", everybody.chart_file, name="chart-file"),
    path("siffror/<slug:measure>/fil.<slug:ending>", everybody.figure_file, name="figure-file"),
]
