from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "kring.care.concerns"
