"""Mina sidor: what a guardian sees and does around the own child, while the child is under the age limit.

Vårdnadshavare read the plan, the times and who holds the care together; they answer calls to meetings,
confirm that they have read a version, and ask. Nothing here signs for the child or blocks anything.
"""
