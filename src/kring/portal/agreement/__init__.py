"""The patient contract (patientkontrakt, dokumenterad överenskommelse) as a view, for guardians, staff and
the child.

An agreement between the family and health care that is not legally binding: who does what, the planning, the
named
contact, the agreed times. Nobody fills it in: it is put together from the plan, the times and the contacts.
"""
