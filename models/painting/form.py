# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a form, as models/formN.c has them."""
import re, unicodedata, ctypes
class Row(ctypes.Structure):
    _fields_=[('depth',ctypes.c_uint8),('shape',ctypes.c_int),('number',ctypes.c_char_p),('label',ctypes.c_char_p),('path',ctypes.c_char_p),('kind',ctypes.c_int),('placement',ctypes.c_int),('options',ctypes.c_char_p)]
class Form(ctypes.Structure):
    _fields_=[('number',ctypes.c_uint),('name',ctypes.c_char_p),('title',ctypes.c_char_p),('rows',ctypes.POINTER(Row)),('n',ctypes.c_uint)]
def norm(s):
    s=unicodedata.normalize('NFKC',s).replace('※','')
    return re.sub(r'[\s　]','',s)
SH='PART HEADING RISK BLOCK GROUP ITEM RECORD WORDS'.split()
import os, subprocess, tempfile
HERE=os.path.dirname(os.path.abspath(__file__))
MODELS=os.path.dirname(HERE)
KI=re.findall(r'^\s*HK_KIND_(\w+)',open(os.path.join(MODELS,'hyokasho.h')).read(),re.M)
PL='RIGHT BELOW INSIDE COLUMN SCATTERED'.split()
_cache={}
def load(n):
    if n in _cache: return _cache[n]
    so=os.path.join(tempfile.mkdtemp(),'forms.so')
    subprocess.check_call('cc -shared -fPIC -o %s $(pkg-config --cflags glib-2.0) -I%s -I%s %s/form[234].c'%(so,MODELS,os.path.dirname(MODELS),MODELS),shell=True)
    L=ctypes.CDLL(so); f=Form.in_dll(L,'hk_form%d'%n)
    d=lambda b:b.decode() if b is not None else None
    rows=[]; lastpart=None
    for i in range(f.n):
        x=f.rows[i]
        r=dict(i=i,depth=x.depth,shape=SH[x.shape],number=d(x.number),label=d(x.label),path=d(x.path),kind=KI[x.kind],place=PL[x.placement])
        opts=[]
        if x.options:
            for o in d(x.options).split('|'):
                slug='';txt=False
                if r['kind']=='CHECKS':
                    slug,o=o.split('=',1)
                    if slug.endswith('+'): slug=slug[:-1];txt=True
                opts.append((slug,[norm(y) for y in o.split(';')],txt))
        r['opts']=opts if r['shape']=='ITEM' else []
        r['labels']=[norm(y) for y in r['label'].split('|')] if r['label'] else []
        num=norm(r['number'])
        if r['shape']=='RISK': r['labels']=['リスク'+num+':'+y for y in r['labels']]
        elif num: r['labels']=[num+y for y in r['labels']]
        rows.append(r)
    part=None
    for r in rows:
        if r['shape']=='PART': part=r['i']
        r['part']=part
    _cache[n]=rows
    return rows
def shared(rows,others):
    """For each row of OTHERS, another form's, the one of ROWS that is the same: forms share blocks, and how they are painted."""
    found={}
    for which,r in [(0,r) for r in others]+[(1,r) for r in rows]:
        found.setdefault((r['path'],r['label'],r['shape']),([],[]))[which].append(r['i'])
    return {a:b for theirs,ours in found.values() if len(theirs)==len(ours) for a,b in zip(theirs,ours)}
