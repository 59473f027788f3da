"""Keeping: a reader's shelf and everything that can be done with it.

Every change is a POST that comes back to where it was made; a script that asks for
JSON gets the new state instead.  No cache stores a page of these.
"""
