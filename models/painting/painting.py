#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Learns the order in which a form's sheets are painted, and writes models/paintingN.c.

usage: painting.py FORM HYOKASHO OUTPUT.c [N:]DOCUMENT.pdf … [[N:]TEXT.txt=READING.tsv …]

DOCUMENT   a PDF of FORM, or of form N, of which the rows that FORM has, too, are learnt, as the official workbook is exported: what the program HYOKASHO reads there, and where it stands,
           ties its text to the rows. Needs mutool.
TEXT       text that an extractor wrote in painting order, and what a careful person read there: path, tab, value.
           A reading that begins with the line !partial has only some: path, first words, page.

Learnt is which label, bracket, mark or value of which row is painted after which other: no word of a document. To be run
by hand when rows come into a form's table (formN.c); the build does not run it.
"""
import os, subprocess, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from form import load, shared
from layout import learn, geometry
from merge import build
from reading import label

KINDS = {'L': 'LABEL', 'V': 'VALUE', 'O': 'OPEN', 'M': 'MARK', 'C': 'CLOSE', 'N': 'NAME', 'P': 'PAREN_OPEN', 'T': 'TEXT',
         'Q': 'PAREN_CLOSE', 'H': 'LIST', 'E': 'ENTRY'}

def is_check(row):
    return row['kind'] == 'CHECK' and row['shape'] == 'ITEM'

def wrapped(words):
    line = ' '
    for w in words:
        if len(line) + len(w) > 117:
            yield line
            line = ' '
        line += ' ' + w
    yield line

def entry(rows, row, kind, option, twin):
    if is_check(rows[row]) and kind in 'OMCN':
        option = 1
    return '%s(%s),' % (kind, ','.join(str(v) for v in ([row, option, twin] if twin else [row, option] if option else [row])))

def write(out, n, rows, pages, places):
    put = lambda s='': print(s, file=out)
    put('/* SPDX-License-Identifier: GPL-2.0-or-later */')
    put('/* The order in which the sheets of 様式%s are painted. Written by painting/painting.py; see painting.h. */' % '０１２３４'[n])
    put('#include "painting.h"')
    put()
    put('/* A row; its option; its twin. What is left out is 0. */')
    put('#define AT(kind, row, option, twin, ...) { kind, row, option, twin }')
    for short, name in KINDS.items():
        put('#define %s(...) AT (HK_PAINTED_%s, __VA_ARGS__, 0, 0, 0)' % (short, name))
    put()
    put('static const HkPainted painted[] = {')
    for i, page in enumerate(pages, 1):
        put('  /* page %d: rows %d to %d */' % (i, min(e[0] for e in page), max(e[0] for e in page)))
        for line in wrapped(entry(rows, *e) for e in page):
            put(line)
    put('};')
    put()
    put('static const HkPaintedPage pages[] = {')
    begins = [sum(len(page) for page in pages[:i]) for i in range(len(pages))]
    for line in wrapped('{ painted + %d, %d },' % (begin, len(page)) for begin, page in zip(begins, pages)):
        put(line)
    put('};')
    put()
    put('static const HkPaintedOption options[] = {')
    for r in sorted(places):
        for line in wrapped('{ %d, %d, %d, %d },' % (r, 1 if is_check(rows[r]) else o, *places[r][o]) for o in sorted(places[r])):
            put(line)
    put('};')
    put()
    put('const HkPainting hk_painting%d = { %d, pages, G_N_ELEMENTS (pages), options, G_N_ELEMENTS (options) };' % (n, len(rows)))

def translated(pages, same):
    return [[(e and e[0] in same and (same[e[0]],) + e[1:] or None, t) for e, t in page] for page in pages]

def learn_all(n, program, documents):
    """The pages of DOCUMENTS, all of form N, and where the names of options stand on them."""
    rows, places, learnt, read = load(n), {}, [], {}
    texts = [d.split('=', 1) for d in documents if '=' in d]
    for d in documents:
        if '=' not in d:
            tsv = subprocess.run([program, 'convert', '--format', 'tsv', d], capture_output=True, check=True).stdout.decode()
            learnt.append(learn(d, tsv, rows, places))
    places = geometry(places)
    for _ in range(2):  # the second time the other texts are known, too
        for text, reading in texts:
            others = learnt + [read[t] for t, _ in texts if t in read and t != text]
            read[text] = label(rows, n, text, reading, build(others, rows), places)
    return learnt + list(read.values()), places

def main(n, program, output, *documents):
    rows, forms = load(n), {}
    for d in documents:
        form, d = (int(d[0]), d[2:]) if d[1:2] == ':' else (n, d)
        forms.setdefault(form, []).append(d)
    pages, places = learn_all(n, program, forms.pop(n))
    for form in sorted(forms):
        same = shared(rows, load(form))
        pages += [translated(page, same) for page in learn_all(form, program, forms[form])[0]]
    with open(output, 'w', encoding='utf-8') as out:
        write(out, n, rows, build(pages, rows), places)

if __name__ == '__main__':
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(int(sys.argv[1]), *sys.argv[2:])
