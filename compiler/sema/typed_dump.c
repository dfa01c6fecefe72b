// typed_dump.c - --dump=types: a checked requirement as text.
//
// Each field is shown with the alias it became and its type; the rest reads as
// the source does, with brackets around every operation.
//
// SPDX-License-Identifier: MIT
#include "sema/compare.h"

#include <inttypes.h>

typedef struct Dump {
    Buf *out;
    Arena *arena; // for the texts of types
    uint32_t indent;
} Dump;

static void expr(Dump *d, const TExpr *x);

static void list(Dump *d, const TExprs *items, const char *between)
{
    for (uint32_t i = 0; i < items->len; i++) {
        buf_str(d->out, i ? between : "");
        expr(d, items->items[i]);
    }
}

static void pair(Dump *d, const TExpr *x, const char *op)
{
    buf_char(d->out, '(');
    expr(d, x->left);
    buf_printf(d->out, " %s ", op);
    expr(d, x->right);
    buf_char(d->out, ')');
}

static void group(Dump *d, const TExpr *x, const char *op)
{
    buf_char(d->out, '(');
    list(d, x->operands, op);
    buf_char(d->out, ')');
}

static void field(Dump *d, const TExpr *x)
{
    const FieldRef *f = x->field;
    buf_printf(d->out, "%s<%s: %s>", f->subject == SUBJECT_RELATED ? "related" : "", f->alias,
               type_text(d->arena, x->type));
    if (f->initial) {
        buf_str(d->out, "?{");
        expr(d, f->initial);
        buf_char(d->out, '}');
    }
}

static void fact(Dump *d, const TExpr *x)
{
    static const char *const names[] = {"resource_group", "subscription", "request", "policy",
                                        "now"};
    buf_str(d->out, names[x->op]);
    for (uint32_t i = 0; i < x->operands->len; i++) {
        buf_char(d->out, '[');
        expr(d, x->operands->items[i]);
        buf_char(d->out, ']');
    }
}

static void walk(Dump *d, const TExpr *x)
{
    static const char *const words[] = {"some", "every", "no"};
    const Binder *b = x->bound;
    buf_printf(d->out, "%s(", x->kind == TX_COUNT ? "count" : words[x->op]);
    if (b->name)
        buf_printf(d->out, "%s%s%s in ", b->name, b->second ? ", " : "",
                   b->second ? b->second : "");
    if (b->kind == BINDER_FIELD)
        buf_printf(d->out, "<%s>", b->alias);
    else
        expr(d, b->list);
    if (x->body) {
        buf_str(d->out, ": ");
        expr(d, x->body);
    }
    buf_char(d->out, ')');
}

static void choice(Dump *d, const TExpr *x)
{
    static const char *const words[] = {"(if ", " then ", " else "};
    for (uint32_t i = 0; i < 3; i++) {
        buf_str(d->out, words[i]);
        expr(d, x->operands->items[i]);
    }
    buf_char(d->out, ')');
}

static void object(Dump *d, const TExpr *x)
{
    buf_str(d->out, "{");
    for (uint32_t i = 0; i < x->entry_values->len; i++) {
        buf_printf(d->out, "%s%s = ", i ? ", " : "", x->entry_keys[i].name);
        expr(d, x->entry_values->items[i]);
    }
    buf_char(d->out, '}');
}

static void in_brackets(Dump *d, const char *name, const TExpr *x, const char *brackets)
{
    buf_printf(d->out, "%s%c", name, brackets[0]);
    expr(d, x);
    buf_char(d->out, brackets[1]);
}

