# SPDX-License-Identifier: GPL-2.0-or-later
"""What is expected on a page, in the order of pages that were learnt before; alignment with what is there."""
from words import *
# kinds: L label V value c choice O open M mark C close N name P T Q E H
def elements(lex,X,a,b,extra=True):
    """elements of the outline rows in form order, with ordinal -> list of dict"""
    rows=lex.rows; out=[]
    ords=defaultdict(list)
    for x in X[a:b]:
        kk=key(rows,x[0])
        if kk is not None and not x[3] and (x[1],x[2]) not in ords[kk]: ords[kk].append((x[1],x[2]))
    for x in X[a:b]:
        r=rows[x[0]]; i=x[0]; kk=key(rows,i)
        o=ords[kk].index((x[1],x[2])) if kk is not None and not x[3] else 0
        def add(kind,opt=0): out.append(((i,kind,opt,o),x))
        if r['shape']=='BLOCK':
            add('L',x[3] or 0); continue
        if r['shape']=='RECORD' or r['place']=='COLUMN': continue
        if r['kind']=='CHECK' and r['shape']=='ITEM':
            add('B_O',0);add('M',0);add('C',0);add('N',0); continue
        titled=r['shape']=='ITEM' and r['labels'] and r['labels'][0] in('提供先','移転先','委託事項')
        if r['labels'] and not titled and r['labels'][0] not in('件','様式','様式の版'): add('L')
        if r['shape']!='ITEM': continue
        if r['kind']=='CHOICE':
            add('O');add('V');add('C');add('H')
            for j in range(1,len(r['opts'])+1): add('E',j)
        elif r['kind']=='CHECKS':
            for j,(s,w,t) in enumerate(r['opts'],1):
                add('B_O',j);add('M',j);add('C',j);add('N',j)
                if t: add('P',j);add('T',j);add('Q',j)
        elif r['kind']=='COUNT': add('P');add('V');add('Q')
        else: add('V')
    return out
K={'B_O':'O','O':'O'}
def mcost(lex,e,t,X):
    """cost of token t being element e; None impossible"""
    k=e[1]; r=lex.rows[e[0]]
    if k=='L':
        if t.k=='L' and e[0] in t.rows:
            if r['shape']=='BLOCK': return 0 if (t.rng or 0)==e[2] and t.num==X[2] else None
            return 0
        return None
    if k in('O','B_O'): return 0 if t.k=='O' else None
    if k=='C': return 0 if t.k=='C' else None
    if k=='M':
        if t.k=='M': return 0
        return None
    if k=='N': return 0 if t.k=='N' and any(a==e[0] and (b==e[2]) for a,b in t.opt) else None
    if k=='H': return 0 if t.k=='H' else None
    if k=='E': return 0 if t.k=='E' and (e[0],e[2]) in t.opt else None
    if k=='P': return 0 if t.k=='P' else None
    if k=='Q': return 0 if t.k=='Q' else None
    if k=='T': return 0.2 if t.k=='V' else (1.0 if t.k in'cN' else None)
    if k in 'VW':
        if r['kind']=='CHOICE':
            if t.k=='c': return 0 if any(a==e[0] for a,b in t.opt) else None
            return None if t.k!='V' else 3.0
        if r['kind']=='COUNT':
            return 0 if t.k=='V' and re.fullmatch(r'[\d,，\s]+',norm(t.text)) else None
        if t.k=='V':
            s=norm(t.text)
            if r['kind']=='DATE': return 0 if re.search(r'年|\d',s) and len(s)<25 else 2.0
            return 0.3 if re.fullmatch(r'[\d,]+',s) else 0
        return None
    return None
GAP_E={'L':1.0,'O':.6,'B_O':.6,'M':.15,'C':.6,'N':.8,'H':.5,'E':.8,'P':.4,'Q':.4,'T':.1,'V':.5,'W':.1}
GAP_T={'L':1.0,'O':.6,'M':1.5,'C':.6,'N':.8,'H':.5,'E':.8,'P':.4,'Q':.4,'V':1.5,'c':2.0}
INF=1e9
def nw(lex,E,T,chunks=True):
    n,m=len(E),len(T)
    # D[i][j]: first i elements, first j tokens. extension of a value: V element keeps taking V tokens
    cost=[[None]*m for _ in range(n)]
    for i,(e,x) in enumerate(E):
        row=cost[i]
        for j,t in enumerate(T): row[j]=mcost(lex,e,t,x)
    D=[[INF]*(m+1) for _ in range(n+1)]
    G=[[INF]*(m+1) for _ in range(n+1)] # last token taken by element i (match state)
    bt={}
    D[0][0]=0
    for j in range(1,m+1): D[0][j]=D[0][j-1]+GAP_T[T[j-1].k]
    ext=[0]*m
    for j in range(1,m):
        a,b=T[j-1],T[j]
        if b.line==a.line+1 and a.island==b.island: ext[j]=0.0
        elif a.line==b.line: ext[j]=.3
        else: ext[j]=.45 
    for i in range(1,n+1):
        e=E[i-1][0]; ge=GAP_E[e[1]]; ci=cost[i-1]
        isv=e[1] in('V',) and lex.rows[e[0]]['kind'] in('TEXT','LIST','DATE')
        Di,Dp,Gi=D[i],D[i-1],G[i]
        Di[0]=Dp[0]+ge
        for j in range(1,m+1):
            c=ci[j-1]; g=INF
            if c is not None:
                g=Dp[j-1]+c
                t=T[j-1]
                # breaking a line run inside an island costs
                if t.k=='V' and j>1 and T[j-2].k=='V' and T[j-2].island==t.island and T[j-2].line==t.line-1: g+=.8
                if isv and Gi[j-1]+ext[j-1]<g: g=Gi[j-1]+ext[j-1]
            Gi[j]=g
            Di[j]=min(g,Dp[j]+ge,Di[j-1]+GAP_T[T[j-1].k])
    return D,G,cost,ext
