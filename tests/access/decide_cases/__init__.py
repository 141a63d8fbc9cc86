"""Questions to `./kring decide` and the answers a lawyer would give, by hand (8.1 to 8.9, rulings)."""

from .family import FAMILY
from .others import OTHERS
from .plan import PLAN
from .protected import PROTECTED
from .staff import STAFF

CASES = (*STAFF, *FAMILY, *PROTECTED, *PLAN, *OTHERS)
