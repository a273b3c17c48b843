/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "painting.h"

extern const HkPainting hk_painting2, hk_painting3, hk_painting4;

const HkPainting *
hk_painting (const HkForm *form)
{
  const HkPainting *painting = form->number == 2 ? &hk_painting2 : form->number == 3 ? &hk_painting3 : form->number == 4 ? &hk_painting4 : NULL;

  return painting != NULL && painting->n_rows == form->n_rows ? painting : NULL;
}

const HkPaintedOption *
hk_painting_option (const HkPainting *painting,
                    guint             row,
                    guint             option)
{
  for (guint i = 0; i < painting->n_options; i++)
    if (painting->options[i].row == row && painting->options[i].option == option)
      return &painting->options[i];
  return NULL;
}
