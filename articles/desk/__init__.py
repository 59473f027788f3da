"""The editors' desk: the queue, an issue beside its printed lines, the history.

Views here translate between requests and ``articles.editing``; nothing here writes.
"""
