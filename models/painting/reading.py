# SPDX-License-Identifier: GPL-2.0-or-later
"""What is painted when on the pages of a text whose values are known: its words are tied to the rows by their values,
brackets and marks by the order learnt so far, by what they stand beside, and by what the reading says is marked."""
from order import *
from boxes import *
def gold(fn):
    """A field table without head: path, value. Where the first line is !partial: path, first words, page."""
    G={}; hints=[]
    lines=open(fn,encoding='utf-8').read().splitlines()
    partial=lines[0]=='!partial'
    for l in lines[partial:]:
        c=l.split('\t')
        if c[0].startswith('!') or c[0]=='path': continue
        if partial or len(c)>2: hints.append((int(c[2]),c[1],c[0]))
        else: G[c[0]]=c[1].replace('\\n','').replace('\\t','')
    return (None if partial else G),hints
def hung(cost):
    # min cost assignment rows->cols (rows<=cols), O(n^2 m)
    n=len(cost)
    if not n: return []
    m=len(cost[0]); flip=False
    INFH=1e12
    u=[0]*(n+1);v=[0]*(m+1);p=[0]*(m+1);way=[0]*(m+1)
    for i in range(1,n+1):
        p[0]=i;j0=0;minv=[INFH]*(m+1);used=[False]*(m+1)
        while True:
            used[j0]=True;i0=p[j0];delta=INFH;j1=0
            for j in range(1,m+1):
                if not used[j]:
                    cur=cost[i0-1][j-1]-u[i0]-v[j]
                    if cur<minv[j]: minv[j]=cur;way[j]=j0
                    if minv[j]<delta: delta=minv[j];j1=j
            for j in range(m+1):
                if used[j]: u[p[j]]+=delta;v[j]-=delta
                else: minv[j]-=delta
            j0=j1
            if p[j0]==0: break
        while j0:
            j1=way[j0];p[j0]=p[j1];j0=j1
    out=[-1]*n
    for j in range(1,m+1):
        if p[j]: out[p[j]-1]=j-1
    return out
def path_of(lex,e,x):
    r=lex.rows[e[0]]; p=r['path']
    # fill numbers
    nums=[]
    if p.startswith('file[]'): nums.append(x[1])
    if p.count('[]')>len(nums): nums.append(x[2])
    for q in nums: p=p.replace('[]','[%d]'%q,1)
    return p
