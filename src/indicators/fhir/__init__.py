"""Care data as health systems export them in bulk (HL7 FHIR R4, a resource a line) made into the flat tables.

mapping.toml is the whole of what is taken, path by path; a region gives its own beside. Nothing that names
a child or a member of staff leaves: both become pseudonyms under a secret of the region's own.
"""
