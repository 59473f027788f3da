"""A few damaged dumps; tests/benchmarks/parser_mutations.py makes thousands."""

from tests.benchmarks.parser_mutations import run


def test_no_damage_breaks_the_parser_or_its_ledger() -> None:
    assert run(count=40, seed=11) == 0
