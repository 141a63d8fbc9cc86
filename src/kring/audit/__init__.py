"""The access log (åtkomstlogg): who did what with which child's data, where, when, and by which rule.

Required by patientdatalagen 4 kap. 3 § and HSLF-FS 2016:40 4 kap. 9 §; kept at least five years. Rows are
only ever added. Each row carries a keyed digest over itself and the row before it in its chain, so that a
changed, removed or reordered row is found (`./kring audit verify`). There are no foreign keys: the log
outlives what it tells of.
"""
