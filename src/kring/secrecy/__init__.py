"""Secrecy (sekretess) around one child: what is closed and opened, by whom, and until when.

A unit head's decisions about a guardian's access, maturity assessments, blocks that the child sets and those
who lift them, emergency openings, and what a young person shares with its guardians. The rows stand in
`kring.children`, the law in `kring.access.policy`; here they are written and read.
"""
