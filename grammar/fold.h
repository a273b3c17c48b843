/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Characters: what kind they are on the paper, and how they are compared.
 *
 * Comparison folds (NFKC, radicals to ideographs, no white space). NFKC turns
 * ① into 1 and Ⅰ into I, which are level markers on the form; so whoever needs
 * the level asks for it of the raw character, never of the folded text.
 */
#pragma once

#include <glib.h>

/* Appends the folded form of the N characters at CH to OUT. White space and
   the reference mark ※ fold to nothing. */
void hk_fold (GString *out, const gunichar *ch, gsize n);

/* The same from UTF-8. Returns a new string. */
char *hk_fold_utf8 (const char *text, gssize len);

/* The ideograph that the radical CH stands for, or 0 if CH is no radical. The
   proof is Unicode's: its compatibility mapping for the Kangxi radicals, its
   property Equivalent_Unified_Ideograph for the supplement. */
gunichar hk_radical_ideograph (gunichar ch);

/* A dash of any width. */
gboolean hk_is_dash (gunichar ch);

/* White space of any width: it lays out, and is never counted. */
gboolean hk_is_space (gunichar ch);

/* A filled or ticked mark: ○ 〇 ◯ ● ✓ レ ☑ ■ … */
gboolean hk_is_mark (gunichar ch);

/* A box that is itself the mark's place, without brackets; *MARKED says which. */
gboolean hk_is_box (gunichar ch, gboolean *marked);

gboolean hk_is_open_bracket (gunichar ch);  /* [ ［ 〔 */
gboolean hk_is_close_bracket (gunichar ch); /* ] ］ 〕 */
gboolean hk_is_open_paren (gunichar ch);    /* ( （ */
gboolean hk_is_close_paren (gunichar ch);   /* ) ） */

/* A character that cannot begin a line in Japanese typesetting. */
gboolean hk_is_line_start_forbidden (gunichar ch);

/* The number that CH alone is: ① 1, ⑴ 1, Ⅳ 4, ３ 3; 0 for none. */
guint hk_circled_number (gunichar ch);       /* ①…⑳ */
guint hk_parenthesised_number (gunichar ch); /* ⑴…⒇ */
guint hk_roman_number (gunichar ch);         /* Ⅰ…Ⅻ */
int   hk_digit (gunichar ch);                /* 0…9 of any width; -1 for none */