def label(rows,n,fn,reading,V,g):
    """What is painted on the pages of text FN, whose values READING has; partial: the first words of some."""
    lex=Lex(n); G,hints=gold(reading)
    pages=[cut(lex,L) for L in read(fn)]
    X,res=outline(lex,pages); out=[]
    for pn,(T,(a,b)) in enumerate(zip(pages,res),1):
        if b<=a: out.append([]); continue
        if any(t.k=='L' and t.opt in('変更日','別添2変更箇所','提出時期に係る説明') for t in T) and pn>3: out.append([]); continue
        els=elements(lex,X,a,b)
        R=restrict(g,T)
        E0,usedv=compose(lex,n,els,T,V); trials=[]
        learnt=seqs(els,V,rows)
        def fit(order):
            E=[els[q] for q in order]; D,Gm,c,x=nw(lex,E,T); return D[-1][-1]+sum(GAP_E[e[1]] for q,(e,_) in enumerate(els) if q not in set(order))
        rr=sorted((fit(o),i) for i,(nm,o,pr) in enumerate(learnt) if nm[0]=='p')
        for E in [E0]+([[els[q] for q in learnt[rr[0][1]][1]]] if rr else []):
            ass=[None]*len(T)
            nwass=None
            if G is None:
                D_,G_,c_,x_=nw(lex,E,T); nwass=trace(lex,E,T,D_,G_,c_,x_)
            # unique anchors
            ei={e:i for i,(e,x) in enumerate(E)}
            def cls(kind): return [i for i,(e,x) in enumerate(E) if (e[1] if e[1]!='B_O' else 'O')==kind]
            anchors={}
            for kind in 'LNE':
                for j,t in enumerate(T):
                    if t.k!=kind: continue
                    c=[i for i in cls(kind) if mcost(lex,*E[i][:1],t,E[i][1]) is not None]
                    if len(c)==1: anchors[c[0]]=j
            def expect(i):
                lo=max((k for k in anchors if k<=i),default=None); hi=min((k for k in anchors if k>=i),default=None)
                c=[]
                if lo is not None: c.append(anchors[lo]+.5)
                if hi is not None: c.append(anchors[hi]-.5)
                return c or [len(T)/2]
            for i,j in anchors.items(): ass[j]=i
            used=set(anchors)
            hs=[h for h in hints if h[0]==pn]
            hinted=set(); cur=None; done=set()
            for j,t in enumerate(T):
                if t.k in 'VcN':
                    if cur is not None and T[j-1].k=='V' and t.k=='V' and (T[j-1].island==t.island or t.island-T[j-1].island==1) and ass[j-1]==cur and not any(norm(t.text).startswith(norm(h[1])) for h in hs): ass[j]=cur; hinted.add(j); continue
                    cur=None
                    for hk,h in enumerate(hs):
                        if norm(t.text).startswith(norm(h[1])) and hk not in done:
                            if t.k=='N' and not(j>0 and T[j-1].k=='M' and T[j-1].line==t.line and T[j-2].line!=t.line): continue
                            i=next((i for i,(e,x) in enumerate(E) if (e[1]=='V' and path_of(lex,e,x)==h[2]) or (e[1]=='T' and path_of(lex,e,x)+'/'+rows[e[0]]['opts'][e[2]-1][0]+'/text'==h[2])),None)
                            if i is not None:
                                if ass[j] is not None: 
                                    for q in [q for q in anchors if anchors[q]==j]: del anchors[q]
                                ass[j]=i; used.add(i); hinted.add(j); cur=i if t.k=='V' else None
                                if sum(1 for h2 in hs if h2[1]==h[1])>1: done.add(hk)
                                break
            # values by gold
            if G is not None:
                for j,t in enumerate(T):
                    if t.k not in('V','c','N') : continue
                    if ass[j] is not None: continue
                    s=norm(t.text)
                    c=[]
                    for i,(e,x) in enumerate(E):
                        if e[1] not in 'VT': continue
                        p=path_of(lex,e,x)
                        if e[1]=='T': p+='/'+rows[e[0]]['opts'][e[2]-1][0]+'/text'
                        v=norm(G.get(p,''))
                        if v and (s==v or (len(s)>3 and s in v)): c.append(i)
                    if c: 
                        # nearest in expectation
                        k=j-1
                        if k>=0 and ass[k] in c and T[k].k=='V' and E[ass[k]][0][1]=='V' and norm(T[k].text)+s in norm(G.get(path_of(lex,*E[ass[k]]),'')): ass[j]=ass[k]; continue
                        f=[i for i in c if i not in used] or c
                        i=min(f,key=lambda i:min(abs(j-z) for z in expect(i))); ass[j]=i; used.add(i)
            if nwass:
                for j,t in enumerate(T):
                    if t.k in('V','c') and ass[j] is None and nwass[j] is not None and E[nwass[j]][0][1] in 'VT' and nwass[j] not in {ass[q] for q in hinted}: ass[j]=nwass[j]; used.add(nwass[j])
            # the classes
            for kind in 'NLECHMOPQ':
                js=[j for j,t in enumerate(T) if t.k==kind and ass[j] is None]
                is_=[i for i in cls(kind) if i not in used]
                if kind=='M' and G is not None:
                    def marked(i):
                        e,x=E[i]; p=path_of(lex,e,x)
                        if e[2]: p+='/'+rows[e[0]]['opts'][e[2]-1][0]
                        return G.get(p)=='1'
                    is_=[i for i in is_ if marked(i)]
                if not js or not is_: continue
                cost=[]
                for j in js:
                    rowc=[]
                    for i in is_:
                        e,x=E[i]; c=min(abs(j-z) for z in expect(i))**.8
                        if mcost(lex,e,T[j],x) is None: c=1e6
                        if kind in 'OMC' and R[j] is not None and (e[0],e[2]) not in R[j]: c+=1e3
                        if kind=='M':
                            # its bracket right before
                            if j>0 and ass[j-1] is not None and E[ass[j-1]][0][1] in('O','B_O'): c+= 0 if E[ass[j-1]][0][0]==e[0] and E[ass[j-1]][0][2:]==e[2:] else 500
                            if j+1<len(T) and T[j+1].k=='C' and ass[j+1] is not None: c+=0 if E[ass[j+1]][0][0]==e[0] and E[ass[j+1]][0][2:]==e[2:] else 500
                        if kind=='O' and j+1<len(T) and T[j+1].line==T[j].line:
                            if T[j+1].k in'C' and ass[j+1] is not None: c+=0 if E[ass[j+1]][0][0]==e[0] and E[ass[j+1]][0][2:]==e[2:] else 100
                            if T[j+1].k=='M' and ass[j+1] is not None: c+=0 if E[ass[j+1]][0][0]==e[0] and E[ass[j+1]][0][2:]==e[2:] else 100
                        rowc.append(c)
                    cost.append(rowc)
                # pad
                if len(js)>len(is_):
                    for rr in cost: rr.extend([3e5]*(len(js)-len(is_)))
                h=hung(cost)
                for q,j in enumerate(js):
                    if 0<=h[q]<len(is_) and cost[q][h[q]]<1e5: ass[j]=is_[h[q]]; used.add(is_[h[q]])
            rel=linesteps(T); relof=defaultdict(list)
            for q in rel: relof[q[0]].append(q); relof[q[1]].append(q)
            mv=[j for j,t in enumerate(T) if t.k in 'OMC' and not(t.k=='C' and j+1<len(T) and T[j+1].k=='N' and T[j+1].line==t.line)]
            base={}
            def cost1(j,i):
                if i is None: return 40
                e,x=E[i]
                if (j,i) in base: return base[j,i]
                if mcost(lex,e,T[j],x) is None: c=1e6
                else:
                    c=min(abs(j-z) for z in expect(i))**.8
                    if R[j] is not None and (e[0],e[2]) not in R[j]: c+=1e3
                    if T[j].k=='M' and G is not None and not marked(i): c+=1e5
                base[j,i]=c
                return c
            def total(js):
                c=0;seen=set()
                for j in js:
                    c+=cost1(j,ass[j])
                    for q in relof[j]:
                        if q in seen: continue
                        seen.add(q)
                        if ass[q[0]] is not None and ass[q[1]] is not None: c+=100*viol(g,E[ass[q[0]]][0],E[ass[q[1]]][0],q[2])
                    # mark and bracket of one option
                    if T[j].k in 'OM':
                        for a,b in ((j,j+1),(j-1,j)):
                            if 0<=a and b<len(T) and T[a].k=='O' and T[b].k=='M' and T[a].line==T[b].line and ass[a] is not None and ass[b] is not None:
                                ea,eb=E[ass[a]][0],E[ass[b]][0]
                                if (ea[0],ea[2],ea[3])!=(eb[0],eb[2],eb[3]) : c+=60
                return c
            def marked(i):
                e,x=E[i]; p=path_of(lex,e,x)
                if e[2]: p+='/'+rows[e[0]]['opts'][e[2]-1][0]
                return G.get(p)=='1'
            improved=True; it=0
            allel={k:[i for i,(e,x) in enumerate(E) if (e[1] if e[1]!='B_O' else 'O')==k] for k in 'OMC'}
            while improved and it<12:
                improved=False; it+=1
                for a in mv:
                    usedset={v:j for j,v in enumerate(ass) if v is not None}
                    for i in allel[T[a].k]:
                        if i==ass[a]: continue
                        if cost1(a,i)>=1e3: continue
                        b=usedset.get(i)
                        if b is not None and b not in mv: continue
                        js=[a]+([b] if b is not None else [])
                        old=total(js); oa=ass[a]
                        ass[a]=i
                        if b is not None: ass[b]=oa
                        new=total(js)
                        if new<old-1e-6: improved=True; usedset={v:j for j,v in enumerate(ass) if v is not None}
                        else:
                            ass[a]=oa
                            if b is not None: ass[b]=i
                    # move an O+M pair together
                    if T[a].k=='O' and a+1 in mv and T[a+1].k=='M' and T[a+1].line==T[a].line:
                        usedset={v:j for j,v in enumerate(ass) if v is not None}
                        for i in allel['O']:
                            e=E[i][0]
                            i2=next((q for q in allel['M'] if E[q][0][0]==e[0] and E[q][0][2:]==e[2:]),None)
                            if i2 is None or cost1(a,i)>=1e3 or cost1(a+1,i2)>=1e3: continue
                            b=usedset.get(i);b2=usedset.get(i2)
                            if b==a: continue
                            if (b is not None and b not in mv) or (b2 is not None and b2 not in mv): continue
                            js=list({a,a+1}|({b} if b is not None else set())|({b2} if b2 is not None else set()))
                            save=list(ass); old=total(js)
                            oa,oa2=ass[a],ass[a+1]
                            ass[a]=i; ass[a+1]=i2
                            if b is not None: ass[b]=oa
                            if b2 is not None and b2!=a+1: ass[b2]=oa2
                            if total(js)<old-1e-6: improved=True; usedset={v:j for j,v in enumerate(ass) if v is not None}
                            else: ass[:]=save
            bad=[(T[q[0]].text+T[q[1]].text) for q in rel if ass[q[0]] is not None and ass[q[1]] is not None and viol(g,E[ass[q[0]]][0],E[ass[q[1]]][0],q[2])]
            seq=[]
            for j,t in enumerate(T):
                if ass[j] is None: seq.append((None,t.text)); continue
                e,x=E[ass[j]]
                el=(e[0],'O' if e[1]=='B_O' else e[1],e[2],x[2] if not x[3] else 0)
                if seq and seq[-1][0]==el and e[1] in 'VT': continue
                seq.append((el,t.text))
            trials.append((len(bad),len(trials),seq,bad))
        seq=min(trials)[2]
        out.append(seq)
    return out
