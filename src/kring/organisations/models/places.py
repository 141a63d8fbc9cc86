"""Region, municipalities, administrations, controllers and units."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.design.alphabet import Swedish


class Region(models.Model):
    """A region (region): owner of hospitals, primary care and dental care."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=80)
    org_number = models.CharField(max_length=11)
    hsa_prefix = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return self.name


class Grouping(models.Model):
    """One of three ways municipalities are grouped; the three are independent of each other."""

    class Kind(models.TextChoices):
        SUBREGIONAL_BOARD = "subregional_board", _("Delregional nämnd")
        COLLABORATION_AREA = "collaboration_area", _("Vårdsamverkansområde")
        MUNICIPAL_FEDERATION = "municipal_federation", _("Kommunalförbund")

    region = models.ForeignKey(Region, models.PROTECT)
    kind = models.CharField(max_length=24, choices=Kind)
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "kind", "key"], name="grouping_once")]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality (kommun) with its four-digit code from Statistics Sweden."""

    region = models.ForeignKey(Region, models.PROTECT)
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=80)
    subregional_board = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")
    collaboration_area = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")
    municipal_federation = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Administration(models.Model):
    """A regional administration (förvaltning), such as a hospital or public primary care."""

    region = models.ForeignKey(Region, models.PROTECT)
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Controller(models.Model):
    """The authority or provider that answers for its own data (personuppgiftsansvarig).

    Two units under one controller are one care provider in the sense of patientdatalagen 4 kap.; two
    controllers are two, and what crosses between them goes by the rules for other providers or by disclosure
    with consent.
    """

    region = models.ForeignKey(Region, models.PROTECT)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    org_number = models.CharField(max_length=11, blank=True)
    shares_across_providers = models.BooleanField(
        default=False, help_text="Connected to cross-provider sharing (SVOD, lag 2022:913)."
    )

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A care unit, school, preschool or social services unit (verksamhet)."""

    class Sector(models.TextChoices):
        REGION_CARE = "region_care", _("Regionens vård")
        DENTAL = "dental", _("Tandvård")
        PRIVATE_CARE = "private_care", _("Privat vårdgivare")
        SCHOOL_HEALTH = "school_health", _("Elevhälsans medicinska insats")
        SCHOOL = "school", _("Förskola och skola")
        SOCIAL_SERVICES = "social_services", _("Socialtjänst barn och familj")
        LSS = "lss", _("Stöd enligt LSS")

    class Kind(models.TextChoices):
        HOSPITAL_WARD = "hospital_ward", _("Sjukhusavdelning")
        PAEDIATRIC_OUTPATIENT = "paediatric_outpatient", _("Barn- och ungdomsmedicin")
        CHILD_PSYCHIATRY = "child_psychiatry", _("Barn- och ungdomspsykiatri")
        HABILITATION = "habilitation", _("Habilitering")
        SPEECH_LANGUAGE = "speech_language", _("Logopedi")
        PRIMARY_CARE = "primary_care", _("Vårdcentral")
        YOUTH_MENTAL_HEALTH = "youth_mental_health", _("Ungas psykiska hälsa")
        CHILD_HEALTH_CENTRE = "child_health_centre", _("Barnavårdscentral")
        DENTAL = "dental", _("Tandvård")
        PUPIL_HEALTH_MEDICAL = "pupil_health_medical", _("Elevhälsa")
        SCHOOL = "school", _("Skola")
        PRESCHOOL = "preschool", _("Förskola")
        SOCIAL_SERVICES = "social_services", _("Socialtjänst")
        LSS = "lss", _("LSS-verksamhet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    controller = models.ForeignKey(Controller, models.PROTECT, related_name="units")
    administration = models.ForeignKey(Administration, models.PROTECT, null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=Kind)
    sector = models.CharField(max_length=16, choices=Sector)
    hsa_id = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_hours = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = [Swedish("name")]

    def __str__(self) -> str:
        return self.name
