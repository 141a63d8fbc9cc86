"""Addresses of the staff pages."""

from django.urls import path

from .access_matrix import views as access_matrix
from .child import views as child
from .contacts import views as contacts
from .protected import views as protected
from .reception import views as reception
from .record import views as record
from .search import views as search
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
]
