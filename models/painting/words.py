# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts in painting order: their words, and which rows of the form each page has."""
import re,unicodedata
from collections import Counter,defaultdict
from form import *
from merge import key
MARKS='○〇●✓✔レ■◯Ｏ'
class Tok:
    __slots__='k text rows opt line island num rng first sp'.split()
    def __init__(s,**a):
        for x in s.__slots__: setattr(s,x,a.get(x))
    def __repr__(s): return '%s:%s'%(s.k,s.text[:14])
class Lex:
    def __init__(s,n):
        s.rows=load(n); s.lab=defaultdict(list); s.opt=defaultdict(list); s.choice=defaultdict(list)
        for r in s.rows:
            for q in r['labels']:
                if r['shape'] not in('RECORD',) and r['shape']!='BLOCK' and q not in('件','様式','様式の版','提供先','移転先','委託事項','項目'): s.lab[q].append(r['i'])
            for j,(slug,ws,t) in enumerate(r['opts'],1):
                for w in ws:
                    (s.opt if r['kind']=='CHECKS' else s.choice)[w].append((r['i'],j))
            if r['kind']=='CHECK' :
                for q in r['labels']: s.opt[q].append((r['i'],0)); s.lab.pop(q,None)
        s.blocks={q:r['i'] for r in s.rows if r['shape']=='BLOCK' for q in r['labels']}
def nmap(s):
    out=[];mp=[]
    for i,c in enumerate(s):
        for d in unicodedata.normalize('NFKC',c):
            if d.isspace() or d=='※': continue
            out.append(d); mp.append(i)
    mp.append(len(s))
    return ''.join(out),mp
