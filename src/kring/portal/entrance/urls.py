"""Addresses of the entrance."""

from django.urls import path

from . import provider, views

urlpatterns = [
    path("", views.home, name="home"),
    path("logga-in/", views.log_in, name="log-in"),
    path("logga-in/som/", views.choose_role, name="choose-role"),
    path("logga-in/fortsatt/", views.kept_form, name="kept-form"),
    path("logga-in/fortsatt/spara/", views.keep_form, name="keep-form"),
    path("logga-in/e-legitimation/", provider.log_in, name="provider-log-in"),
    path("logga-in/<slug:provider_id>/svar/", provider.answer, name="openid_connect_callback"),
    path("logga-ut/", views.log_out, name="log-out"),
    path("logga-ut/overallt/", views.log_out_everywhere, name="log-out-everywhere"),
    path("utloggad/", views.logged_out, name="logged-out"),
    path("kalender/", views.leave, name="leave"),
    path("lamna-snabbt/", views.leave_help, name="leave-help"),
    path("inloggad/", views.stay, name="session"),
    path("sprak/", views.choose_language, name="language"),
    path("hjalp/", views.get_help, name="help"),
]
