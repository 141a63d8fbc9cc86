"""Min sida: the child's own pages, in three sets by age (B1, B2, U), with pictures, few words and no hurry.

The convention on the rights of the child is Swedish law (2018:1197): the child is told, is asked and may be
silent. What the child prepares for its meeting is seen by nobody before the child presses «Skicka».
"""
