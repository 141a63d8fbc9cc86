from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "kring.care.plans"
