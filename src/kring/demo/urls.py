"""The demo's own way in: `config/urls.py` puts it before the ordinary log-in, in the demo only."""

from django.urls import path

from . import views

urlpatterns = [path("logga-in/", views.log_in, name="log-in")]
