from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "kring.care.record"
