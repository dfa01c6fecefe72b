// call.c - functions and arithmetic.
//
// functions.def says what there is; a function that Azure refuses in rules is
// known by name, so that the message can say why and what to write instead.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/elaborate.h"

typedef struct Signature {
    Function id;
    const char *text, *parameters, *result;
} Signature;

static const Signature FUNCTIONS[] = {
#define FUNCTION(id, text, arm, params, result) {FUNCTION_##id, text, params, result},
#include "sema/functions.def"
#undef FUNCTION
};

enum { FUNCTION_COUNT = sizeof FUNCTIONS / sizeof FUNCTIONS[0], MOST_SEGMENTS = 20 };

static const struct {
    const char *name, *help;
} REFUSED[] = {
    // the language has its own way
    {"add", "write `a + b`"},
    {"sub", "write `a - b`"},
    {"mul", "write `a * b`"},
    {"div", "write `a / b`"},
    {"createArray", "write a list: `[a, b]`"},
    {"createObject", "write an object: `{ key = value }`"},
    {"current", "the variable of `some`, `every`, `no` or `count` is the element"},
    {"field", "write the property itself, or `alias \"…\"`"},
    {"parameters", "write the name of the parameter"},
    {"policy", "write `policy.assignmentId`, without brackets"},
    {"requestContext", "write `request.apiVersion` or `request.claims[\"…\"]`"},
    {"resourceGroup", "write `resource_group.name`, `.tags[\"…\"]` and so on"},
    {"subscription", "write `subscription.id`, without brackets"},
    {"utcNow", "write `now`"},
    {"now", "write `now`, without brackets"},
    // refused by Azure Policy
    {"copyIndex", NULL},
    {"dateTimeAdd",
     "`addDays(now, 30)` adds days; durations compare with constants: `<= 15 minutes`"},
    {"dateTimeFromEpoch", NULL},
    {"dateTimeToEpoch", NULL},
    {"deployment", NULL},
    {"environment", NULL},
    {"extensionResourceId", "build the id by `concat`"},
    {"filter", "write a quantifier: `some x in list: …`"},
    {"groupBy", NULL},
    {"map", "write a quantifier: `every x in list: …`"},
    {"mapValues", NULL},
    {"managementGroup", NULL},
    {"newGuid", NULL},
    {"pickZones", NULL},
    {"providers", NULL},
    {"reduce", "write a quantifier or `count(x in list: …)`"},
    {"reference", "ask the other resource by `require related`"},
    {"resourceId", "build the id by `concat`"},
    {"sort", NULL},
    {"subscriptionResourceId", "build the id by `concat`"},
    {"tenant", "write `subscription.tenantId`"},
    {"tenantResourceId", "build the id by `concat`"},
    {"toObject", NULL},
    {"variables", "write a `let`"},
};

static const struct {
    const char *wrong, *right;
} OTHER_NAMES[] = {
    {"len", "length"},
    {"count", "length"},
    {"size", "length"},
    {"lower", "toLower"},
    {"upper", "toUpper"},
    {"lowercase", "toLower"},
    {"uppercase", "toUpper"},
    {"substr", "substring"},
    {"strip", "trim"},
    {"hostname", "host"},
    {"starts_with", "startsWith"},
    {"ends_with", "endsWith"},
    {"normalize", "normalise"},
    {"cidr_contains", "ipRangeContains"},
    {"ipContains", "ipRangeContains"},
    {"date_add", "addDays"},
    {"str", "string"},
    {"tostring", "string"},
};

static const Signature *find_function(const char *name)
{
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        if (strcmp(FUNCTIONS[i].text, name) == 0)
            return &FUNCTIONS[i];
    }
    return NULL;
}

bool function_exists(const char *name)
{
    return find_function(name) != NULL;
}

const char *function_name(Function f)
{
    return FUNCTIONS[f - 1].text;
}

// --- unknown ones --------------------------------------------------------------------------------

