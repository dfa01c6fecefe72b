// scan.c - words, numbers, strings and what no token begins with.
//
// The rules of moat.l find where a token ends; what it means, and what is wrong
// with it, is said here.
//
// SPDX-License-Identifier: MIT
#include "syntax/parser.h"

#include "moat.tab.h"

// --- the text as a whole --------------------------------------------------------------------------

// Characters that reorder text on a screen: code would not be what it looks like.
static bool reorders_text(const char *s, size_t n)
{
    const unsigned char *b = (const unsigned char *)s;
    if (n != 3 || b[0] != 0xE2)
        return false;
    return (b[1] == 0x80 && ((b[2] >= 0xAA && b[2] <= 0xAE) || b[2] == 0x8E || b[2] == 0x8F)) ||
           (b[1] == 0x81 && b[2] >= 0xA6 && b[2] <= 0xA9);
}

static void report_encoding(Parse *p, size_t at)
{
    Str text = p->source->text;
    uint32_t place = p->source->base + (uint32_t)at;
    const unsigned char *b = (const unsigned char *)text.p;
    bool wide = text.n >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF));
    parse_report(p, DIAG_INVALID_UTF8, (Span){place, place + 1},
                 wide ? "the file looks like UTF-16: save it as UTF-8" : "save the file as UTF-8",
                 "byte 0x%02X is not part of a UTF-8 character", b[at]);
}

static bool is_plain(const char *s) // eight bytes of ASCII, no NUL
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return ((w - 0x0101010101010101u) & ~w & 0x8080808080808080u) == 0 &&
           (w & 0x8080808080808080u) == 0;
}

static bool scan_character_ok(Parse *p, size_t *at)
{
    Str text = p->source->text;
    uint32_t place = p->source->base + (uint32_t)*at;
    const char *s = text.p + *at;
    size_t length = utf8_sequence(s, text.n - *at);
    if (length == 0) {
        report_encoding(p, *at);
        return false;
    }
    if (*s == 0) {
        parse_report(p, DIAG_NUL_BYTE, (Span){place, place + 1}, "moat reads text files in UTF-8",
                     "the text holds a NUL byte");
        return false;
    }
    if (reorders_text(s, length)) {
        parse_report(p, DIAG_HIDDEN_CHARACTER, (Span){place, place + (uint32_t)length},
                     "remove it; in a string write it as `\\u{…}`",
                     "an invisible character changes the direction of the text");
        return false;
    }
    *at += length;
    return true;
}

bool scan_text_ok(Parse *p)
{
    Str text = p->source->text;
    for (size_t at = 0; at < text.n;) {
        if (text.n - at >= 8 && is_plain(text.p + at))
            at += 8;
        else if (!scan_character_ok(p, &at))
            return false;
    }
    return true;
}

// --- words ----------------------------------------------------------------------------------------

static uint32_t word_slot(const char *s, size_t n)
{
    uint32_t h = (uint32_t)(unsigned char)s[0] * 37 + (uint32_t)(unsigned char)s[n / 2] * 11 +
                 (uint32_t)(unsigned char)s[n - 1] * 5 + (uint32_t)n * 3;
    return h % WORD_SLOTS;
}

void scan_words_init(Parse *p)
{
    _Static_assert(KEYWORDS_MAX < UINT8_MAX, "a slot is a byte");
    for (uint32_t i = 0; i < keyword_count; i++) {
        const Keyword *k = &keywords[i];
        if (k->kind == WORD_SIGN || k->kind == WORD_TYPE)
            continue;
        uint32_t slot = word_slot(k->text, k->length);
        while (p->slots[slot])
            slot = (slot + 1) % WORD_SLOTS;
        p->slots[slot] = (uint8_t)(i + 1);
    }
}

static int word_found(Parse *p, Token *t, uint32_t index)
{
    const Keyword *k = &keywords[index];
    if (!p->names[index])
        p->names[index] = intern(p->c->names, k->text, k->length);
    t->text = p->names[index];
    if (k->kind != WORD_UNIT)
        return k->token;
    t->unit = (uint8_t)(k->unit + 1);
    return TOK_WORD;
}

int token_word(Parse *p, Token *t, const char *s, size_t n)
{
    for (uint32_t slot = word_slot(s, n); p->slots[slot]; slot = (slot + 1) % WORD_SLOTS) {
        uint32_t index = p->slots[slot] - 1u;
        if (keywords[index].length == n && memcmp(keywords[index].text, s, n) == 0)
            return word_found(p, t, index);
    }
    t->text = intern(p->c->names, s, n);
    return TOK_WORD;
}

// --- numbers --------------------------------------------------------------------------------------

