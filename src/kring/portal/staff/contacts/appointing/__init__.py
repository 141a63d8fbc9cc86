"""Whom the family turns to, appointed on a page: fast vårdkontakt, läkarkontakt and coordinator (patientlagen
6:2, HSF 2017:80 4:1), with a deputy, a handover and, for a coordinator, a mandate in words.
"""
