// render_json.c - diagnostics for machines: our own document, and SARIF 2.1.0.
//
// SPDX-License-Identifier: MIT
#include "diag/render.h"

#include "base/version.h"

typedef struct Json {
    Buf *out;
    const Sources *sources;
} Json;

static void add_text(Json *j, const char *s)
{
    buf_json_string(j->out, str_of(s));
}

static Position end_of(const Sources *sources, Span span)
{
    return sources_position(sources, span.end > span.start ? span.end : span.start);
}

// --- our own -------------------------------------------------------------------------------

// "file": …, "line": …; null for a diagnostic about no place.
static void add_place(Json *j, Span span)
{
    Position start = sources_position(j->sources, span.start);
    if (!start.source) {
        buf_str(j->out, "\"file\": null, \"line\": null, \"column\": null, \"endLine\": null, "
                        "\"endColumn\": null");
        return;
    }
    Position end = end_of(j->sources, span);
    buf_str(j->out, "\"file\": ");
    add_text(j, start.source->path);
    buf_printf(j->out, ", \"line\": %u, \"column\": %u, \"endLine\": %u, \"endColumn\": %u",
               start.line, start.column, end.line, end.column);
}

static void add_places(Json *j, const Diag *d)
{
    buf_str(j->out, ",\n      \"labels\": [");
    for (uint32_t i = 0; i < d->labels.len; i++) {
        buf_str(j->out, i ? ", {\"message\": " : "{\"message\": ");
        add_text(j, d->labels.items[i].text);
        buf_str(j->out, ", ");
        add_place(j, d->labels.items[i].span);
        buf_char(j->out, '}');
    }
    buf_str(j->out, "],\n      \"fixes\": [");
    for (uint32_t i = 0; i < d->fixes.len; i++) {
        buf_str(j->out, i ? ", {\"replacement\": " : "{\"replacement\": ");
        add_text(j, d->fixes.items[i].replacement);
        buf_str(j->out, ", ");
        add_place(j, d->fixes.items[i].span);
        buf_char(j->out, '}');
    }
    buf_char(j->out, ']');
}

static void add_texts(Json *j, const char *key, const char *const *texts, uint32_t count)
{
    buf_printf(j->out, ",\n      \"%s\": [", key);
    for (uint32_t i = 0; i < count; i++) {
        buf_str(j->out, i ? ", " : "");
        add_text(j, texts[i]);
    }
    buf_char(j->out, ']');
}

static void add_diag(Json *j, const Diag *d)
{
    buf_printf(j->out, "    {\n      \"code\": \"%s\", \"name\": \"%s\", \"severity\": \"%s\",\n",
               diag_code_text(d->code), diag_code_name(d->code), severity_text(d->severity));
    buf_str(j->out, "      \"message\": ");
    add_text(j, d->message);
    buf_str(j->out, ",\n      ");
    add_place(j, d->span);
    add_places(j, d);
    add_texts(j, "notes", d->notes.items, d->notes.len);
    add_texts(j, "helps", d->helps.items, d->helps.len);
    buf_str(j->out, "\n    }");
}

void render_json(Buf *out, const Sources *sources, const Diags *ds)
{
    Json j = {out, sources};
    const Diag *d;
    buf_str(out, "{\n  \"diagnostics\": [");
    for (uint32_t i = 0; (d = diags_get(ds, i)); i++) {
        buf_str(out, i ? ",\n" : "\n");
        add_diag(&j, d);
    }
    buf_printf(out, "%s],\n  \"errors\": %u,\n  \"warnings\": %u\n}\n",
               diags_get(ds, 0) ? "\n  " : "", diags_count(ds, SEVERITY_ERROR),
               diags_count(ds, SEVERITY_WARNING));
}

// --- SARIF ---------------------------------------------------------------------------------

static void add_region(Json *j, Span span)
{
    Position start = sources_position(j->sources, span.start), end = end_of(j->sources, span);
    buf_printf(j->out,
               "{\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}",
               start.line, start.column, end.line, end.column);
}

static void add_artifact(Json *j, Span span)
{
    buf_str(j->out, "\"artifactLocation\": {\"uri\": ");
    buf_json_uri(j->out, sources_at(j->sources, span.start)->path);
    buf_char(j->out, '}');
}

