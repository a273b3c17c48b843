# SPDX-License-Identifier: GPL-2.0-or-later
"""What is painted when on the pages of a PDF: its text in painting order, tied to the rows by where it stands."""
import re,subprocess
import xml.etree.ElementTree as ET
from form import *
def lab(s):
    s=norm(s)
    s=re.sub(r'^\((別添\d)\)',r'\1',s)
    s=re.sub(r'^(\d+|[IV]+)\.',r'\1',s)
    return s
def pages(pdf):
    x=subprocess.run(['mutool','draw','-F','stext','-o','-',pdf],capture_output=True).stdout.decode()
    x=re.sub(r'&#x(?:[0-8bcef]|1[0-9a-f]);','',x)
    root=ET.fromstring(x)
    out=[]
    for p in root.iter('page'):
        lines=[]
        for l in p.iter('line'):
            cs=[]
            for c in l.iter('char'):
                q=[float(v) for v in c.get('quad').split()]
                cs.append((c.get('c'),min(q[0::2]),min(q[1::2]),max(q[0::2]),max(q[1::2])))
            if ''.join(c[0] for c in cs).strip(' '): lines.append(cs)
        out.append(lines)
    return out
MARK='○〇●✓✔レ■☑◯O'
def learn(pdf,tsv,rows,places):
    """What is painted on each page of PDF, which hyokasho reads as TSV says; PLACES gets where names of options stand."""
    pathrow={}
    for r in rows:
        if r['path'] and r['shape']=='ITEM': pathrow.setdefault(r['path'],[]).append(r['i'])
    vals={}
    for l in tsv.splitlines():
        c=l.rstrip('\n').split('\t')
        if c[0]=='path' or not c[4]: continue
        v=c[5].split()
        if len(v)!=4: continue
        b=[float(z) for z in v]
        g=re.sub(r'\[\d+\]','[]',c[0]); inst=tuple(int(z) for z in re.findall(r'\[(\d+)\]',c[0]))
        opt=0
        if g not in pathrow:
            t=False; h=g
            if h.endswith('/text'): t=True; h=h[:-5]
            h,slug=h.rsplit('/',1)
            if h not in pathrow: continue
            row=pathrow[h][0]
            opt=1+[o[0] for o in rows[row]['opts']].index(slug)
            kind='T' if t else 'B'
        else:
            row=pathrow[g][0]; kind='B' if rows[row]['kind']=='CHECK' else 'V'
        vals.setdefault(int(c[4]),[]).append((b,row,opt,kind,inst,c[0]))
    res=[]
    # tokens with geometry, all pages
    alltok=[]
    for pn,lines in enumerate(pages(pdf),1):
        toks=[] # (kind, text, x,y, extra)
        vs=vals.get(pn,[])
        if any('変更箇所' in norm(''.join(c[0] for c in l)) and len(norm(''.join(c[0] for c in l)))<12 and '項目一覧' not in ''.join(norm(''.join(c[0] for c in m)) for m in lines) for l in lines): 
            alltok.append([]); 
            if pn>3: break
            continue
        for l in lines:
            # split into segments by owner
            cur=None;seg=''
            def flush():
                nonlocal seg,cur,sx,sy,sy1,sx1
                if seg.strip(' 　'): toks.append([cur,seg,sx,(sy+sy1)/2,sx1])
                seg=''
            sx=sy=sy1=sx1=0
            px=None
            for ch,x0,y0,x1,y1 in l:
                mx,my=(x0+x1)/2,(y0+y1)/2
                own=None
                for k,(b,row,opt,kind,inst,path) in enumerate(vs):
                    if b[0]-.5<=mx<=b[2]+.5 and b[1]-.5<=my<=b[3]+.5:
                        own=k
                        if kind!='V': break
                if own is not None and vs[own][3]=='B':
                    if ch=='[': own=('O',own)
                    elif ch==']': own=('C',own)
                    elif ch in ' 　': own=cur if isinstance(cur,tuple) else None
                    else: own=('M',own)
                elif own is None and ch in '[]': own=ch
                elif own is None and ch in '（(' and (not seg or 1): 
                    own='P' if not seg.strip(' 　') or cur in ('[',']') or isinstance(cur,tuple) else cur
                elif own is None and ch in '）)' and not seg.strip(' 　'): own='Q'
                elif own is None and cur in('P','Q','[',']') : own='L'
                elif own is None: own='L'
                if own!=cur or (px is not None and x0-px>14 and own=='L'):
                    flush(); cur=own; sx,sy,sy1=x0,y0,y1
                seg+=ch; sx1=x1; px=x1
            flush(); cur=None
        # merge consecutive lines of same value
        alltok.append(toks)
    # label alignment, visual order over document
    labs=[]
    for pn,toks in enumerate(alltok,1):
        for ti,t in enumerate(toks):
            if t[0]!='L': continue
            s=lab(t[1])
            if len(s)<1: continue
            labs.append((pn,t[3],t[2],ti,s))
    labs.sort(key=lambda a:(a[0],round(a[1]/3),a[2]))
    cand=[]
    for (pn,y,x,ti,s) in labs:
        c=[]
        for r in rows:
            for q in r['labels']:
                if r['shape']=='BLOCK' or (r['shape']=='ITEM' and q in('提供先','移転先','委託事項')):
                    if r['shape']=='BLOCK' and re.fullmatch(re.escape(q)+r'\d+(~\d+)?',s): c.append((r['i'],0)); break
                    continue
                if s==q: c.append((r['i'],0)); break
                if (len(s)>=4 and q.startswith(s)) or (len(q)>=4 and s.startswith(q) and len(s)<len(q)+8): c.append((r['i'],.3)); break
        cand.append(c)
    # viterbi
    INF=1e9
    states=[{-1:(0,None)}]
    for k,c in enumerate(cand):
        prev=states[-1]; new={}
        for s,(cost,_) in prev.items():
            nc=cost+4.0
            if nc<new.get(s,(INF,))[0]: new[s]=(nc,(s,False))
            for r,pen in c:
                d=r-s
                if d>0: t=0.02*d
                elif d==0: t=1.5
                else:
                    t=3.0
                    if rows[r]['shape'] =='BLOCK': t=0.2
                    elif rows[r]['shape']=='PART': t=0.5
                nc=cost+t+pen
                if nc<new.get(r,(INF,))[0]: new[r]=(nc,(s,True))
        states.append(new)
    s=min(states[-1],key=lambda q:states[-1][q][0]); got={}
    for k in range(len(cand),0,-1):
        ps,used=states[k][s][1]
        if used: got[labs[k-1][0],labs[k-1][3]]=s
        s=ps
    # instance counters in visual order
    inst={}; blk=0; f=0
    binst={}
    for k,(pn,y,x,ti,t) in enumerate(labs):
        r=got.get((pn,ti))
        if r is None: continue
        if rows[r]['shape']=='PART': blk=0
        if rows[r]['shape']=='BLOCK': blk=int(re.search(r'\d+',t).group())
        elif rows[r]['depth']<=1: blk=0
        inst[pn,ti]=blk
    for pn,toks in enumerate(alltok,1):
        vs=vals.get(pn,[])
        for b,row,opt,kind,ins,path in vs:
            if kind=='B': places.setdefault((pdf,pn,row,ins),[]).append((opt,(b[1]+b[3])/2,b[0]))
        L=[(toks[ti][3],got[p,ti],inst[p,ti],toks[ti][2]) for (p,ti) in got if p==pn]
        # options of blank groups: by their names
        extra={}
        for ti,t in enumerate(toks):
            if t[0]!='L' or (pn,ti) in got: continue
            s=norm(t[1]).rstrip('(')
            c=[]
            for (y,r,i,x) in L:
                if rows[r]['kind']!='CHECKS' or rows[r]['shape']!='ITEM' or any(v[1]==r and v[3]=='B' and abs((v[0][1]+v[0][3])/2-t[3])<4 for v in vs): continue
                for o,(slug,ws,tx) in enumerate(rows[r]['opts'],1):
                    if s in ws and abs(y-t[3])<60: c.append((abs(y-t[3]),r,o,i))
            if not c: continue
            d,r,o,i=min(c); extra[ti]=(r,'N',o,i)
            for want,kind,far in ((']','C',14),('[','O',45)):
                z=[(t[2]-u[2],k) for k,u in enumerate(toks) if u[0]==want and abs(u[3]-t[3])<4 and 0<t[2]-u[2]<far and k not in extra]
                if z: extra[min(z)[1]]=(r,kind,o,i)
            for want,kind in (('P','P'),('Q','Q')):
                if not rows[r]['opts'][o-1][2]: continue
                z=[(u[2]-t[2],k) for k,u in enumerate(toks) if u[0]==want and abs(u[3]-t[3])<4 and 0<u[2]-t[2]<420 and k not in extra]
                if z: extra[min(z)[1]]=(r,kind,o,i)
        seq=[];last=None
        for ti,t in enumerate(toks):
            if ti in extra:
                if extra[ti][1]=='N': places.setdefault((pdf,pn,extra[ti][0],extra[ti][3]),[]).append((extra[ti][2],t[3],t[2]))
                seq.append((extra[ti],t[1])); last=extra[ti]; continue
            k=t[0]; e=None
            if isinstance(k,int):
                b,row,opt,kind,ins,path=vs[k]
                e=(row,kind,opt,ins[-1] if '[]' in (rows[row]['path'] or '') and len(ins)>(1 if 'file[]' in rows[row]['path'] else 0) else 0)
            elif isinstance(k,tuple):
                b,row,opt,kind,ins,path=vs[k[1]]
                e=(row,k[0],opt,ins[-1] if len(ins)>(1 if 'file[]' in rows[row]['path'] else 0) else 0)
            elif k=='L' and (pn,ti) in got:
                r=got[pn,ti]; e=(r,'N' if rows[r]['kind']=='CHECK' and rows[r]['shape']=='ITEM' else 'L',0,inst[pn,ti])
                if rows[r]['shape']=='BLOCK' and ('~' in lab(t[1])): e=(r,'L',int(re.search(r'~(\d+)',lab(t[1])).group(1)),0)
            else:
                s=norm(t[1])
                # nearest choice/checks label for others
                def near(kinds):
                    c=[(abs(y-t[3]),r,i) for (y,r,i,x) in L if rows[r]['shape']=='ITEM' and rows[r]['kind'] in kinds]
                    return min(c) if c else None
                if k in('[',']'):
                    z=near(('CHOICE',)); 
                    if z and z[0]<30: e=(z[1],'O' if k=='[' else 'C',0,z[2])
                elif k in 'PQ':
                    bs=[(abs((b[1]+b[3])/2-t[3])*3+abs(t[2]-b[2]),row,opt,ins) for (b,row,opt,kind,ins,path) in vs if kind=='B' and opt and rows[row]['opts'][opt-1][2]]
                    if bs:
                        z=min(bs); row=z[1]
                        e=(row,k,z[2],z[3][-1] if len(z[3])>(1 if 'file[]' in rows[row]['path'] else 0) else 0)
                    z=near(('CHOICE',))
                    if z and '委託の有無'==rows[z[1]]['labels'][0] and z[0]<20: e=(z[1]+1,k,0,0)
                elif '選択肢' in s:
                    z=near(('CHOICE',)); e=(z[1],'H',0,z[2]) if z else None
                elif re.match(r'^\d+\)',s):
                    best=None
                    for m in [re.match(r'^(\d+)\)(.*)',s)]:
                        c=[(abs(y-t[3]),r,i) for (y,r,i,x) in L if rows[r]['shape']=='ITEM' and rows[r]['kind']=='CHOICE' and int(m[1])<=len(rows[r]['opts']) and any(w==m[2] or m[2].startswith(w) for w in rows[r]['opts'][int(m[1])-1][1])]
                        if c: z=min(c); e=(z[1],'E',int(m[1]),z[2])
                elif k=='L':
                    # an option name
                    c=[]
                    for (b,row,opt,kind,ins,path) in vs:
                        if kind=='B' and opt and any(w==s or s.startswith(w) or (len(s)>3 and w.startswith(s)) for w in rows[row]['opts'][opt-1][1]):
                            c.append((abs((b[1]+b[3])/2-t[3]),row,opt,ins))
                    if c:
                        z=min(c); 
                        if z[0]<8: e=(z[1],'N',z[2],z[3][-1] if len(z[3])>(1 if 'file[]' in rows[z[1]]['path'] else 0) else 0)
            if e is None:
                seq.append((None,t[1])); continue
            if e==last and e[1] in 'VLT': continue
            last=e
            seq.append((e,t[1]))
        res.append(seq)
    return res

def geometry(places):
    """Line and column of the options of each row, from the page that has most of them."""
    best={}
    for (pdf,pn,row,inst),got in places.items():
        got=sorted(set(got),key=lambda z:(z[1],z[2])); out={}; line=-1; last=None
        for option,y,x in sorted(got,key=lambda z:z[1]):
            if last is None or y-last>3: line+=1
            out[option]=[line,x]; last=y
        for l in range(line+1):
            for c,option in enumerate(sorted((o for o in out if out[o][0]==l),key=lambda o:out[o][1])): out[option][1]=c
        if len(out)>len(best.get(row,{})): best[row]={o:tuple(v) for o,v in out.items()}
    return best
