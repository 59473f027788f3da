"""What only the editors' pages say."""

from __future__ import annotations

from django import template

from articles.models import Problem
from articles.problems import problem_label

register = template.Library()


@register.filter
def label(problem: Problem) -> str:
    """What its code means, in the language of the page."""
    return problem_label(problem.code)
