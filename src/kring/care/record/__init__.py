"""What care givers sent: the record as HL7 FHIR R4 resources, kept exactly as they came.

A *delivery* is one file or message from one *source*. Every resource of every type is kept as the very text
it was (decimals, order, unknown extensions), each *version* of it too; references between resources are
resolved beside the text, never in it. What happened (visits, diagnoses, measures) also goes onto the child's
one timeline.
"""
