"""Addresses of the staff pages."""

from django.urls import path

from .access_matrix import views as access_matrix
from .child import views as child
from .concerns import views as concerns
from .contacts import views as contacts
from .protected import views as protected
from .reception import views as reception
from .record import across
from .record import views as record
from .search import views as search
from .secrecy.placements import views as placements
from .secrecy.views import blocks, emergencies, guardians, office, people
from .week import views as week
from .worklist import saving
from .worklist import views as worklist

urlpatterns = [
    path("arbetslista/", worklist.worklist, name="worklist"),
    path("arbetslista/atgard/", worklist.act, name="worklist-act"),
    path("arbetslista/ansvarig/", worklist.assign, name="worklist-assign"),
    path("arbetslista/utskrift/", worklist.print_list, name="worklist-print"),
    path("arbetslista/klart/", worklist.done, name="worklist-done"),
    path("arbetslista/resultat/<uuid:bulk_action_id>/", worklist.result, name="worklist-result"),
    path("arbetslista/resultat/<uuid:bulk_action_id>/angra/", worklist.undo, name="worklist-undo"),
    path("arbetslista/vyer/", saving.save, name="worklist-save-view"),
    path("arbetslista/vyer/<uuid:view_id>/", saving.forget, name="worklist-forget-view"),
    path("arbetslista/vecka/", week.week, name="my-week"),
    path("besok/", reception.visits, name="unit-visits"),
    path("barn/", search.children, name="children"),
    path("barn/<uuid:child_id>/", child.child, name="child"),
    path("barn/<uuid:child_id>/handelser/", child.events, name="child-events"),
    path("barn/<uuid:child_id>/kontakter/", contacts.contacts, name="child-contacts"),
    path("barn/<uuid:child_id>/kontakter/samla/", contacts.same_day, name="same-day"),
    path("barn/<uuid:child_id>/atkomst/", access_matrix.matrix, name="child-access"),
    path("barn/<uuid:child_id>/journal/", record.record, name="child-record"),
    path("barn/<uuid:child_id>/journal/<uuid:event_id>/", record.entry, name="record-entry"),
    path("barn/<uuid:child_id>/journal/<uuid:event_id>/json/", record.text, name="record-text"),
    path("barn/<uuid:child_id>/journal/svar/", across.answer, name="record-answer"),
    path(
        "barn/<uuid:child_id>/journal/andra-enheter/", record.choose, {"reach": "units"}, name="record-units"
    ),
    path(
        "barn/<uuid:child_id>/journal/andra-vardgivare/",
        record.choose,
        {"reach": "providers"},
        name="record-providers",
    ),
    path("barn/<uuid:child_id>/oppna/", protected.open_protected, name="open-protected"),
    path("barn/<uuid:child_id>/dolda-uppgifter/", protected.hidden_fields, name="hidden-fields"),
    path(
        "barn/<uuid:child_id>/dolda-uppgifter/<slug:kind>/<uuid:about>/",
        protected.reveal,
        name="reveal-field",
    ),
    path("barn/<uuid:child_id>/sparrar/", blocks.blocks, name="child-blocks"),
    path("barn/<uuid:child_id>/sparrar/ny/", blocks.set_block, name="set-block"),
    path("barn/<uuid:child_id>/sparrar/<uuid:access_block_id>/hav/", blocks.lift, name="lift-block"),
    path("barn/<uuid:child_id>/havning/", blocks.officer, name="officer-blocks"),
    path("barn/<uuid:child_id>/havning/<uuid:access_block_id>/", blocks.officer_lift, name="officer-lift"),
    path("barn/<uuid:child_id>/mognad/", people.maturity, name="child-maturity"),
    path("barn/<uuid:child_id>/grupp/", people.group, name="child-group"),
    path("barn/<uuid:child_id>/grupp/<uuid:person_id>/", people.remove, name="leave-group"),
    path("barn/<uuid:child_id>/placering/", placements.placements, name="child-placements"),
    path("barn/<uuid:child_id>/placering/ny/", placements.new, name="new-placement"),
    path("barn/<uuid:child_id>/placering/<uuid:placement_id>/", placements.change, name="change-placement"),
    path("barn/<uuid:child_id>/placering/<uuid:placement_id>/avsluta/", placements.end, name="end-placement"),
    path(
        "barn/<uuid:child_id>/placering/<uuid:placement_id>/ta-bort/",
        placements.withdraw,
        name="withdraw-placement",
    ),
    path("skyddat-barn/", people.acute, name="protected-acute"),
    path("barn/<uuid:child_id>/vardnadshavare/", guardians.guardians, name="child-guardians"),
    path(
        "barn/<uuid:child_id>/vardnadshavare/<uuid:guardian_id>/blockera/",
        guardians.block,
        name="block-guardian",
    ),
    path(
        "barn/<uuid:child_id>/vardnadshavare/<uuid:guardian_id>/behall/",
        guardians.keep,
        name="keep-guardian",
    ),
    path(
        "barn/<uuid:child_id>/vardnadshavare/<uuid:guardian_id>/forlang/",
        guardians.extend,
        name="extend-guardian",
    ),
    path(
        "barn/<uuid:child_id>/beslut/<uuid:guardian_decision_id>/avsluta/",
        guardians.end,
        name="end-guardian-decision",
    ),
    path(
        "barn/<uuid:child_id>/beslut/<uuid:guardian_decision_id>/prova/",
        guardians.confirm,
        name="confirm-guardian-decision",
    ),
    path("barn/<uuid:child_id>/nod/", emergencies.emergencies, name="child-emergencies"),
    path("barn/<uuid:child_id>/nod/enheter/", emergencies.inner, name="emergency-units"),
    path("barn/<uuid:child_id>/nod/vardgivare/", emergencies.outer, name="emergency-providers"),
    path(
        "barn/<uuid:child_id>/nod/<uuid:emergency_access_id>/",
        emergencies.emergency,
        name="child-emergency",
    ),
    path(
        "barn/<uuid:child_id>/nod/<uuid:emergency_access_id>/avsluta/",
        emergencies.close,
        name="close-emergency",
    ),
    path(
        "barn/<uuid:child_id>/nod/<uuid:emergency_access_id>/be/<uuid:provider>/",
        emergencies.ask,
        name="ask-for-lift",
    ),
    path("havningar/", office.lift_requests, name="lift-requests"),
    path("havningar/<uuid:lift_request_id>/", office.lift_request, name="lift-request"),
    path("nodoppningar/", office.reviews, name="emergency-reviews"),
    path("nodoppningar/<uuid:emergency_access_id>/", office.review, name="review-emergency"),
    path("barn/<uuid:child_id>/oro/", concerns.concern, name="child-concern"),
    path("barn/<uuid:child_id>/oro/skriv/", concerns.write, name="write-concern"),
    path("barn/<uuid:child_id>/oro/<uuid:concern_report_id>/", concerns.hand_over, name="hand-concern-over"),
    path("orosanmalningar/", concerns.received, name="concerns-received"),
    path("orosanmalningar/<uuid:concern_report_id>/", concerns.read, name="concern-received"),
]
