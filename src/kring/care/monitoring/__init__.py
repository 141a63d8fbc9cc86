"""Egenmonitorering: «Hur mår jag?», what the child itself says about how it feels between the visits.

A unit of care asks, and says who reads and when: nobody is asked how they feel without somebody who reads
(ux.md c12). Under 13 the guardians see the answers unless the child says no for a single one; from 13 only
what the young person shares (rulings 19 and 20). Another unit of the care provider needs the same active
choice and need as for the record (ruling 23). It is no test and gives no score.
"""
