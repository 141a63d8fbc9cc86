"""Who to turn to and when to come: fast vårdkontakt, coordinator with a mandate, and booked visits.

The named care contact (patientlagen 6 kap. 2 §) is a role a person has for a child, with a period; it need
not be a physician. Field names follow the national contract GetCareManagers. A coordinator's mandate is
data: what may be booked, summoned, read and said to whom. Reading follows taking part in the care, never the
title.
"""