static int bad_number(Parse *p, const Token *t, const char *s, size_t n)
{
    const char *help = "numbers are `42`, `1.5` and versions such as `1.2.3`; anything else goes "
                       "into quotes";
    size_t digits = strspn(s, "0123456789");
    if (keyword_find(WORD_UNIT, (Str){s + digits, n - digits}))
        help = "write a space before the unit, as in `30 days`";
    else if (s[0] == '0' && digits == n)
        help = "write it without the zero at its front";
    parse_report(p, DIAG_BAD_NUMBER, t->span, help, "`%.*s` is not a number", n > 40 ? 40 : (int)n,
                 s);
    return TOK_ERROR;
}

static int scan_int(Parse *p, Token *t, const char *s, size_t n)
{
    if (n > 1 && s[0] == '0')
        return bad_number(p, t, s, n);
    int64_t value = 0;
    for (size_t i = 0; i < n; i++) {
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, s[i] - '0', &value)) {
            parse_report(p, DIAG_NUMBER_TOO_LARGE, t->span, "the largest is 9223372036854775807",
                         "the number is too large");
            return TOK_ERROR;
        }
    }
    t->number = value;
    return TOK_INT;
}

int token_number(Parse *p, Token *t, const char *s, size_t n)
{
    uint32_t dots = 0;
    for (size_t i = 0; i < n; i++) {
        bool dot = s[i] == '.';
        if (dot && (i + 1 == n || s[i + 1] == '.'))
            return bad_number(p, t, s, n);
        if (!dot && (s[i] < '0' || s[i] > '9'))
            return bad_number(p, t, s, n);
        dots += dot;
    }
    if (dots == 0)
        return scan_int(p, t, s, n);
    if (dots > 2)
        return bad_number(p, t, s, n);
    t->text = intern(p->c->names, s, n);
    return dots == 1 ? TOK_FLOAT : TOK_VERSION_NUMBER;
}

// --- strings --------------------------------------------------------------------------------------

static const char ESCAPES[] = "\"\\ntr", ESCAPED[] = "\"\\\n\t\r";

static void bad_escape(Parse *p, uint32_t start, uint32_t end, const char *what)
{
    parse_report(p, DIAG_BAD_ESCAPE, (Span){start, end},
                 "escapes are `\\\"` `\\\\` `\\n` `\\t` `\\r` and `\\u{1F600}`", "%s", what);
}

static void add_utf8(Buf *b, uint32_t c)
{
    if (c < 0x80) {
        buf_char(b, (char)c);
    } else if (c < 0x800) {
        buf_char(b, (char)(0xC0 | (c >> 6)));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        buf_char(b, (char)(0xE0 | (c >> 12)));
        buf_char(b, (char)(0x80 | ((c >> 6) & 0x3F)));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_char(b, (char)(0xF0 | (c >> 18)));
        buf_char(b, (char)(0x80 | ((c >> 12) & 0x3F)));
        buf_char(b, (char)(0x80 | ((c >> 6) & 0x3F)));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The text after `\u`; returns how much of it belongs to the escape.
static size_t scan_unicode(Parse *p, uint32_t place, const char *s, size_t n)
{
    uint32_t c = 0;
    size_t i = 1;
    if (n == 0 || s[0] != '{') {
        bad_escape(p, place, place + 2, "`\\u` lacks its `{`");
        return 0;
    }
    for (; i < n && hex_digit(s[i]) >= 0; i++)
        c = c > 0x10FFFF ? c : c * 16 + (uint32_t)hex_digit(s[i]);
    uint32_t end = place + 2 + (uint32_t)i;
    if (i == 1 || i == n || s[i] != '}') {
        bad_escape(p, place, end, "`\\u{` needs hexadecimal digits and a `}`");
        return i;
    }
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        bad_escape(p, place, end + 1,
                   c ? "this is not the number of a character" : "a string cannot hold NUL");
    else
        add_utf8(&p->scratch, c);
    return i + 1;
}

static size_t scan_escape(Parse *p, uint32_t place, const char *s, size_t n)
{
    const char *known = strchr(ESCAPES, s[1]);
    if (s[1] == 'u')
        return 2 + scan_unicode(p, place, s + 2, n - 2);
    if (known) {
        buf_char(&p->scratch, ESCAPED[known - ESCAPES]);
        return 2;
    }
    size_t length = utf8_sequence(s + 1, n - 1);
    bad_escape(p, place, place + 1 + (uint32_t)length, "this escape is not known");
    return 1 + length;
}

static void report_control(Parse *p, uint32_t place, char c)
{
    parse_report(p, DIAG_HIDDEN_CHARACTER, (Span){place, place + 1},
                 "write it as an escape such as `\\n` or `\\u{1B}`",
                 "the string holds the control character 0x%02X", (unsigned)c);
}

int token_string(Parse *p, Token *t, const char *s, size_t n)
{
    bool plain = true;
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)s[i] < ' ' && s[i] != '\t')
            report_control(p, t->span.start + 1 + (uint32_t)i, s[i]);
        plain &= s[i] != '\\';
    }
    if (plain) {
        t->text = intern(p->c->names, s, n);
        return TOK_STRING;
    }
    buf_reset(&p->scratch);
    for (size_t i = 0; i < n;) {
        if (s[i] == '\\')
            i += scan_escape(p, t->span.start + 1 + (uint32_t)i, s + i, n - i);
        else
            buf_char(&p->scratch, s[i++]);
    }
    t->text = intern(p->c->names, p->scratch.n ? p->scratch.p : "", p->scratch.n);
    return TOK_STRING;
}