static void add_location(Json *j, Span span, const char *message)
{
    buf_str(j->out, "{\"physicalLocation\": {");
    add_artifact(j, span);
    buf_str(j->out, ", \"region\": ");
    add_region(j, span);
    buf_char(j->out, '}');
    if (message) {
        buf_str(j->out, ", \"message\": {\"text\": ");
        add_text(j, message);
        buf_char(j->out, '}');
    }
    buf_char(j->out, '}');
}

// SARIF has no notes: they are further lines of the message.
static void add_message(Json *j, const Diag *d)
{
    Buf text = {0};
    buf_str(&text, d->message);
    for (uint32_t i = 0; i < d->notes.len; i++)
        buf_printf(&text, "\nnote: %s", d->notes.items[i]);
    for (uint32_t i = 0; i < d->helps.len; i++)
        buf_printf(&text, "\nhelp: %s", d->helps.items[i]);
    buf_str(j->out, "\"message\": {\"text\": ");
    buf_json_string(j->out, (Str){text.p, text.n});
    buf_char(j->out, '}');
    buf_free(&text);
}

static void add_related(Json *j, const Diag *d)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < d->labels.len; i++) {
        if (!sources_at(j->sources, d->labels.items[i].span.start))
            continue;
        buf_str(j->out, shown++ ? ", " : ",\n          \"relatedLocations\": [");
        add_location(j, d->labels.items[i].span, d->labels.items[i].text);
    }
    if (shown)
        buf_char(j->out, ']');
}

// One fix, whose edits go together.
static void add_fix(Json *j, const Diag *d)
{
    if (!d->fixes.len)
        return;
    buf_str(j->out, ",\n          \"fixes\": [{\"artifactChanges\": [");
    for (uint32_t i = 0; i < d->fixes.len; i++) {
        const DiagFix *fix = &d->fixes.items[i];
        buf_str(j->out, i ? ", {" : "{");
        add_artifact(j, fix->span);
        buf_str(j->out, ", \"replacements\": [{\"deletedRegion\": ");
        add_region(j, fix->span);
        buf_str(j->out, ", \"insertedContent\": {\"text\": ");
        add_text(j, fix->replacement);
        buf_str(j->out, "}}]}");
    }
    buf_str(j->out, "]}]");
}

static void add_result(Json *j, const Diag *d)
{
    buf_printf(j->out, "        {\n          \"ruleId\": \"%s\", \"level\": \"%s\",\n          ",
               diag_code_text(d->code), severity_text(d->severity));
    add_message(j, d);
    if (sources_at(j->sources, d->span.start)) {
        buf_str(j->out, ",\n          \"locations\": [");
        add_location(j, d->span, NULL);
        buf_char(j->out, ']');
    }
    add_related(j, d);
    add_fix(j, d);
    buf_str(j->out, "\n        }");
}

// The rules that were broken, each once, in the order of their codes.
static void add_rules(Json *j, const Diags *ds)
{
    bool seen[DIAG_COUNT] = {false};
    const Diag *d;
    for (uint32_t i = 0; (d = diags_get(ds, i)); i++)
        seen[d->code] = true;
    bool first = true;
    for (uint32_t i = 0; i < DIAG_COUNT; i++) {
        if (!seen[i])
            continue;
        buf_printf(j->out, "%s            {\"id\": \"%s\", \"name\": \"%s\"}", first ? "\n" : ",\n",
                   diag_code_text((DiagCode)i), diag_code_name((DiagCode)i));
        first = false;
    }
    buf_str(j->out, first ? "]\n" : "\n          ]\n");
}

void render_sarif(Buf *out, const Sources *sources, const Diags *ds)
{
    Json j = {out, sources};
    const Diag *d;
    buf_str(out, "{\n"
                 "  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
                 "  \"version\": \"2.1.0\",\n"
                 "  \"runs\": [\n"
                 "    {\n"
                 "      \"tool\": {\n"
                 "        \"driver\": {\n"
                 "          \"name\": \"moat\",\n"
                 "          \"semanticVersion\": \"" MOAT_VERSION "\",\n"
                 "          \"rules\": [");
    add_rules(&j, ds);
    buf_str(out, "        }\n"
                 "      },\n"
                 "      \"columnKind\": \"unicodeCodePoints\",\n"
                 "      \"results\": [");
    for (uint32_t i = 0; (d = diags_get(ds, i)); i++) {
        buf_str(out, i ? ",\n" : "\n");
        add_result(&j, d);
    }
    buf_str(out, diags_get(ds, 0) ? "\n      ]\n    }\n  ]\n}\n" : "]\n    }\n  ]\n}\n");
}
