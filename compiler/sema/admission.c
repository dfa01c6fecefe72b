// admission.c - `require constraint`, `remedy mutate`: what a cluster's admission
// controller runs, and on which objects.
//
// spec: requirements, clusters. The template says what must hold; Azure takes it
// from a public address or carries it along.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "base/limits.h"
#include "sema/check.h"
#include "sema/elaborate.h"
#include "sema/module.h"

typedef enum Form { FORM_TEXTS, FORM_TEXT, FORM_TRUTH, FORM_OBJECT, FORM_SOURCE } Form;

typedef struct Setting {
    const char *name;
    Form form;
    bool needed, picks; // of a constraint; picks: names what objects are of
} Setting;

// A mutation has the first ones only.
static const Setting SETTINGS[] = {
    {"namespaces", FORM_TEXTS, false, false}, {"excludedNamespaces", FORM_TEXTS, false, false},
    {"source", FORM_SOURCE, false, false},    {"apiGroups", FORM_TEXTS, true, true},
    {"kinds", FORM_TEXTS, true, true},        {"labelSelector", FORM_OBJECT, false, false},
    {"scope", FORM_TEXT, false, false},       {"values", FORM_OBJECT, false, false},
    {"warn", FORM_TRUTH, false, false},
};
enum { OF_MUTATION = 3, SETTING_COUNT = sizeof SETTINGS / sizeof SETTINGS[0] };

static const Type *source_type(RequirementCheck *rc)
{
    static const char *const values[] = {"All", "Generated", "Original"};
    Type *t = ARENA_NEW(rc->arena, Type);
    *t = (Type){.kind = TYPE_ENUM};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        vec_push(rc->arena, &t->values, intern_str(rc->program->compilation->names, values[i]));
    return t;
}

static const Type *type_of(RequirementCheck *rc, Form form)
{
    switch (form) {
    case FORM_TEXTS:
        return type_list(rc->arena, type_simple(TYPE_STRING));
    case FORM_TEXT:
        return type_simple(TYPE_STRING);
    case FORM_TRUTH:
        return type_simple(TYPE_BOOL);
    case FORM_OBJECT:
        return type_simple(TYPE_OBJECT);
    case FORM_SOURCE:
        return source_type(rc);
    }
    return type_simple(TYPE_ANY);
}

// Azure refuses a constraint on every kind of object there is.
static void check_picks(RequirementCheck *rc, const Setting *setting, const TExpr *list)
{
    for (uint32_t i = 0; list->kind == TX_LIST && i < list->operands->len; i++) {
        const TExpr *item = list->operands->items[i];
        if (item->kind != TX_STRING || strcmp(item->text, "*") != 0)
            continue;
        Diag *d = requirement_error(rc, DIAG_EVERY_OBJECT, item->span,
                                    "`%s` of a constraint cannot be `*`", setting->name);
        diag_help(rc->diags, d, "name them, such as `kinds = [\"Pod\"]`; the core group is `\"\"`");
    }
}

static void take_setting(RequirementCheck *rc, const Entry *entry, bool mutation, TExpr *object)
{
    const char *names[SETTING_COUNT + 1] = {NULL};
    for (size_t i = 0; i < (mutation ? (size_t)OF_MUTATION : (size_t)SETTING_COUNT); i++)
        names[i] = SETTINGS[i].name;
    size_t at =
        check_choice(rc->program, entry->key,
                     mutation ? "a setting of a mutation" : "a setting of a constraint", names);
    if (at == CHOICE_NONE) {
        rc->failed = true;
        return;
    }
    const Setting *setting = &SETTINGS[at];
    TExpr *value = elaborate(rc->elaborator, entry->value, type_of(rc, setting->form));
    if (setting->picks)
        check_picks(rc, setting, value);
    object_push(rc->elaborator, object, entry->key, value);
}

static bool is_given(const Expr *settings, const char *name)
{
    for (uint32_t i = 0; settings && i < settings->entries->len; i++) {
        if (strcmp(settings->entries->items[i].key.name, name) == 0)
            return true;
    }
    return false;
}

static TExpr *settings_check(RequirementCheck *rc, const Expr *settings, bool mutation)
{
    if (!settings || settings->kind != EXPR_OBJECT)
        return NULL;
    if (!object_check_keys(rc->elaborator, settings->entries))
        return NULL;
    TExpr *object = object_node(rc->elaborator, settings, type_simple(TYPE_OBJECT));
    if (object->kind == TX_ERROR)
        return NULL;
    for (uint32_t i = 0; i < settings->entries->len; i++)
        take_setting(rc, &settings->entries->items[i], mutation, object);
    for (size_t i = 0; !mutation && i < SETTING_COUNT; i++) {
        if (SETTINGS[i].needed && !is_given(settings, SETTINGS[i].name))
            requirement_error(rc, DIAG_MISSING_ENTRY, settings->span, "the member `%s` is missing",
                              SETTINGS[i].name);
    }
    return object;
}

static TExpr *address_check(RequirementCheck *rc, const Expr *address, bool mutation)
{
    TExpr *value = elaborate(rc->elaborator, address, type_simple(TYPE_STRING));
    if (value->kind == TX_ERROR)
        return value;
    if (value->kind != TX_STRING && mutation) {
        Diag *d = requirement_error(rc, DIAG_BAD_TEMPLATE_ADDRESS, address->span,
                                    "the address of a mutation must be a constant");
        diag_note(rc->diags, d, "Azure takes no parameter there");
    } else if (value->kind == TX_STRING && strncmp(value->text, "https://", 8) != 0) {
        Diag *d = requirement_error(rc, DIAG_BAD_TEMPLATE_ADDRESS, address->span,
                                    "a template is read from an address that begins with "
                                    "`https://`");
        diag_help(rc->diags, d, "write `from \"%s\"` for a file of the project", value->text);
    }
    return value;
}

TAdmission *admission_check(RequirementCheck *rc, const Admission *admission, bool mutation)
{
    TAdmission *a = ARENA_NEW(rc->arena, TAdmission);
    if (admission->address)
        a->address = address_check(rc, admission->address, mutation);
    else if (!module_read_text(rc->module, admission->file, LIMIT_TEMPLATE_BYTES, &a->content))
        rc->failed = true;
    a->settings = settings_check(rc, admission->settings, mutation);
    return a;
}