int scan_open_string(Parse *p, Token *t, const char *s, size_t n)
{
    while (n && s[n - 1] == '\r')
        n--;
    Span span = {t->span.start, t->span.start + (uint32_t)n};
    parse_report(p, DIAG_UNTERMINATED_STRING, span, "end it with `\"` on the same line",
                 "string is not closed");
    return TOK_ERROR;
}

// --- what begins no token -------------------------------------------------------------------------

typedef struct Stray {
    const char *text;
    int token; // the one meant, or the error token
    const char *help, *replacement;
} Stray;

static const Stray strays[] = {
    {"&&", TOK_AND, "write `and`", "and"},
    {"||", TOK_OR, "write `or`; between effects a single `|`", "or"},
    {"!", TOK_NOT, "write `not`", "not "},
    {"===", TOK_EQ, "write `==`", "=="},
    {"!==", TOK_NE, "write `!=`", "!="},
    {"<>", TOK_NE, "write `!=`", "!="},
    {"=>", TOK_ERROR, "write `implies`, or `>=` to compare", NULL},
    {"[*", TOK_ERROR, "each element of an array is `[*]`", NULL},
    {";", TOK_ERROR, "nothing ends an item or a declaration: leave it out", ""},
    {"#", TOK_ERROR, "comments begin with `//`", NULL},
    {"&", TOK_ERROR, "write `and`", NULL},
    {"?", TOK_ERROR, "write `if … then … else …`", NULL},
    {"\xC2\xA0", TOK_ERROR, "this is a no-break space: write a space", " "},
};

static bool is_typographic_quote(Str s)
{
    return s.n >= 3 && (unsigned char)s.p[0] == 0xE2 && (unsigned char)s.p[1] == 0x80 &&
           (unsigned char)s.p[2] >= 0x98 && (unsigned char)s.p[2] <= 0x9F;
}

// 'text' was meant as "text": go on with that.
static int stray_quoted(Parse *p, Token *t, const char *s, size_t n)
{
    Diag *d = parse_report(p, DIAG_BAD_CHARACTER, t->span, "write strings in `\"`",
                           "`'` does not quote strings");
    if (n < 2 || s[n - 1] != '\'')
        return TOK_ERROR;
    if (d && !memchr(s, '"', n) && !memchr(s, '\\', n))
        diag_fix(p->c->diags, d, t->span, arena_printf(p->arena, "\"%.*s\"", (int)n - 2, s + 1));
    t->text = intern(p->c->names, s + 1, n - 2);
    return TOK_STRING;
}

static int stray_known(Parse *p, Token *t, const Stray *known)
{
    t->text = intern_str(p->c->names, known->text); // `&&` may stand where a name does
    Diag *d = parse_report(p, DIAG_BAD_CHARACTER, t->span, known->help, "`%s` has no meaning here",
                           known->text[0] == '\xC2' ? "U+00A0" : known->text);
    if (d && known->replacement)
        diag_fix(p->c->diags, d, t->span, known->replacement);
    return known->token;
}

int scan_stray(Parse *p, Token *t, const char *s, size_t n)
{
    if (s[0] == '\'')
        return stray_quoted(p, t, s, n);
    for (size_t i = 0; i < sizeof strays / sizeof strays[0]; i++) {
        if (str_equal(str_of(strays[i].text), (Str){s, n}))
            return stray_known(p, t, &strays[i]);
    }
    size_t length = utf8_sequence(s, n);
    const char *help = NULL;
    if (is_typographic_quote((Str){s, n}))
        help = "write strings in `\"`";
    else if (length > 1)
        help = "names are made of the letters a to z, digits and `_`; other text goes into quotes";
    Span span = {t->span.start, t->span.start + (uint32_t)length};
    if ((unsigned char)s[0] < ' ' || s[0] == 0x7F)
        parse_report(p, DIAG_BAD_CHARACTER, span, NULL,
                     "the control character 0x%02X has no meaning here", (unsigned)s[0]);
    else
        parse_report(p, DIAG_BAD_CHARACTER, span, help, "`%.*s` has no meaning here", (int)length,
                     s);
    return TOK_ERROR;
}

void scan_space(Parse *p, const char *s, size_t n)
{
    size_t line = n;
    while (s[line - 1] != '\n')
        line--;
    p->indent = (uint32_t)(n - line);
    p->after_code = false;
}
