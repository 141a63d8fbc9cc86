from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kring.care.messages"
    label = "family_messages"