static bool report_refused(Elaborator *e, const char *name, Span span)
{
    bool lists = strncmp(name, "list", 4) == 0 && name[4] >= 'A' && name[4] <= 'Z';
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0] || lists; i++) {
        if (!lists && strcmp(REFUSED[i].name, name) != 0)
            continue;
        Diag *d =
            elab_report(e, DIAG_REFUSED_FUNCTION, span, "`%s` is not a function of policies", name);
        if (lists)
            diag_note(e->diags, d, "a policy cannot call a `list…` action of a service");
        else if (REFUSED[i].help)
            diag_help(e->diags, d, "%s", REFUSED[i].help);
        else
            diag_note(e->diags, d, "Azure allows it in deployment templates only");
        return true;
    }
    return false;
}

static TExpr *report_unknown(Elaborator *e, const char *name, Span span)
{
    if (report_refused(e, name, span))
        return elab_error(e, span);
    Diag *d = elab_report(e, DIAG_UNKNOWN_FUNCTION, span, "there is no function `%s`", name);
    Suggest near;
    suggest_start(&near, str_of(name));
    for (size_t i = 0; i < sizeof OTHER_NAMES / sizeof OTHER_NAMES[0]; i++) {
        if (strcmp(OTHER_NAMES[i].wrong, name) == 0) {
            diag_help(e->diags, d, "did you mean `%s`?", OTHER_NAMES[i].right);
            diag_fix(e->diags, d, span, OTHER_NAMES[i].right);
            return elab_error(e, span);
        }
    }
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        suggest_offer(&near, str_of(FUNCTIONS[i].text));
    check_suggest(e->program, d, span, &near, false);
    return elab_error(e, span);
}

// --- parameters ----------------------------------------------------------------------------------

static const char *letter_text(char letter)
{
    static const struct {
        char letter;
        const char *text;
    } texts[] = {
        {'t', "a string"},
        {'i', "an int"},
        {'n', "a number"},
        {'b', "a bool"},
        {'d', "a datetime"},
        {'c', "a cidr"},
        {'x', "a string or a list"},
        {'z', "a string or a list of strings"},
        {'p', "a string, a list or an object"},
        {'y', "a string, a number or a bool"},
        {'l', "a list"},
        {'s', "a list"},
        {'I', "an int or a list of ints"},
        {'o', "an object"},
        {'q', "a list or an object"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].letter == letter)
            return texts[i].text;
    }
    return "a value";
}

static bool is_object(const Type *t)
{
    return t->kind == TYPE_OBJECT || t->kind == TYPE_RECORD || t->kind == TYPE_TABLE;
}

static bool letter_takes(char letter, const Type *t)
{
    bool text = type_is_text(t), list = t->kind == TYPE_LIST, integer = t->kind == TYPE_INT;
    if (t->kind == TYPE_ANY || t->kind == TYPE_ERROR)
        return true;
    switch (letter) {
    case 't':
        return text;
    case 'i':
        return integer;
    case 'n':
        return type_is_number(t);
    case 'b':
        return t->kind == TYPE_BOOL;
    case 'd':
        return t->kind == TYPE_DATETIME;
    case 'c':
        return t->kind == TYPE_CIDR;
    case 'x':
        return text || list || integer;
    case 'z':
        return text || (list && type_is_text(t->element));
    case 'p':
        return text || list || is_object(t);
    case 'y':
        return text || type_is_number(t) || t->kind == TYPE_BOOL;
    case 'l':
    case 's':
        return list;
    case 'I':
        return integer || (list && t->element->kind == TYPE_INT);
    case 'o':
        return is_object(t);
    case 'q':
        return list || is_object(t);
    default:
        return t->kind != TYPE_NULL && t->kind != TYPE_DURATION && t->kind != TYPE_VERSION;
    }
}

static const Type *letter_hint(Elaborator *e, char letter)
{
    if (letter == 't')
        return type_simple(TYPE_STRING);
    if (letter == 'd')
        return type_simple(TYPE_DATETIME);
    if (letter == 'c')
        return type_simple(TYPE_CIDR);
    return letter == 's' ? type_list(e->arena, type_simple(TYPE_STRING)) : NULL;
}

