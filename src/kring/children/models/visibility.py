"""What the author of a text chose about who of the family may read it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ShownToFamily(models.Model):
    """A text with its author's choice of readers, made when it is written.

    What the choice means is decided by `access.policy.visibility`, which also says what holds where nothing
    was chosen.
    """

    class Visibility(models.TextChoices):
        DEFAULT = "default", _("Enligt det som brukar gälla")
        ALL = "all", _("Visas för barn och vårdnadshavare")
        NOT_GUARDIAN = "not_guardian", _("Visas inte för vårdnadshavare")
        NOT_CHILD_UNTIL = "not_child_until", _("Visas inte för barnet ännu")
        CARE_ONLY = "care_only", _("Visas bara för vården")

    class Category(models.TextChoices):
        GENERAL = "general", _("Inget av detta")
        EARLY_HYPOTHESIS = "early_hypothesis", _("Tidig hypotes")
        VIOLENCE = "violence", _("Våldsutsatthet")
        THIRD_PERSON = "third_person", _("Tredje person")
        SEXUAL_HEALTH = "sexual_health", _("Sexuell hälsa")
        CONCERN = "concern", _("Oro för barnet")
        SUBSTANCE_USE = "substance_use", _("Alkohol eller droger")

    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.DEFAULT)
    visible_to_child_from = models.DateField(null=True, blank=True)
    category = models.CharField(max_length=16, choices=Category, default=Category.GENERAL)
    review_on = models.DateField(null=True, blank=True, help_text="What is withheld is looked at again.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(visibility="not_child_until") | Q(visible_to_child_from__isnull=False),
                name="%(class)s_hidden_from_child_until_a_day",
            )
        ]
