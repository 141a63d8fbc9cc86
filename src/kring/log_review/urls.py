"""Addresses of the reviewer's pages."""

from django.urls import path

from .views import questions, reviews, watches

urlpatterns = [
    path("loggranskning/", reviews.reviews, name="log-reviews"),
    path("loggranskning/ny/", reviews.start, name="log-review-start"),
    path("loggranskning/fragor/", questions.questions, name="log-questions"),
    path("loggranskning/fragor/<uuid:reading_question_id>/", questions.question, name="log-question"),
    path("loggranskning/uppsikt/", watches.watches, name="log-watches"),
    path("loggranskning/uppsikt/ny/", watches.start, name="log-watch-start"),
    path("loggranskning/uppsikt/<uuid:watch_id>/avsluta/", watches.end, name="log-watch-end"),
    path("loggranskning/rader/<uuid:sampled_row_id>/", reviews.row, name="log-review-row"),
    path("loggranskning/<uuid:review_id>/", reviews.review, name="log-review"),
    path("loggranskning/<uuid:review_id>/sammanfattning/", reviews.summary, name="log-review-summary"),
]