def cut(lex,lines):
    toks=[]
    for li,(line,isl) in enumerate(lines):
        s=line; pos=0; free=0
        def emit(k,a,b,**x):
            t=s[a:b]
            if t.strip(' 　') or k!='V':
                toks.append(Tok(k=k,text=t,line=li,island=isl,first=not s[:a].strip(' 　'),sp=a>0 and s[a-1] in ' 　',**x))
        def flush(b):
            nonlocal free
            if s[free:b].strip(' 　'): emit('V',free,b)
        i=0
        N,mp=nmap(s)
        inv={}
        for k,v in enumerate(mp): inv.setdefault(v,k)
        atstart=True
        while i<len(s):
            c=s[i]
            if c in ' 　':
                i+=1; continue
            # position in normalised
            k=inv.get(i)
            prevfree=s[free:i].strip(' 　')
            bound=not prevfree or s[i-1]==' '
            last=toks[-1].k if toks and toks[-1].line==li else None
            def span(w):
                return mp[k+len(w)] if k is not None else i
            rest=N[k:] if k is not None else ''
            hit=None
            if c=='[' : hit=('O',i+1,{})
            elif c==']' : hit=('C',i+1,{})
            elif c=='＜' and rest.startswith('<選択肢>'): hit=('H',span('<選択肢>'),{})
            elif c in MARKS and (bound or last=='O') and (s[i+1:].strip(' 　')=='' or s[i+1:i+2] in ' ][') : hit=('M',i+1,{})
            elif c in '（(' and last=='N' and not prevfree: hit=('P',i+1,{})
            elif c in '（(' and s[i+1:].strip(' 　') in('','）',')','）　件','） 件') or (c in'（(' and re.fullmatch(r'[（(]\s*[\d,，]*\s*[)）][\s　]*件?',s[i:].strip())): hit=('P',i+1,{})
            elif c in '（(' and not prevfree and not re.match(r'[（(].{0,3}[)）]',s[i:]) and last=='N': hit=('P',i+1,{})
            elif c in ')）' and s[i+1:].strip(' 　') in('','件') : 
                if bound or (prevfree and toks and last=='P'): hit=('Q',len(s),{})
            elif c in ')）' and last in('P','Q',None) and (not prevfree or last=='P') : hit=('Q',i+1,{})
            elif c=='件' and last=='Q' and not prevfree: hit=('Q',i+1,{})
            if not hit and bound or (not hit and last in('C','M','O','N','E') and not prevfree):
                m=re.match(r'(\d+)\)',rest)
                if m:
                    w=max((w for w in lex.choice if rest[m.end():].startswith(w)),key=len,default=None)
                    if w: 
                        ids=[z for z in lex.choice[w] if z[1]==int(m[1])]
                        if ids: hit=('E',span(m[0]+w),dict(opt=ids))
                if not hit and last in('C',None,'N','O','M','Q','T','V'):
                    w=max((w for w in lex.opt if rest.startswith(w)),key=len,default=None)
                    if w and (last=='C' or len(w)>6 ):
                        q=mp[k+len(w)-1]+1
                        if q>=len(s) or s[q] in ' 　[](（○✓': hit=('N',q,dict(opt=lex.opt[w]))
                if not hit:
                    w=max((w for w in lex.choice if rest.startswith(w)),key=len,default=None)
                    if w:
                        e=k+len(w)
                        if e==len(N) or N[e] in'[]' or (N[e] in'123456<' and last in('O','E')):
                            hit=('c',span(w),dict(opt=lex.choice[w]))
                if not hit:
                    for pre in ('','.','()'):
                        q=rest
                        if pre=='.': 
                            m=re.match(r'(\d+|[IV]+)\.',rest)
                            if not m: continue
                            q=m[1]+rest[m.end():]; extra=1
                        elif pre=='()':
                            m=re.match(r'\((別添\d)\)',rest)
                            if not m: continue
                            q=m[1]+rest[m.end():]; extra=2
                        else: extra=0
                        w=max((w for w in lex.lab if q.startswith(w)),key=len,default=None)
                        if w and (len(w)>=4 or i<=1) :
                            a=mp[k+extra+len(w)-1]+1
                            tail=s[a:].strip(' 　')
                            # the label ends the line or is followed by a space or ※
                            if not tail or s[a] in ' 　※[－' or tail[0] in '※[':
                                rows=lex.lab[w]
                                hit=('L',a,dict(rows=rows,opt=w))
                                mm=re.match(r'[\s　]*※?(\(7\.2を除く。\)|（７．②を除く。）)?',s[a:])
                                if mm: hit=('L',a+mm.end(),dict(rows=rows,opt=w))
                        if hit: break
                    if not hit:
                        for b,r in lex.blocks.items():
                            m=re.match(re.escape(b)+r'(\d+)(~(\d+))?',rest)
                            if m and (k+m.end()==len(N) or s[mp[k+m.end()-1]+1:mp[k+m.end()-1]+2] in' 　'):
                                hit=('L',span(m[0]),dict(rows=[r],num=int(m[1]),rng=int(m[3]) if m[3] else None,opt=b))
            if hit:
                flush(i); emit(hit[0],i,hit[1],**hit[2]); i=hit[1]; free=i
            else: i+=1
        flush(len(s))
    # wrapped labels: join V lines that continue a label start
    out=[];i=0
    labs=list(lex.lab)
    while i<len(toks):
        t=toks[i]
        if t.k=='V' and t.first:
            acc='';j=i;found=None
            while j<len(toks) and j<i+5 and toks[j].k=='V' and toks[j].island==t.island:
                a=nmap(toks[j].text)[0]
                if j==i: a=re.sub(r'^(\d+|[IV]+)\.',r'\1',a)
                acc+=a; j+=1
                if len(acc)<4 or not any(w.startswith(acc) for w in labs): break
                if acc in lex.lab and j>i+1: found=(j,acc)
            if found:
                t.k='L'; t.rows=lex.lab[found[1]]; t.opt=found[1]; out.append(t); i=found[0]; continue
        out.append(t); i+=1
    return out
def read(fn):
    raw=open(fn,encoding='utf-8').read().replace('\r','')
    pages=[]
    if '\f' in raw: parts=raw.split('\f')
    else: parts=re.split(r'\n(?:[ \t]*\n){3,}',raw.strip('\n'))
    for p in parts:
        L=[];isl=0;blank=False
        for l in p.split('\n'):
            if not l.strip(): blank=True; continue
            if blank: isl+=1; blank=False
            L.append((l,isl))
        pages.append(L)
    return pages
