# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts painted pages together."""
import itertools
from collections import defaultdict
def build(documents,rows):
    """Pages that agree wholly where they overlap become one; a page is a list of (row, kind, option, twin)."""
    var=[]
    for d in documents:
        for pn,p in enumerate(d,1):
            q=[e for e,t in p if e]
            # ordinals of block instance on page per part
            insts=defaultdict(list)
            for r,k,o,i in q:
                insts[key(rows,r)].append(i) if i and i not in insts[key(rows,r)] else None
            for z in insts: insts[z].sort()
            seq=[];seen=set()
            for r,k,o,i in q:
                e=(r,k,o,insts[key(rows,r)].index(i) if i and key(rows,r) is not None else 0)
                if e in seen: continue
                seen.add(e); seq.append(e)
            if len(seq)<4: continue
            seqs=[seq]
            best=None
            A={e:i for i,e in enumerate(seq)}
            for v in var:
                B={e:i for i,e in enumerate(v)}
                c=[e for e in seq if e in B]
                if len(c)<min(10,len(seq)): continue
                bad=sum((B[x]>B[y]) for x,y in itertools.combinations(c,2))
                if bad==0:
                    if best is None or len(c)>best[0]: best=(len(c),v)
            if best:
                v=best[1]; vs=set(v); prev=None
                for e in seq:
                    if e not in vs:
                        j=v.index(prev)+1 if prev is not None else 0
                        v.insert(j,e); vs.add(e)
                    prev=e
            else: var.append(list(seq))
    return [v for i,v in enumerate(var) if not any(covers(w,v) and (len(w)>len(v) or j<i) for j,w in enumerate(var) if j!=i)]
def covers(page,other):
    """Whether PAGE has all that is on OTHER, in its order."""
    at={e:i for i,e in enumerate(page)}
    found=[at.get(e) for e in other]
    return None not in found and found==sorted(found)
def key(rows,r):
    p=rows[r]['path'] or ''
    # block the row belongs to
    j=r
    d=rows[r]['depth']
    if rows[r]['shape']=='BLOCK': return r
    while j>=0:
        if rows[j]['depth']<d:
            d=rows[j]['depth']
            if rows[j]['shape']=='BLOCK': return j
            if rows[j]['shape']=='PART': return None
        j-=1
    return None