// The letter of the n-th argument; '\0' where there may be none.
static char letter_at(const char *parameters, uint32_t n)
{
    const char *p = parameters;
    for (uint32_t i = 0; *p && *p != '!'; i++) {
        char letter = *p++;
        bool repeats = *p == '+' || *p == '*';
        if (i == n || (repeats && n > i))
            return letter;
        p += *p == '?' || repeats;
    }
    return '\0';
}

static uint32_t least_arguments(const char *parameters)
{
    uint32_t n = 0;
    for (const char *p = parameters; *p && *p != '!'; p++) {
        if (p[1] == '?' || p[1] == '*' || p[1] == '+')
            n += p[1] == '+', p++;
        else
            n++;
    }
    return n;
}

static bool check_count(Elaborator *e, const Signature *f, const Expr *x)
{
    uint32_t n = x->arguments->len, least = least_arguments(f->parameters);
    if (n >= least && (n == 0 || letter_at(f->parameters, n - 1)))
        return true;
    uint32_t most = least;
    while (most < 4 && letter_at(f->parameters, most))
        most++;
    Diag *d =
        elab_report(e, DIAG_WRONG_ARGUMENTS, x->span, "`%s` takes %s%u argument%s, %u given",
                    f->text, most == least ? "" : "at least ", least, least == 1 ? "" : "s", n);
    if (most > least && n > least)
        diag_note(e->diags, d, "and at most %u", most);
    return false;
}

static void help_argument(Elaborator *e, Diag *d, const TExpr *value, char letter)
{
    if (!type_is_text(value->type) || value->kind != TX_FIELD)
        return;
    const char *slash = strrchr(value->field->alias, '/');
    const char *field = slash ? slash + 1 : value->field->alias;
    if (letter == 'd' || letter == 'c')
        diag_help(e->diags, d, "if it is always one, say so in the kind: `type %s: %s`", field,
                  letter == 'd' ? "datetime" : "cidr");
}

static TExpr *elaborate_argument(Elaborator *e, const Signature *f, const Expr *x, uint32_t n)
{
    char letter = letter_at(f->parameters, n);
    TExpr *value = elab_hinted(e, x, letter_hint(e, letter));
    if (value->kind == TX_ERROR || letter_takes(letter, value->type))
        return value;
    Diag *d = elab_report(e, DIAG_WRONG_ARGUMENTS, x->span, "`%s` takes %s here, this is %s",
                          f->text, letter_text(letter), elab_type_text(e, value->type));
    help_argument(e, d, value, letter);
    return elab_error(e, x->span);
}

// --- results -------------------------------------------------------------------------------------

static const Type *entries_type(Elaborator *e, const Type *object)
{
    Interner *names = e->program->compilation->names;
    Type *entry = ARENA_NEW(e->arena, Type);
    *entry = (Type){.kind = TYPE_RECORD};
    const Type *value = object->kind == TYPE_TABLE ? object->element : type_simple(TYPE_ANY);
    vec_push(e->arena, &entry->fields,
             ((RecordField){intern_str(names, "key"), type_simple(TYPE_STRING)}));
    vec_push(e->arena, &entry->fields, ((RecordField){intern_str(names, "value"), value}));
    return type_list(e->arena, entry);
}

static const Type *like_first(const Type *t)
{
    return type_is_text(t) || t->kind == TYPE_INT ? type_simple(TYPE_STRING) : t;
}