// Literals and names: everything that is one word.
static void word(Dump *d, const TExpr *x)
{
    const Binder *b = x->binder; // of ELEMENT and KEY
    if (x->kind == TX_ERROR || x->kind == TX_NULL)
        buf_str(d->out, x->kind == TX_NULL ? "null" : "error");
    else if (x->kind == TX_BOOL)
        buf_str(d->out, x->truth ? "true" : "false");
    else if (x->kind == TX_INT || x->kind == TX_DURATION)
        buf_printf(d->out, "%" PRId64 "%s", x->number, x->kind == TX_DURATION ? "s" : "");
    else if (x->kind == TX_STRING)
        buf_json_string(d->out, str_of(x->text));
    else if (x->kind == TX_FLOAT || x->kind == TX_VERSION)
        buf_printf(d->out, "%s%s", x->kind == TX_VERSION ? "version " : "", x->text);
    else if (x->kind == TX_PARAM)
        buf_printf(d->out, "$%s", x->param->name);
    else
        buf_str(d->out, x->kind == TX_ELEMENT && b->second ? b->second : b->name);
}

static void items(Dump *d, const TExpr *x)
{
    if (x->kind == TX_CALL)
        buf_str(d->out, function_name((Function)x->function));
    buf_char(d->out, x->kind == TX_CALL ? '(' : '[');
    list(d, x->operands, ", ");
    buf_char(d->out, x->kind == TX_CALL ? ')' : ']');
}

static void tag(Dump *d, const TExpr *x)
{
    in_brackets(d, x->op == SUBJECT_RELATED ? "related tags" : "tags", x->operand, "[]");
}

static void member(Dump *d, const TExpr *x)
{
    expr(d, x->object);
    buf_printf(d->out, ".%s", x->member);
}

static void inner(Dump *d, const TExpr *x)
{
    expr(d, x->left);
    in_brackets(d, "", x->right, "[]");
}

static void test(Dump *d, const TExpr *x)
{
    const char *name = x->kind == TX_NOT ? "not" : x->kind == TX_IS_SET ? "set" : "missing";
    in_brackets(d, name, x->operand, "()");
}

static void junction(Dump *d, const TExpr *x)
{
    group(d, x, x->kind == TX_AND ? " and " : " or ");
}

static void binary(Dump *d, const TExpr *x)
{
    static const char *const signs[] = {"+", "-", "*", "/"};
    pair(d, x,
         x->kind == TX_IMPLIES   ? "implies"
         : x->kind == TX_COMPARE ? compare_op_text((CompareOp)x->op)
                                 : signs[x->op]);
}

static void expr(Dump *d, const TExpr *x)
{
    static void (*const printers[])(Dump *, const TExpr *) = {
        [TX_ERROR] = word,      [TX_NULL] = word,         [TX_BOOL] = word,
        [TX_INT] = word,        [TX_FLOAT] = word,        [TX_STRING] = word,
        [TX_DURATION] = word,   [TX_VERSION] = word,      [TX_LIST] = items,
        [TX_OBJECT] = object,   [TX_FIELD] = field,       [TX_TAG] = tag,
        [TX_PARAM] = word,      [TX_ELEMENT] = word,      [TX_KEY] = word,
        [TX_MEMBER] = member,   [TX_LOOKUP] = inner,      [TX_INDEX] = inner,
        [TX_FACT] = fact,       [TX_CALL] = items,        [TX_NOT] = test,
        [TX_AND] = junction,    [TX_OR] = junction,       [TX_IMPLIES] = binary,
        [TX_IF] = choice,       [TX_COMPARE] = binary,    [TX_IS_SET] = test,
        [TX_IS_MISSING] = test, [TX_ARITHMETIC] = binary, [TX_QUANTIFIER] = walk,
        [TX_COUNT] = walk,
    };
    _Static_assert(sizeof printers / sizeof printers[0] == TX_COUNT + 1, "each kind is shown");
    printers[x->kind](d, x);
}

// --- requirements --------------------------------------------------------------------------------

static void line(Dump *d, const char *what)
{
    buf_fill(d->out, ' ', (size_t)d->indent * 4);
    buf_str(d->out, what);
}

static void line_expr(Dump *d, const char *what, const TExpr *x)
{
    if (!x)
        return;
    line(d, what);
    buf_char(d->out, ' ');
    expr(d, x);
    buf_char(d->out, '\n');
}

