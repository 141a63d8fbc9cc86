"""Pure decisions about contacts and visits."""

from .gathering import Day, Gathering, Visit, days_with_several, gatherings, monday_of
from .refusals import Refusal

__all__ = ["Day", "Gathering", "Refusal", "Visit", "days_with_several", "gatherings", "monday_of"]
