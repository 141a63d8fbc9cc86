from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "kring.care.monitoring"
