from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "kring.care.contacts"