def expand(lex,pages):
    """rows of the whole document in form order with instances: list of (row, file, block)"""
    rows=lex.rows
    P=[Counter() for _ in pages]
    nums=defaultdict(set)
    II=[r['i'] for r in rows if r['shape']=='PART' and (r['path'] or '')=='file[]']
    III=[r['i'] for r in rows if r['shape']=='PART' and (r['path'] or '')=='file[]/risk']
    parts=[r['i'] for r in rows if r['shape']=='PART']+[len(rows)]
    nII=nIII=0
    perfile=defaultdict(lambda:defaultdict(set))
    for pg in pages:
        agenda=any(t.k=='L' and '項目一覧'==t.opt for t in pg)
        for t in pg:
            if t.k!='L': continue
            if not agenda and II and II[0] in t.rows: nII+=1; 
            if not agenda and III and III[0] in t.rows: nIII+=1
        for t in pg:
            if t.k=='L' and t.num is not None:
                f=nII if rows[t.rows[0]]['path'].startswith('file') else 0
                if t.rng: 
                    for x in range(t.num,t.rng+1): pass
                    perfile[f][t.rows[0]].add((t.num,t.rng))
                else: perfile[f][t.rows[0]].add((t.num,None))
    nII=max(1,nII);nIII=max(1,nIII)
    out=[]
    def part(a,b,f):
        i=a
        while i<b:
            r=rows[i]
            if r['shape']=='BLOCK':
                j=i+1
                while j<b and rows[j]['depth']>r['depth']: j+=1
                for num,rng in sorted(perfile[f if (r['path'] or '').startswith('file') else 0].get(i,{(1,None)}),key=lambda z:(z[0],z[1] or 0)):
                    if rng: out.append((i,f,num,rng))
                    else: out.extend((x,f,num,None) for x in range(i,j))
                i=j
            else: out.append((i,f,0,None)); i+=1
    k=0
    while k<len(parts)-1:
        a,b=parts[k],parts[k+1]
        if II and a==II[0]:
            for f in range(1,nII+1): part(a,b,f)
        elif III and a==III[0]:
            for f in range(1,nIII+1): part(a,b,f)
        else: part(a,b,1)
        k+=1
    return out
def outline(lex,pages):
    """for each page the interval of the expanded rows"""
    X=expand(lex,pages); rows=lex.rows
    printed=lambda x: bool(rows[x[0]]['labels']) and rows[x[0]]['labels'][0] not in('件','様式','様式の版','再委託') and not(rows[x[0]]['shape']=='ITEM' and rows[x[0]]['labels'][0] in('提供先','移転先','委託事項')) and rows[x[0]]['shape']!='RECORD' and rows[x[0]]['place']!='COLUMN'
    p=0; res=[]
    for pg in pages:
        C=Counter(); 
        for t in pg:
            if t.k=='L': C[(t.opt,t.num,t.rng)]+=1
            elif t.k=='N':
                for q in {o[0] for o in t.opt}:
                    if rows[q]['kind']=='CHECK': C[(t.text,'chk',q)]+=1
        rowc=Counter()
        best=(-1,p,p)
        for s0 in range(p,min(len(X),p+60) if res else len(X)):
            left=C.copy(); sc=0; hits=0
            for e in range(s0,len(X)):
                x=X[e]
                if not printed(x): continue
                r=rows[x[0]]
                if r['kind']=='CHECK': continue
                ok=False
                for w in ([r['labels'][0]] if r['shape']=='BLOCK' else r['labels']):
                    kk=(w,x[2],x[3]) if r['shape']=='BLOCK' else (w,None,None)
                    if left[kk]>0: left[kk]-=1; ok=True; break
                sc+=1 if ok else -1
                hits+=ok
                if ok and sc-(0.2 if res else .001)*(s0-p)>best[0]: best=(sc-(.2 if res else .001)*(s0-p),s0,e+1)
            
        _,a,b=best
        # a value alone may belong to the page: include trailing unlabelled value rows
        while b<len(X) and not rows[X[b][0]]['labels'] and rows[X[b][0]]['shape']=='ITEM': b+=1
        while a>p and not printed(X[a-1]) : a-=1
        res.append((a,b)); p=max(b,p) if b>a else p
    return X,res
