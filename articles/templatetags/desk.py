"""What only the editors' pages say."""

from __future__ import annotations

from django import template

from articles.models import Block, Problem
from articles.problems import doubts_in_words, problem_label, problem_text

register = template.Library()


@register.filter
def label(problem: Problem) -> str:
    """What its code means, in the language of the page."""
    return problem_label(problem.code)


@register.filter
def in_words(problem: Problem) -> str:
    """What it says, where that is more than its label: a sentence with its facts."""
    if not problem.detail or problem.code == "join-missing":
        return ""
    return problem_text(problem.code, problem.detail, "")


@register.filter
def doubts(block: Block) -> list[str]:
    """Why the parser is not sure of the paragraph, in the language of the page."""
    return doubts_in_words(block.reasons)
