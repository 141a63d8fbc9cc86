"""What a resource must have at the least to be taken in. Not the full validation of FHIR."""

import re
from typing import Any

from .faults import Fault

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")

# The concrete types of FHIR R4 (4.0.1).
_NAMES = """
    Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse
    AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement
    CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Claim ClaimResponse
    ClinicalImpression CodeSystem Communication CommunicationRequest CompartmentDefinition
    Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
    CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest
    DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis
    Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence
    EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag Goal
    GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
    ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice
    Library Linkage List Location Measure MeasureReport Media Medication MedicationAdministration
    MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct
    MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication
    MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured
    MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect
    MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder Observation
    ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation
    Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner
    PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson
    RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject
    RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen
    SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid
    SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
    SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport
    TestScript ValueSet VerificationResult VisionPrescription
"""
TYPES = frozenset(_NAMES.split())

BUNDLE_TYPES = frozenset(
    {"transaction", "batch", "collection", "searchset", "document", "message", "history"}
)
WITH_REQUEST = frozenset({"transaction", "batch"})


def fault_of(tree: Any) -> Fault | None:
    """The first thing that keeps a resource out, or None."""
    if not isinstance(tree, dict):
        return Fault.NOT_AN_OBJECT
    kind = tree.get("resourceType")
    if kind is None:
        return Fault.NO_TYPE
    if not isinstance(kind, str) or kind not in TYPES:
        return Fault.UNKNOWN_TYPE
    own_id = tree.get("id")
    if "id" in tree and not (isinstance(own_id, str) and ID.fullmatch(own_id)):
        return Fault.ID_FORMAT
    return None


def request_fault(request: Any) -> Fault | None:
    """What is wrong with how a transaction or batch entry says what to do with its resource."""
    if (
        not isinstance(request, dict)
        or not _is_text(request.get("method"))
        or not _is_text(request.get("url"))
    ):
        return Fault.NO_REQUEST
    known = {"POST": None, "PUT": None, "DELETE": Fault.DELETES, "GET": Fault.ASKS, "HEAD": Fault.ASKS}
    return known.get(request["method"], Fault.METHOD)


def address_fault(request: dict[str, Any], tree: dict[str, Any]) -> Fault | None:
    """Whether the address a sender puts the resource at contradicts the resource itself."""
    path, _, condition = request["url"].partition("?")
    parts = path.strip("/").split("/")
    if parts[0] != tree["resourceType"]:
        return Fault.OTHER_ADDRESS
    if (
        request["method"] == "PUT"
        and not condition
        and (len(parts) != 2 or parts[1] != tree.get("id", parts[1]))
    ):
        return Fault.OTHER_ADDRESS
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and bool(value)
