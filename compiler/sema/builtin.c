// builtin.c - built-in policies, as initiatives include them.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"

static void report_retired(Program *p, Text id, const CatalogBuiltin *b)
{
    Diags *ds = p->compilation->diags;
    if (b->is_static) {
        Diag *d =
            diag_report(ds, DIAG_BUILTIN_RETIRED, id.span,
                        "this built-in judges nothing: it stands for a control of a standard");
        diag_help(ds, d, "write a `manual` requirement, which can be attested");
    } else if (b->deprecated) {
        Diag *d = diag_report(ds, DIAG_BUILTIN_RETIRED, id.span, "this built-in is deprecated");
        diag_note(ds, d, "its version is %s", b->version);
    }
}

CatalogBuiltin *builtin_check(Program *p, Text id)
{
    Diags *ds = p->compilation->diags;
    Arena *a = p->compilation->arena;
    if (!text_is_guid(id.text)) {
        Diag *d = diag_report(ds, DIAG_BAD_GUID, id.span, "`%s` is not the id of a built-in policy",
                              id.text);
        diag_help(ds, d, "write its GUID: \"d45520cb-31ca-44ba-8da2-fcf914608544\"");
        return NULL;
    }
    CatalogBuiltin *b = ARENA_NEW(a, CatalogBuiltin);
    if (!catalog_builtin(p->catalog, a, str_of(id.text), b)) {
        Diag *d = diag_report(ds, DIAG_UNKNOWN_BUILTIN, id.span,
                              "the catalogue has no built-in policy of this id");
        diag_note(ds, d, "the catalogue is of %s; parameters and effects are not checked",
                  catalog_date(p->catalog));
        *b = (CatalogBuiltin){.id = id.text,
                              .title = "",
                              .mode = "",
                              .version = "",
                              .category = "",
                              .effect_parameter = ""};
        return b;
    }
    if (b->is_initiative) {
        Diag *d = diag_report(ds, DIAG_NOT_INCLUDABLE, id.span,
                              "this is a built-in initiative, and initiatives do not nest");
        diag_help(ds, d, "include the policies of it that you want");
        return NULL;
    }
    report_retired(p, id, b);
    return b;
}
