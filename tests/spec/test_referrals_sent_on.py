"""Remisser som skickas tillbaka eller vidare."""

from tests.spec.reading import check


def test_every_decision_counts_also_the_third_of_the_same_case(engine):
    given = """
        child
        child
        1
        2

        step
        child | day        | case | kind
        1     | 2024-01-10 | 1    | referral_sent
        1     | 2024-01-20 | 1    | referral_returned
        1     | 2024-02-20 | 1    | referral_redirected
        1     | 2024-03-20 | 1    | referral_accepted
        2     | 2024-03-20 | 2    | referral_accepted
        2     | 2023-12-31 | 2    | referral_returned
    """
    check("referrals_sent_on", given, "of | n | x | value\nregion | 4 | 2 | 50\n1480 | 4 | 2 | 50", engine)
