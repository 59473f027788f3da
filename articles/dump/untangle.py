"""naive"""
from __future__ import annotations
from dataclasses import replace
from . import cues
from .flow import *

def untangle(dump: Dump) -> Dump:
    inhead={u:h for h,head in enumerate(dump.heads) for u in head.units}
    strands=[]; cur=None; units=[]; links=[]
    def flush():
        nonlocal units, links
        if cur is not None or units: strands.append(Strand(cur,tuple(units),tuple(links)))
        units=[];links=[]
    for i,u in enumerate(dump.units):
        if i in inhead:
            if inhead[i]!=cur: flush(); cur=inhead[i]
            continue
        r=dump.labels[i].role
        if r in FURNITURE_ROLES: continue
        prev=units[-1] if units else None
        joined = prev is not None and dump.labels[prev].role is Role.PARAGRAPH and r is Role.PARAGRAPH and not cues.FINAL.search(dump.units[prev].cue) and not cues.HALF_FINAL.search(dump.units[prev].cue)
        links.append(Link(prev,i,joined,0.9) if prev is not None else None)
        units.append(i)
    flush()
    return replace(dump,strands=tuple(strands))