def trace(lex,E,T,D,G,cost,ext):
    i,j=len(E),len(T); ass=[None]*j
    st='D'
    while i>0 or j>0:
        if st=='D':
            d=D[i][j]
            if j>0 and i>0 and G[i][j]<INF and abs(G[i][j]-d)<1e-9: st='G'; continue
            if i>0 and abs(D[i-1][j]+GAP_E[E[i-1][0][1]]-d)<1e-9: i-=1; continue
            j-=1; continue
        else:
            ass[j-1]=i-1
            g=G[i][j]; c=cost[i-1][j-1]
            t=T[j-1]
            extra=.8 if (t.k=='V' and j>1 and T[j-2].k=='V' and T[j-2].island==t.island and T[j-2].line==t.line-1) else 0
            if abs(D[i-1][j-1]+c+extra-g)<1e-9: i-=1;j-=1;st='D'
            else: j-=1
    return ass
def printed_share(E,T,ass):
    pk='LONCHE'
    tot=sum(1 for t in T if t.k in pk); ok=sum(1 for t,a in zip(T,ass) if t.k in pk and a is not None)
    return ok/max(1,tot)
LONG=13
def seqs(els,variants,rows):
    """candidate orders: (name, list of indexes into els, covered set)"""
    out=[]
    for vi,v in enumerate(variants):
        pos={}
        for i,e in enumerate(v): pos.setdefault(tuple(e),i)
        got=[]
        for q,(e,x) in enumerate(els):
            k=(e[0],'O' if e[1]=='B_O' else e[1],e[2],e[3])
            p=pos.get(k)
            if p is None and e[3]>0:
                p=pos.get((k[0],k[1],k[2],e[3]-1)); p=p+.3 if p is not None else None
            if p is None:
                for alt in {'V':('O','L'),'M':('O',),'T':('P',),'P':(),'Q':('T','P')}.get(k[1],()):
                    p=pos.get((k[0],alt,k[2] if alt!='L' else 0,e[3]))
                    if p is not None: p+=.5; break
            if p is not None: got.append((p,q))
        got.sort()
        pr=sum(1 for p,q in got if els[q][0][1] not in 'VMTPQ')
        if pr>=3 or len(got)==len(els): out.append(('p%d'%vi,[q for p,q in got],pr))
    allq=list(range(len(els))); allp=sum(1 for q in allq if els[q][0][1] not in 'VMTPQ')
    out.append(('form',allq,allp))
    def late(e):
        r=rows[e[0]]
        if e[1]=='W': return True
        if e[1]=='L': return r['shape']=='BLOCK' or len(r['labels'] and r['labels'][0] or '')>LONG and r['shape'] not in('HEADING','RISK','PART') and r['place']!='BELOW'
        if e[1] in 'CN': return r['kind']!='CHOICE'
        return e[1]=='E'
    W=[q for q in allq if not late(els[q][0])]
    wr=W+[q for q in allq if late(els[q][0])]
    # each text may also stand among the wrapped ones
    n0=len(els)
    out.append(('wrap',wr,allp))
    out.append(('back',allq[::-1],allp))
    return out
def compose(lex,n,els,T,variants,dbg=False):
    rows=lex.rows
    cand=seqs(els,variants,rows)
    left=set(range(len(els))); free=list(range(len(T))); place={}; used=[]
    old=dict(GAP_T)
    for rnd in range(4):
        best=None
        for k in GAP_T: GAP_T[k]=0.02
        for nm,order,pr in cand:
            o=[q for q in order if q in left]
            np_=sum(1 for q in o if els[q][0][1] not in 'VMTPQ')
            if np_<2 and rnd: continue
            if not o: continue
            E=[els[q] for q in o]; TT=[T[j] for j in free]
            D,G,c,x=nw(lex,E,TT)
            base=sum(GAP_E[e[1]] for e,_ in E)+.02*len(TT)
            gain=base-D[-1][-1]
            if best is not None and gain<best[0]: continue
            ass=trace(lex,E,TT,D,G,c,x)
            mset=set(a for a in ass if a is not None)
            miss=sum(GAP_E[E[i][0][1]] for i in range(len(E)) if i not in mset and E[i][0][1] not in 'VMTPQ')
            sc=gain-2.0*miss-(.5 if nm[0]!='p' else 0)
            if best is None or sc>best[0]:
                m=sum(1 for t,a in zip(TT,ass) if a is not None and t.k in 'LNEOCH')
                best=(sc,nm,o,ass,m/max(1,np_))
        for k in old: GAP_T[k]=old[k]
        if best is None: break
        g,nm,o,ass,sh=best
        used.append((nm,round(g,1),len(o),round(sh,2)))
        at={}
        for jj,a in enumerate(ass):
            if a is not None: at.setdefault(a,free[jj])
        last=-1
        # positions
        ps=[at.get(i) for i in range(len(o))]
        nxt=None
        for i,q in enumerate(o):
            if ps[i] is not None: last=ps[i]; place[q]=(last,rnd,i)
            else: place[q]=(last+.5,rnd,i)
        left-=set(o)
        tk={free[jj] for jj,a in enumerate(ass) if a is not None and T[free[jj]].k!='V'}
        free=[j for j in free if j not in tk]
        if not left: break
    # leftovers: after form-order predecessor
    last=(-1,9,0)
    for q in range(len(els)):
        if q in place: last=place[q]
        else: place[q]=(last[0]+.01,last[1],last[2]+.1)
    order=sorted(range(len(els)),key=lambda q:place[q])
    E=[els[q] for q in order]
    return E,used
