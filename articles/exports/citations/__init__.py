"""One ``Citation`` of an article, and the forms it takes for people and programs.

Each form is a function ``Citation → str`` in a module of its own.
"""

from articles.exports.citations.bibtex import as_bibtex
from articles.exports.citations.csl import as_csl_json
from articles.exports.citations.gbt7714 import as_gbt7714
from articles.exports.citations.record import Citation, Name, cite
from articles.exports.citations.ris import as_ris

__all__ = [
    "Citation",
    "Name",
    "as_bibtex",
    "as_csl_json",
    "as_gbt7714",
    "as_ris",
    "cite",
]
