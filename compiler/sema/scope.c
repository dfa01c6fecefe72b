// scope.c - management groups, subscriptions, resource groups and resources by id.
//
// spec: deployment, scopes.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"

#define GROUP_PREFIX "/providers/Microsoft.Management/managementGroups/"
#define SUBSCRIPTION_PREFIX "/subscriptions/"
#define RESOURCE_GROUP_PART "/resourceGroups/"

enum { GUID_LENGTH = 36, LONGEST_GROUP = 90 };

static const char *const SCOPE_WORDS[] = {"management_group", "subscription", "resource_group",
                                          "resource", NULL};

// How each is written, by ScopeLevel.
static const char *const SCOPE_FORMS[] = {
    [LEVEL_NONE] = "\"/subscriptions/<guid>/resourceGroups/<name>\"",
    [LEVEL_MANAGEMENT_GROUP] = "`management_group \"contoso-ai\"`",
    [LEVEL_SUBSCRIPTION] = "`subscription \"00000000-0000-0000-0000-000000000000\"`",
    [LEVEL_RESOURCE_GROUP] = "`resource_group \"/subscriptions/<guid>/resourceGroups/<name>\"`",
    [LEVEL_RESOURCE] = "`resource \"/subscriptions/<guid>/resourceGroups/<name>/providers/…\"`",
};

static bool starts(const char *s, const char *prefix)
{
    return str_starts_nocase(str_of(s), str_of(prefix));
}

static bool is_group_name(const char *s)
{
    size_t n = strlen(s);
    if (n == 0 || n > LONGEST_GROUP || s[n - 1] == '.')
        return false;
    for (; *s; s++) {
        bool letter = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
        bool digit = *s >= '0' && *s <= '9';
        if (!letter && !digit && !strchr("-_().", *s))
            return false;
    }
    return true;
}

// Past "/subscriptions/<guid>"; NULL where it does not begin so.
static const char *skip_subscription(const char *id)
{
    char guid[GUID_LENGTH + 1] = {0};
    if (!starts(id, SUBSCRIPTION_PREFIX))
        return NULL;
    id += sizeof SUBSCRIPTION_PREFIX - 1;
    if (strlen(id) < GUID_LENGTH)
        return NULL;
    memcpy(guid, id, GUID_LENGTH);
    return text_is_guid(guid) ? id + GUID_LENGTH : NULL;
}

// "/a/b" and so on: no empty part.
static bool parts_are_filled(const char *rest)
{
    for (; *rest; rest += strcspn(rest, "/")) {
        if (*rest++ != '/' || *rest == '/' || *rest == '\0')
            return false;
    }
    return true;
}

ScopeLevel scope_level(const char *id)
{
    if (starts(id, GROUP_PREFIX))
        return is_group_name(id + sizeof GROUP_PREFIX - 1) ? LEVEL_MANAGEMENT_GROUP : LEVEL_NONE;
    const char *rest = skip_subscription(id);
    if (!rest || !parts_are_filled(rest))
        return LEVEL_NONE;
    if (*rest == '\0')
        return LEVEL_SUBSCRIPTION;
    if (!starts(rest, RESOURCE_GROUP_PART))
        return starts(rest, "/providers/") ? LEVEL_RESOURCE : LEVEL_NONE;
    const char *below = strchr(rest + sizeof RESOURCE_GROUP_PART - 1, '/');
    if (!below)
        return LEVEL_RESOURCE_GROUP;
    return starts(below, "/providers/") ? LEVEL_RESOURCE : LEVEL_NONE;
}

// The short forms, as full ids.
static const char *expand(Arena *a, ScopeLevel wanted, const char *text)
{
    if (wanted == LEVEL_MANAGEMENT_GROUP && *text != '/')
        return arena_printf(a, "%s%s", GROUP_PREFIX, text);
    if (wanted == LEVEL_SUBSCRIPTION && *text != '/')
        return arena_printf(a, "%s%s", SUBSCRIPTION_PREFIX, text);
    return text;
}

const char *scope_id(Program *p, Word word, Text text)
{
    ScopeLevel wanted = LEVEL_NONE;
    if (word.name) {
        size_t at = check_choice(p, word, "a scope", SCOPE_WORDS);
        if (at == CHOICE_NONE)
            return NULL;
        wanted = (ScopeLevel)(LEVEL_MANAGEMENT_GROUP + (int)at);
    }
    const char *id = expand(p->compilation->arena, wanted, text.text);
    ScopeLevel level = scope_level(id);
    if (level != LEVEL_NONE && (level == wanted || wanted == LEVEL_NONE))
        return id;
    Diags *ds = p->compilation->diags;
    Diag *d = word.name
                  ? diag_report(ds, DIAG_BAD_SCOPE, text.span, "`%s` is not the id of a %s",
                                text.text, word.name)
                  : diag_report(ds, DIAG_BAD_SCOPE, text.span, "`%s` is not a full id", text.text);
    diag_help(ds, d, "write %s", SCOPE_FORMS[wanted]);
    return NULL;
}

bool scope_may_be_below(const char *inner, const char *outer)
{
    if (scope_level(outer) == LEVEL_MANAGEMENT_GROUP)
        return !str_equal_nocase(str_of(inner), str_of(outer));
    return starts(inner, outer) && inner[strlen(outer)] == '/';
}
