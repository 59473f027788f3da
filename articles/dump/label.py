"""Every unit gets a role and a reason, from its form and its neighbours.

In: ``Dump.units``, ``contents``, ``issue``.  Out: ``Dump.labels``.  The rules
are listed in the order in which they may claim: the surest first.  Which
article a paragraph belongs to is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from . import (
    banners,
    boxes,
    broadcast,
    bylines,
    edges,
    furniture,
    headlines,
    house,
    listed,
    ornaments,
    passages,
    scholarly,
    turned,
    unsigned,
)
from .flow import Dump
from .sheet import Sheet, open_sheet

CLAIMS: tuple[Callable[[Sheet], None], ...] = (
    passages.claim_tables,
    broadcast.claim_programmes,
    listed.claim_listed_titles,
    furniture.claim_rules,
    furniture.claim_page_numbers,
    passages.claim_jumps,
    boxes.claim_chronicles,
    boxes.claim_weather,
    edges.claim_front,
    passages.claim_affiliations,
    broadcast.claim_stage_directions,
    scholarly.claim_notes,
    scholarly.claim_references,
    edges.claim_routing,
    furniture.claim_running_heads,
    edges.claim_back,
    passages.claim_credits,
    furniture.claim_captions,
    furniture.claim_staff,
    scholarly.claim_foreign_heads,
    boxes.claim_headed_items,
    boxes.claim_boxes,
    headlines.claim_decks,
    house.claim_styled_headlines,
    house.claim_reserved_ranks,
    ornaments.claim_labels,
    ornaments.claim_ornaments,
    ornaments.claim_shops,
    passages.claim_marked_verse,
    ornaments.claim_adverts,
    turned.claim_spaced_labels,
    turned.claim_names_above,
    bylines.claim_bylines,
    passages.claim_head_offices,
    bylines.claim_end_bylines,
    banners.claim_slogans,
    banners.claim_appeals,
    headlines.claim_headlines,
    headlines.claim_news,
    headlines.claim_paper_headlines,
    headlines.claim_paper_titles,
    headlines.claim_issuing_offices,
    headlines.claim_tight_lines,
    banners.claim_names_below,
    banners.claim_named_columns,
    banners.claim_ranked_titles,
    banners.claim_page_labels,
    banners.claim_short_items,
    boxes.claim_bare_boxes,
    boxes.claim_empty_boxes,
    headlines.claim_placed_headlines,
    headlines.claim_ranked_headlines,
    headlines.claim_tight_lines,
    unsigned.claim_page_tops,
    unsigned.claim_unsigned_headlines,
    house.claim_last_resort,
    boxes.claim_item_labels,
    bylines.claim_bylines,  # again: bare names below the headlines just found
    headlines.claim_subtitles,
    ornaments.claim_repeats,
    ornaments.claim_repeated_verse,
    ornaments.claim_doubled_lines,
    passages.claim_verse,
    passages.claim_bracketed_lines,
    passages.claim_lone_lines,
    passages.claim_headings,
    passages.claim_rest,
)


def label_lines(dump: Dump) -> Dump:
    """Run the claims in order of certainty."""
    sheet = open_sheet(dump)
    for claim in CLAIMS:
        claim(sheet)
    return replace(dump, labels=tuple(sheet.labels))
