"""S28 «Oro för ett barn»: first what to do now, then a locked note, then handing it to social services; and
what social services have been handed.
"""
