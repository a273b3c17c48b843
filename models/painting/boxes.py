# SPDX-License-Identifier: GPL-2.0-or-later
"""Brackets on one line of text share a line of the page: a space leads right, its lack left."""
from words import *
def restrict(g,T):
    """for each token None or set of (row,opt) it may belong to"""
    out=[None]*len(T)
    by=defaultdict(list)
    for i,t in enumerate(T): by[t.line].append(i)
    for line,ix in by.items():
        step=[]  # between ix[k] and ix[k+1]: 'r' or 'l'
        for a,b in zip(ix,ix[1:]):
            s=T[a].text; q=T[b].text
            step.append('r' if s[-1:] in ' 　' or q[:1] in ' 　' or T[b].sp else 'l')
        for k,i in enumerate(ix):
            t=T[i]
            if t.k not in 'OMCPQ': continue
            cand=None
            if t.k=='C' and k+1<len(ix) and T[ix[k+1]].k=='N' :
                out[i]=set(T[ix[k+1]].opt); continue
            if t.k in 'OM':
                q=k+1
                if t.k=='O' and q<len(ix) and T[ix[q]].k=='M': q+=1
                if q+1<len(ix) and T[ix[q]].k=='C' and T[ix[q+1]].k=='N' and all(x=='r' for x in step[k:q+1]): out[i]=set(T[ix[q+1]].opt); continue
            for m,j in enumerate(ix):
                if T[j].k!='N': continue
                s=set()
                st=step[k:m] if k<m else step[m:k]
                kind=''.join(sorted(set(st)))
                for (r,o) in T[j].opt:
                    if r not in g or o not in g[r]: continue
                    vr,c=g[r][o]
                    for o2,(vr2,c2) in g[r].items():
                        if vr2!=vr: continue
                        ok=True
                        if t.k in 'OMC':
                            if k<m and kind=='r': ok=c2<=c
                            elif k<m and kind=='l': ok=c2>c
                            elif k>m and kind=='r': ok=c2>c
                            elif k>m and kind=='l': ok=c2<=c
                        if ok: s.add((r,o2))
                if s: cand=s if cand is None else cand&s or cand
            # choice words beside a bracket
            for m in (k-1,k+1):
                if 0<=m<len(ix) and T[ix[m]].k=='c' and t.k in 'OC' and cand is None: cand={(r,0) for r,o in T[ix[m]].opt}
            out[i]=cand
    return out
KR={'O':0,'B_O':0,'M':1,'C':2,'N':3,'P':4,'T':5,'Q':6}
def linesteps(T):
    by=defaultdict(list)
    for i,t in enumerate(T): by[t.line].append(i)
    rel=[]
    for line,ix in by.items():
        step=[('r' if (T[a].text[-1:] in ' 　' or T[b].text[:1] in ' 　' or T[b].sp) else 'l') for a,b in zip(ix,ix[1:])]
        for k in range(len(ix)):
            for m in range(k+1,len(ix)):
                i,j=ix[k],ix[m]
                if T[i].k in 'OMCN' and T[j].k in 'OMCN':
                    st=set(step[k:m]); rel.append((i,j,st.pop() if len(st)==1 else 'x'))
    return rel
def viol(g,ei,ej,rel):
    """ei,ej: (row,kind,opt,ord)"""
    ca,cb=ei[0] in g,ej[0] in g
    if ca!=cb: return 1
    if not ca: return 0
    if ei[2]==0 or ej[2]==0: return 0
    if ei[0]!=ej[0] or ei[3]!=ej[3]:
        return 1
    if ei[0] not in g or ei[2] not in g[ei[0]] or ej[2] not in g[ei[0]]: 
        return 0
    a=g[ei[0]][ei[2]];b=g[ei[0]][ej[2]]
    if a[0]!=b[0]: return 1
    xa=(a[1],KR[ei[1]]);xb=(b[1],KR[ej[1]])
    if rel=='r' and not xa<xb: return 1
    if rel=='l' and not xa>xb: return 1
    return 0
