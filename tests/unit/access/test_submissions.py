"""A form is carried out once, however often it is sent; a crash leaves nothing half."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from kring.access import submissions
from kring.access.models import Submission


def test_the_same_submission_gives_the_same_answer_and_works_once(cast):
    done: list[str] = []

    def work() -> str:
        done.append("work")
        return f"/plan/{len(done)}/"

    key = uuid4()
    answers = {submissions.once(key=key, by=cast.actor("karin"), work=work) for _ in range(3)}
    assert answers == {"/plan/1/"}
    assert done == ["work"]


def test_two_submissions_are_two(cast):
    answers = [
        submissions.once(key=uuid4(), by=cast.actor("karin"), work=lambda n=n: str(n)) for n in range(2)
    ]
    assert answers == ["0", "1"]


def test_work_that_fails_leaves_the_key_free_for_another_try(cast):
    key = uuid4()

    def broken() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        submissions.once(key=key, by=cast.actor("karin"), work=broken)
    assert not Submission.objects.exists()
    assert submissions.once(key=key, by=cast.actor("karin"), work=lambda: "/done/") == "/done/"


def test_nobody_can_ask_for_the_answer_to_someone_elses_submission(cast):
    key = uuid4()
    submissions.once(key=key, by=cast.actor("karin"), work=lambda: "/secret/")
    with pytest.raises(PermissionDenied):
        submissions.once(key=key, by=cast.actor("sara"), work=lambda: "/mine/")


@pytest.mark.parametrize("text", ["", "nonsense", "1" * 5000, "'; drop table", "\x00"])
def test_a_form_without_a_usable_key_gets_one_of_its_own(text):
    assert submissions.key_from(text) != submissions.key_from(text)


def test_a_key_is_read_as_it_was_sent():
    key = uuid4()
    assert submissions.key_from(str(key)) == key
    assert isinstance(key, UUID)
