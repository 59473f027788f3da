"""A reader's shelf: what may be done with it, and nothing of requests but who asks.

shelf        whose shelf a request means; making one with the first bookmark
keeping      putting on and taking off, notes, tags, read; undoing
records      bookmarks and highlights as plain data: the one form they travel in
joining      records into a shelf, as a union: merging, importing and undoing
anchoring    finding a passage again in a changed text; pure
passages     highlights: taking one, settling them after a change of text
following    bookmarks after an import has moved their paragraphs
listing      filters, search and order of a shelf's page
formats/     files out and in
"""

from articles.bookmarks.shelf import Shelf, open_shelf

__all__ = ["Shelf", "open_shelf"]
