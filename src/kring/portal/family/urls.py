"""Addresses of a guardian's pages. A child is named by its opaque key, never by name or number."""

from django.urls import include, path

import kring.care.plans.urls  # noqa: F401  what the kinds of items are called in an address

from .views import account, answers, asked, home, own, plan, readings, record, sharing, times

child = [
    path("", home.home, name="family-child"),
    path("planen/", plan.plan, name="family-plan"),
    path("planen/patientkontrakt/", plan.agreement, name="family-agreement"),
    path("planen/sip/", plan.sip, name="family-sip"),
    path("planen/historik/", plan.history, name="family-history"),
    path("planen/be-om/", plan.request_plan, name="family-request-plan"),
    path("planen/foresla/", plan.propose, name="family-propose"),
    path("planen/eget/<item_kind:kind>/nytt/", own.add, name="family-own-add"),
    path("planen/eget/<item_kind:kind>/<uuid:item_id>/", own.change, name="family-own"),
    path("planen/eget/<item_kind:kind>/<uuid:item_id>/ta-bort/", own.remove, name="family-own-remove"),
    path("planen/eget/hur-gar-det/<uuid:activity_id>/", own.status, name="family-own-status"),
    path("planen/<uuid:plan_id>/hur-gick-det/", own.evaluate, name="family-evaluate"),
    path("planen/versioner/<uuid:version_id>/", plan.acknowledge, name="family-acknowledge"),
    path("planen/<uuid:plan_id>/samtycke/", answers.consent, name="family-consent"),
    path("planen/<uuid:plan_id>/samtycke/ta-tillbaka/", answers.withdraw, name="family-withdraw"),
    path("kallelser/<uuid:summons_id>/", answers.summons, name="family-summons"),
    path("kallelser/<uuid:summons_id>/tider/", answers.meeting_times, name="family-meeting-times"),
    path("kallelser/<uuid:summons_id>/kalender.ics", times.meeting_calendar, name="family-summons-calendar"),
    path("kallelser/<uuid:summons_id>/bilder/", answers.pictures, name="family-pictures"),
    path("fragat/", asked.asked, name="family-asked"),
    path("tider/", times.times, name="family-times"),
    path("tider/samma-dag/", times.same_day, name="family-same-day"),
    path(
        "tider/samma-dag/<uuid:same_day_request_id>/aterta/",
        times.withdraw_same_day,
        name="family-same-day-withdraw",
    ),
    path("tider/<uuid:visit_id>/passar/", times.agree, name="family-agree"),
    path("tider/<uuid:visit_id>/andra/", times.change, name="family-change"),
    path("tider/<uuid:visit_id>/avboka/", times.cancel, name="family-cancel"),
    path("tider/<uuid:visit_id>/kalender.ics", times.calendar, name="family-calendar"),
    path("planen/<uuid:plan_id>/ni-tycker-olika/", sharing.disagree, name="family-disagree"),
    path("delning/", sharing.sharing, name="family-sharing"),
    path("delning/andra-vardgivare/", sharing.across, name="family-across"),
    path("delning/andra-vardgivare/sluta/", sharing.across_stop, name="family-across-stop"),
    path("delning/<uuid:plan_id>/<uuid:unit_id>/", sharing.share, name="family-share"),
    path("delning/<uuid:plan_id>/<uuid:unit_id>/sluta/", sharing.stop, name="family-stop"),
    path("snart-13/", account.turning, name="family-turning"),
    path("journal/", record.record, name="family-record"),
    path("journal/<uuid:event_id>/", record.entry, name="family-record-entry"),
    path("vem-har-last/", readings.readings, name="family-readings"),
    path("vem-har-last/pdf/", readings.readings_pdf, name="family-readings-pdf"),
    path("vem-har-last/<uuid:reading_key>/fraga/", readings.ask, name="family-ask"),
]

urlpatterns = [
    path("mina-barn/", home.choose, name="family-choose"),
    path("mina-sidor/", home.start, name="family-home"),
    path("mina-sidor/konto/", account.account, name="family-account"),
    path("mina-sidor/konto/<uuid:consent_id>/ta-tillbaka/", account.take_back, name="family-across-back"),
    path("mina-sidor/<uuid:child_id>/", include(child)),
]
