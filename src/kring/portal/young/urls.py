"""Addresses of the young's own pages. The first page is theirs and the smaller children's alike."""

from django.urls import path

from .views import across, asking, blocks, consent, others, pages, readings, record

urlpatterns = [
    path("min-sida/", pages.home, name="child-home"),
    path("min-sida/valkommen/", pages.welcome, name="young-welcome"),
    path("min-sida/vad-andra-ser/", others.others, name="young-others"),
    path("min-sida/vad-andra-ser/andra/", others.share, name="young-share"),
    path("min-sida/las-mer/", asking.ask, name="young-ask"),
    path("min-sida/vem-har-last/", readings.readings, name="young-readings"),
    path("min-sida/vem-har-last/pdf/", readings.readings_pdf, name="young-readings-pdf"),
    path("min-sida/vem-har-last/<uuid:reading_key>/fraga/", readings.ask_reading, name="young-ask-reading"),
    path("min-sida/min-plan/vem-ser/", consent.consents, name="young-consents"),
    path("min-sida/min-plan/vem-ser/<uuid:plan_id>/", consent.consent, name="young-consent"),
    path("min-sida/min-plan/vem-ser/<uuid:plan_id>/sluta/", consent.stop, name="young-consent-stop"),
    path("min-sida/min-journal/andra-vardgivare/", across.across, name="young-across"),
    path("min-sida/min-journal/andra-vardgivare/sluta/", across.stop, name="young-across-stop"),
    path("min-sida/mina-sparrar/", blocks.blocks, name="young-blocks"),
    path("min-sida/mina-sparrar/<uuid:block_id>/hav/", blocks.lift, name="young-block-lift"),
    path("min-sida/min-journal/", record.record, name="young-record"),
    path("min-sida/min-journal/<uuid:event_id>/", record.entry, name="young-record-entry"),
    path("min-sida/det-har-andras/", pages.turning, name="young-turning"),
    path("min-sida/vuxenvarden/", pages.adult_care, name="young-adult-care"),
]
