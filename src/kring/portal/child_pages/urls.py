"""Addresses of the child's own pages."""

from django.urls import path

import kring.care.plans.urls  # noqa: F401  what the kinds of items are called in an address

from .views import look, mood, own, pages, preparing

urlpatterns = [
    path("min-sida/min-plan/", pages.plan, name="child-plan"),
    path("min-sida/min-plan/last/", pages.plan_read, name="child-plan-read"),
    path("min-sida/min-plan/forstar-inte/", pages.plan_unclear, name="child-plan-unclear"),
    path("min-sida/min-plan/be-om/", pages.plan_request, name="child-plan-request"),
    path("min-sida/min-plan/mitt-eget/", own.own_part, name="child-own-part"),
    path("min-sida/min-plan/mitt-eget/<item_kind:kind>/nytt/", own.add, name="child-own-add"),
    path("min-sida/min-plan/mitt-eget/<item_kind:kind>/<uuid:item_id>/", own.change, name="child-own"),
    path(
        "min-sida/min-plan/mitt-eget/<item_kind:kind>/<uuid:item_id>/ta-bort/",
        own.remove,
        name="child-own-remove",
    ),
    path("min-sida/min-plan/mitt-eget/klart/<uuid:activity_id>/", own.done, name="child-own-done"),
    path("min-sida/min-plan/hur-gick-det/", own.evaluate, name="child-evaluate"),
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
    path("min-sida/bra-att-veta/besok/", pages.visit, name="child-visit"),
    path("min-sida/saga-nagot/", pages.say, name="child-say"),
    path("min-sida/saga-nagot/tydligt/", pages.clear, name="child-clear"),
    path("min-sida/saga-nagot/nagot-ar-fel/", pages.wrong, name="child-wrong"),
    path("min-sida/hur-mar-jag/", mood.start, name="child-mood"),
    path("min-sida/hur-mar-jag/<uuid:asking_id>/ansikte/", mood.face, name="child-mood-face"),
    path("min-sida/hur-mar-jag/<uuid:asking_id>/var/", mood.where, name="child-mood-where"),
    path("min-sida/hur-mar-jag/<uuid:asking_id>/ord/", mood.words, name="child-mood-words"),
    path("min-sida/hur-mar-jag/<uuid:asking_id>/skicka/", mood.check, name="child-mood-check"),
    path("min-sida/hur-mar-jag/<uuid:asking_id>/tack/", mood.thanks, name="child-mood-thanks"),
    path("min-sida/hur-mar-jag/okej/", mood.okay, name="child-mood-okay"),
    path("min-sida/sa-ser-min-sida-ut/", look.own_look, name="child-look"),
    path("mina-sidor/<uuid:child_id>/barnets-sidor/", look.family_look, name="family-look"),
    path("barn/<uuid:child_id>/egna-sidor/", look.staff_look, name="child-page-look"),
]
