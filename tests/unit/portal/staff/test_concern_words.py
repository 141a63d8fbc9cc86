"""What staff are told before and after a note of concern is handed to the social services."""

from types import SimpleNamespace as Row

import pytest

from kring.access.policy.catalogue import sentence
from kring.portal.staff.concerns.presenters import handing_over

HERE, ELSEWHERE = (
    "Den som tar emot kan läsa anteckningen här.",
    "socialtjänsten kan inte läsa anteckningen här",
)


@pytest.mark.parametrize(
    ("protection", "promises"), [("none", True), ("flag", False), ("registration", False)], ids=str
)
def test_nobody_is_promised_that_a_protected_child_s_note_can_be_read_there(protection, promises):
    """Ruling 9: outside its restricted group the child does not exist, for the social services either."""
    words = handing_over(Row(protection=protection))
    assert words["warning"].startswith(sentence("sharing.report"))
    assert (HERE in words["said"]) is promises
    assert (ELSEWHERE in words["said"]) is (ELSEWHERE in words["warning"]) is not promises
