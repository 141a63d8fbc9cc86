"""Log review (loggranskning) and «Vem har läst»: what becomes of the access log.

A care provider shall check its log systematically and again and again, and write down what the checks found
(patientdatalagen 4 kap. 3 §, HSLF-FS 2016:40 4 kap. 9 §); a family may have out who has read (8 kap. 5 §).
The reviewer sees who opened what about whom and why it was looked at, never the content of a record. The
family sees unit, role and time, never a name, and can ask about one reading.
"""