static void line_text(Dump *d, const char *what, const char *text)
{
    if (!text)
        return;
    line(d, what);
    buf_char(d->out, ' ');
    buf_json_string(d->out, str_of(text));
    buf_char(d->out, '\n');
}

static void related(Dump *d, const TRelated *r)
{
    static const char *const scopes[] = {"", " at subscription", " in group"};
    line(d, "related ");
    buf_printf(d->out, "%s%s\n", r->kind->name, scopes[r->scope]);
    d->indent++;
    line_expr(d, "name", r->name);
    line_expr(d, "group", r->group);
    line_expr(d, "condition", r->condition);
    d->indent--;
}

static void remedy(Dump *d, const TRemedy *r)
{
    static const char *const words[] = {"set", "add", "remove", "deploy", "mutate"};
    line(d, "remedy ");
    buf_printf(d->out, "%s%s%s%s\n", words[r->op], r->kind ? " " : "", r->kind ? r->kind->name : "",
               r->at_subscription ? " at subscription" : "");
    d->indent++;
    line_expr(d, "place", r->place);
    line_expr(d, "value", r->value);
    line_expr(d, "when", r->when);
    line_expr(d, "name", r->name);
    line_expr(d, "object", r->object);
    line_text(d, "location", r->location);
    for (uint32_t i = 0; i < r->role_ids.len; i++)
        line_text(d, "role", r->role_ids.items[i]);
    d->indent--;
}

static void admission(Dump *d, const TAdmission *a)
{
    line(d, "admission\n");
    d->indent++;
    line_expr(d, "address", a->address);
    if (a->content.n > 0)
        line_text(d, "content", arena_copy(d->arena, a->content.p, a->content.n));
    line_expr(d, "settings", a->settings);
    d->indent--;
}

static void rule(Dump *d, const TRule *r)
{
    line(d, "for ");
    buf_printf(d->out, "%s <%s>%s\n", r->kind->name, r->type ? r->type : "*",
               r->inline_binder ? " inline" : "");
    d->indent++;
    for (uint32_t i = 0; i < r->where.len; i++)
        line_expr(d, "where", r->where.items[i]);
    for (uint32_t i = 0; i < r->requires.len; i++)
        line_expr(d, "require", r->requires.items[i]);
    if (r->related)
        related(d, r->related);
    for (uint32_t i = 0; i < r->remedies.len; i++)
        remedy(d, r->remedies.items[i]);
    if (r->admission)
        admission(d, r->admission);
    line_expr(d, "join", r->group);
    line_text(d, "conflict", r->conflict);
    line_text(d, "delay", r->delay);
    if (r->forbid_delete) {
        line(d, "forbid delete");
        buf_str(d->out, !r->cascade_set   ? "\n"
                        : r->cascade_deny ? " cascade deny\n"
                                          : " cascade allow\n");
    }
    line_text(d, "attest", r->attest);
    line_text(d, "evidence", r->evidence);
    line_text(d, "every", r->every);
    line_text(d, "state", r->state);
    line_text(d, "message", r->message);
    d->indent--;
}

void typed_dump(Buf *out, const TRequirement *r)
{
    Dump d = {.out = out, .arena = arena_new(), .indent = 1};
    buf_printf(out, "requirement %s.%s\n", r->module->path, r->decl->name.name);
    line_text(&d, "severity", r->severity);
    for (uint32_t i = 0; i < r->controls.len; i++) {
        line(&d, "satisfies ");
        buf_printf(out, "%s %s\n", r->controls.items[i].framework_name,
                   r->controls.items[i].control->id.text);
    }
    line_expr(&d, "metadata", r->metadata);
    for (uint32_t i = 0; i < r->effects.len; i++)
        line_text(&d, "effect", effect_text(r->effects.items[i]));
    for (uint32_t i = 0; i < r->blocks.len; i++) {
        for (uint32_t k = 0; k < r->blocks.items[i]->rules.len; k++)
            rule(&d, r->blocks.items[i]->rules.items[k]);
    }
    arena_free(d.arena);
}