static const Type *result_type(Elaborator *e, const Signature *f, const TExprs *arguments)
{
    const Type *first = arguments->len ? arguments->items[0]->type : type_simple(TYPE_ANY);
    switch (f->result[0]) {
    case 't':
        return type_simple(TYPE_STRING);
    case 'i':
        return type_simple(TYPE_INT);
    case 'f':
        return type_simple(TYPE_FLOAT);
    case 'b':
        return type_simple(TYPE_BOOL);
    case 'd':
        return type_simple(TYPE_DATETIME);
    case 'c':
        return type_simple(TYPE_CIDR);
    case 'L':
        return type_simple(TYPE_LOCATION);
    case 'o':
        return type_simple(TYPE_OBJECT);
    case 's':
        return type_list(e->arena, type_simple(TYPE_STRING));
    case 'r':
        return type_list(e->arena, type_simple(TYPE_INT));
    case 'l':
        return type_list(e->arena, type_simple(TYPE_ANY));
    case 'm':
        return entries_type(e, first);
    case 'e':
        return first->kind == TYPE_LIST ? first->element : type_simple(TYPE_STRING);
    case '1':
        return f->id == FUNCTION_COALESCE ? first : like_first(first);
    default:
        return type_simple(TYPE_ANY);
    }
}

// --- what is said of a call -------------------------------------------------------------------------

static bool check_segment(Elaborator *e, const TExprs *arguments)
{
    const TExpr *n = arguments->items[1];
    if (n->kind == TX_INT && n->number >= 0 && n->number <= MOST_SEGMENTS)
        return true;
    Diag *d = elab_report(e, DIAG_WRONG_ARGUMENTS, n->span,
                          "the number of a segment is a literal from 0 to %d", MOST_SEGMENTS);
    diag_help(e->diags, d,
              "an id begins with \"/\": segment 0 is \"\", 2 the subscription, "
              "4 the resource group, 8 the name");
    return false;
}

static bool reads_resource(const TExprs *arguments)
{
    for (uint32_t i = 0; i < arguments->len; i++) {
        TExprKind kind = (TExprKind)arguments->items[i]->kind;
        if (kind != TX_PARAM && (kind < TX_NULL || kind > TX_OBJECT))
            return true;
    }
    return false;
}

static void check_failure(Elaborator *e, const Signature *f, const TExprs *arguments, Span span)
{
    if (!strchr(f->parameters, '!') || e->guarded || !reads_resource(arguments))
        return;
    Diag *d = elab_report(e, DIAG_FUNCTION_MAY_FAIL, span,
                          "`%s` fails on a value of another form, and a failure denies", f->text);
    diag_help(e->diags, d, "test the value first: `if … then %s(…) else …`", f->text);
}

TExpr *elab_call(Elaborator *e, const Expr *x)
{
    if (x->callee->kind != EXPR_NAME) {
        elab_report(e, DIAG_UNKNOWN_FUNCTION, x->callee->span, "only a function can be called");
        return elab_error(e, x->span);
    }
    const Signature *f = find_function(x->callee->text);
    if (!f)
        return report_unknown(e, x->callee->text, x->callee->span);
    if (!check_count(e, f, x))
        return elab_error(e, x->span);
    TExprs *arguments = ARENA_NEW(e->arena, TExprs);
    uint32_t reads = e->related_reads;
    bool wrong = false;
    for (uint32_t i = 0; i < x->arguments->len; i++) {
        TExpr *value = elaborate_argument(e, f, x->arguments->items[i], i);
        wrong |= value->kind == TX_ERROR;
        vec_push(e->arena, arguments, value);
    }
    if (wrong || (f->id == FUNCTION_SEGMENT && !check_segment(e, arguments)))
        return elab_error(e, x->span);
    if (e->related_reads > reads) {
        Diag *d = elab_report(e, DIAG_RELATED_IN_FUNCTION, x->span,
                              "a property of the related resource cannot pass through a function");
        diag_note(e->diags, d, "there Azure's functions read the resource that is assessed");
        diag_help(e->diags, d, "compare the property itself, as by `like` or `contains`");
        return elab_error(e, x->span);
    }
    check_failure(e, f, arguments, x->span);
    if (e->constant) {
        elab_report(e, DIAG_NOT_CONSTANT, x->span, "a constant is needed here");
        return elab_error(e, x->span);
    }
    TExpr *result = elab_node(e, TX_CALL, x->span, result_type(e, f, arguments));
    result->function = (uint16_t)f->id;
    result->operands = arguments;
    return result;
}
