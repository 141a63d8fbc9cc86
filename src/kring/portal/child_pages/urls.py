"""Addresses of the child's own pages."""

from django.urls import path

from .views import pages, preparing

urlpatterns = [
    path("min-sida/", pages.home, name="child-home"),
    path("min-sida/min-plan/", pages.plan, name="child-plan"),
    path("min-sida/min-plan/last/", pages.plan_read, name="child-plan-read"),
    path("min-sida/min-plan/forstar-inte/", pages.plan_unclear, name="child-plan-unclear"),
    path("min-sida/min-plan/be-om/", pages.plan_request, name="child-plan-request"),
    path("min-sida/mina-moten/", pages.meetings, name="child-meeting"),
    path("min-sida/mina-moten/forbered/", preparing.prepare, name="child-prepare"),
    path("min-sida/mina-moten/forbered/<int:number>/", preparing.step, name="child-prepare-step"),
    path(
        "min-sida/mina-moten/forbered/<int:number>/spara/", preparing.autosave, name="child-prepare-autosave"
    ),
    path("min-sida/mina-moten/forbered/skicka/", preparing.check, name="child-prepare-check"),
    path("min-sida/mina-moten/forbered/skickat/", preparing.sent, name="child-prepare-sent"),
    path("min-sida/mina-moten/mitt-papper/", preparing.paper, name="child-paper"),
    path("min-sida/mina-moten/mitt-papper/pdf/", preparing.paper_file, name="child-paper-file"),
    path("min-sida/det-har-bestamde-vi/", pages.after, name="child-after"),
    path("min-sida/mina-vuxna/", pages.adults, name="child-adults"),
    path("min-sida/prata-nu/", pages.talk_now, name="child-talk-now"),
    path("min-sida/bra-att-veta/", pages.good_to_know, name="child-good-to-know"),
]
