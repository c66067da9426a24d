"""How much of a caption the costlier checks look at: more than any caption has, so that pasted books hold nobody up."""

LONGEST = 6_000
"""Characters."""
MOST = 40
"""Dates, words or brackets that are judged one by one."""
