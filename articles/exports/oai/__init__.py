"""OAI-PMH 2.0 (openarchives.org): libraries fetch the records, and later what changed.

``arguments`` reads a request, ``verbs`` answers it with a template and its values,
``records`` and ``sets`` read the tables, ``tokens`` carry a list on, and every error
of the protocol is a class in ``errors``.
"""
