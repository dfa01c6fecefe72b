// moat.y - the grammar of moat. It reads as the language (spec/language.md);
// actions build nodes and nothing else.
//
// Items carry no terminators: each begins with a word that cannot continue the
// one before. Most of those words are soft, that is names elsewhere (soft_word).
// A part of a declaration stores itself in the open one, p->decl.
//
// SPDX-License-Identifier: MIT

%require "3.8"
%expect 0
%define api.pure full
%define api.prefix {moat_yy}
%define api.token.prefix {TOK_}
%define api.value.type union
%define api.location.type {Span}
%define parse.error custom // yyreport_syntax_error: one Diag, expected tokens as help
%define parse.lac full     // … and that list is true
%locations
%param { Parse *p }
%initial-action { @$ = (Span){p->source->base, p->source->base}; }

%code requires {
#include "syntax/parser.h"
}

%code provides {
#define TOK_LAST TOK_NOT_LIKE
#define TOK_ERROR TOK_MOAT_YYerror // said already: recover in silence
int moat_yylex(MOAT_YYSTYPE *value, Span *span, Parse *p); // parse.c
}

%code {
#define YYLLOC_DEFAULT(cur, rhs, n)                                                               \
    ((cur) = (n) ? (Span){YYRHSLOC(rhs, 1).start, YYRHSLOC(rhs, n).end}                           \
                 : (Span){YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end})

// The whole stack is there from the start, so that it never grows.
#define YYINITDEPTH LIMIT_PARSE_DEPTH
#define YYMAXDEPTH LIMIT_PARSE_DEPTH
#define YYMALLOC parse_malloc // for the stack of parse.lac
#define YYFREE parse_free

static void moat_yyerror(const Span *span, Parse *p, const char *message);
}

%token <Name> WORD STRING FLOAT VERSION_NUMBER
%token <int64_t> INT
%token <Amount> DURATION

// grammar/keywords.def has the same words and signs.
%token <Name>
  ALIAS "alias"  AND "and"  AS "as"  CONTAINS "contains"  COUNT "count"  ELSE "else"
  EVERY "every"  FALSE "false"  FOR "for"  HAS_KEY "has_key"  IF "if"  IMPLIES "implies"
  IN "in"  IS "is"  LIKE "like"  MATCHES "matches"  NO "no"  NOT "not"  NULL "null"  OR "or"
  RELATED "related"  REMEDY "remedy"  REQUIRE "require"  SOME "some"  THEN "then"
  TRUE "true"  WHEN "when"  WHERE "where"  WITH "with"  MATCHES_ANY_CASE "matches_any_case"
%token <Name>
  ADD "add"  API "api"  API_VERSION "api_version"  ASSIGNMENT "assignment"  AT "at"
  ATTEST "attest"  BUILTIN "builtin"  CASCADE "cascade"  CATEGORY "category"  CLOUD "cloud"
  CONFLICT "conflict"  CONSTRAINT "constraint"  CONTROL "control"  DEFAULT "default"  DEFINE "define"  DELAY "delay"
  DEPLOY "deploy"  DEPLOYS "deploys"  EFFECT "effect"  ENFORCEMENT "enforcement"
  ENVIRONMENT "environment"  EVIDENCE "evidence"  EXCLUDE "exclude"  EXEMPTION "exemption"
  EXPECT "expect"  EXTEND "extend"  FORBID "forbid"  FRAMEWORK "framework"  FROM "from"
  GIVEN "given"  ID "id"  IDENTITY "identity"  INCLUDE "include"  INITIATIVE "initiative"
  INLINE "inline"  JOIN "join"  KIND "kind"  KINDS "kinds"  LET "let"  MESSAGE "message"
  METADATA "metadata"  MISSING "missing"  MODE "mode"  MUTATE "mutate"  ONLY "only"  ORDER "order"  OVERRIDE "override"
  PARAM "param"  PROJECT "project"  PROTECT "protect"  REASON "reason"  REMOVE "remove"
  REQUIREMENT "requirement"  ROLE "role"  ROLL_OUT "roll_out"  ROOT "root"
  SATISFIES "satisfies"  SCOPE "scope"  SET "set"  SETS "sets"  SEVERITY "severity"
  SINCE "since"  STORE "store"  TENANT "tenant"  TEST "test"  TICKET "ticket"  TYPE "type"
  UNTIL "until"  USE "use"  VERSION "version"  VERSIONS "versions"  WHY "why"
%token
  EQ "=="  NE "!="  LE "<="  GE ">="  LT "<"  GT ">"  ASSIGN "="  PLUS "+"  MINUS "-"
  STAR "*"  SLASH "/"  LPAREN "("  RPAREN ")"  LBRACKET "["  RBRACKET "]"  EACH "[*]"
  LBRACE "{"  RBRACE "}"  COMMA ","  COLON ":"  DOT "."  BAR "|"
  NOT_IN "not in"  NOT_LIKE "not like" // joined by moat_yylex: `not` also begins an operand

%nterm <Name> soft_word reserved_word
%nterm <Word> word any_word declared azure_path at_word cascade state as_name
%nterm <Words> words effects
%nterm <Text> string evidence in_string
%nterm <Texts> strings order roles
%nterm <ModulePath> path
%nterm <Expr *> expr primary literal duration object place where when every name_index
%nterm <Expr *> related_group related_condition remedy_name object_option
%nterm <Exprs> exprs
%nterm <Entries> entries
%nterm <Entry> entry
%nterm <TestRows> rows
%nterm <TestRow> row
%nterm <int> quantifier
%nterm <TypeExpr *> type type_fields
%nterm <Spellings> spellings
%nterm <SatisfiesItems> controls_met
%nterm <Remedy *> remedy
%nterm <Related *> related
%nterm <Admission *> template

// Loosest first. `if` and the quantifiers reach as far right as they can, or
// `every c in A: p implies q` would end before `implies`.
%precedence "else" ":"
%right "implies" // a implies b implies c: if a and b, then c
%left "or"
%left "and"
%precedence "not" // not a == b denies the comparison
%nonassoc "==" "!=" "<=" ">=" "<" ">" "in" "not in" "like" "not like" "matches" "matches_any_case" "contains" "has_key" "is" // a == b == c is a mistake, not a grouping
%left "+" "-"
%left "*" "/"

%%

file
  : %empty
  | file declaration                { decl_close(p, @declaration); }
  | file error                      { yyclearin; yyerrok; parse_recover(p); }
  ;

declaration
  : use module imports
  | kind name resource_type inline kind_block
  | kind name refined kind_block
  | kinds name "=" words[of]        { *p->decl->kinds = $of; }
  | framework name title "{" controls "}"
  | param name ":" type initial description { p->decl->param->type = $type; }
  | let name "=" body
  | define name parameters "=" body
  | requirement name title "{" requirement_items "}"
  | initiative name title "{" initiative_items "}"
  | project title "{" levels "}"
  | environment name "{" environment_items "}"
  | assignment name title "{" assignment_items "}"
  | exemption name title "{" exemption_items "}"
  | test title "{" test_items "}"
  ;

use: "use"                          { decl_open(p, DECL_USE, @1); };
kind: "kind"                        { decl_open(p, DECL_KIND, @1); };
kinds: "kinds"                      { decl_open(p, DECL_KINDS, @1); };
framework: "framework"              { decl_open(p, DECL_FRAMEWORK, @1); };
param: "param"                      { decl_open(p, DECL_PARAM, @1); };
let: "let"                          { decl_open(p, DECL_LET, @1); };
define: "define"                    { decl_open(p, DECL_DEFINE, @1); };
requirement: "requirement"          { decl_open(p, DECL_REQUIREMENT, @1); };
initiative: "initiative"            { decl_open(p, DECL_INITIATIVE, @1); };
project: "project"                  { decl_open(p, DECL_PROJECT, @1); };
environment: "environment"          { decl_open(p, DECL_ENVIRONMENT, @1); };
assignment: "assignment"            { decl_open(p, DECL_ASSIGNMENT, @1); };
exemption: "exemption"              { decl_open(p, DECL_EXEMPTION, @1); };
test: "test"                        { decl_open(p, DECL_TEST, @1); };

name: declared                      { p->decl->name = $1; };
title: string                       { p->decl->title = $1; };

// --- use, kind, framework, param, define ------------------------------------------------------

module: path                        { p->decl->use->path = $1; };

imports
  : %empty
  | "(" words ")"                   { p->decl->use->names = $words; }
  | "as" declared                   { p->decl->use->as_name = $declared; }
  ;

resource_type: string               { p->decl->kind_decl->resource_type = $1; };

inline
  : %empty
  | "inline" word "." azure_path    { p->decl->kind_decl->inline_parent = $word; p->decl->kind_decl->inline_path = $azure_path; }
  ;

refined
  : "=" word "where" expr           { p->decl->kind_decl->parent = $word; p->decl->kind_decl->where = $expr; }
  ;

kind_block
  : %empty
  | "{" kind_items "}"
  ;

kind_items
  : %empty
  | kind_items kind_item
  ;

kind_item
  : "default" azure_path "=" expr   { KindItem *i = kind_add(p, KINDITEM_DEFAULT, @$, $azure_path); i->value = $expr; }
  | "type" azure_path ":" type      { KindItem *i = kind_add(p, KINDITEM_TYPE, @$, $azure_path); i->type = $type; }
  | "order" azure_path ":" order    { KindItem *i = kind_add(p, KINDITEM_ORDER, @$, $azure_path); i->texts = $4; }
  | "versions" azure_path ":" spellings
                                    { KindItem *i = kind_add(p, KINDITEM_VERSIONS, @$, $azure_path); i->spellings = $spellings; }
  | "since" azure_path string       { KindItem *i = kind_add(p, KINDITEM_SINCE, @$, $azure_path); i->text = $string; }
  | "let" declared "=" expr         { KindItem *i = kind_add(p, KINDITEM_LET, @$, $declared); i->value = $expr; }
  | "mode" string                   { kind_add(p, KINDITEM_MODE, @$, (Word){0})->text = $string; }
  | "api" string                    { kind_add(p, KINDITEM_API, @$, (Word){0})->text = $string; }
  ;

order
  : string                          { $$ = (Texts){0}; vec_push(p->arena, &$$, $string); }
  | order "<" string                { $$ = $1; vec_push(p->arena, &$$, $string); }
  ;

spellings
  : string "=" literal              { $$ = (Spellings){0}; vec_push(p->arena, &$$, ((Spelling){$string, $literal})); }
  | spellings "," string "=" literal { $$ = $1; vec_push(p->arena, &$$, ((Spelling){$string, $literal})); }
  ;

controls
  : %empty
  | controls control
  ;

control: "control" string[id] string[title] { framework_add(p, @$, $id, $title); };

initial
  : %empty
  | "=" expr                        { p->decl->param->initial = $expr; }
  ;

description
  : %empty
  | string                          { p->decl->param->description = $1; }
  ;

parameters
  : %empty
  | "(" words ")"                   { p->decl->define->parameters = $words; }
  ;

body: expr                          { p->decl->define->body = $1; };

type
  : path                            { $$ = typeexpr_name(p, @$, $path, (Words){0}); }
  | path "(" words ")"              { $$ = typeexpr_name(p, @$, $path, $words); }
  | "[" type[element] "]"           { $$ = typeexpr_list(p, @$, $element); }
  | "{" type_fields "}"             { $$ = $type_fields; $$->span = @$; }
  ;

type_fields
  : word ":" type                   { $$ = typeexpr_fields(p, @$); vec_push(p->arena, &$$->fields, ((TypeField){$word, $type})); }
  | type_fields[of] "," word ":" type { $$ = $of; vec_push(p->arena, &$$->fields, ((TypeField){$word, $type})); }
  ;

// --- requirement ------------------------------------------------------------------------------

requirement_items
  : %empty
  | requirement_items requirement_item
  ;

requirement_item
  : "severity" word                 { requirement_add(p, REQITEM_SEVERITY, @$)->word = $word; }
  | "satisfies" controls_met        { requirement_add(p, REQITEM_SATISFIES, @$)->satisfies = $controls_met; }
  | "why" string                    { requirement_add(p, REQITEM_WHY, @$)->text = $string; }
  | "effect" effects                { requirement_add(p, REQITEM_EFFECT, @$)->effects = $effects; }
  | "id" string                     { requirement_add(p, REQITEM_ID, @$)->text = $string; }
  | "mode" string                   { requirement_add(p, REQITEM_MODE, @$)->text = $string; }
  | "version" string                { requirement_add(p, REQITEM_VERSION, @$)->text = $string; }
  | "metadata" object               { requirement_add(p, REQITEM_METADATA, @$)->object = $object; }
  | for_block "{" clauses "}"       { requirement_add(p, REQITEM_FOR, @$)->block = p->block; p->block->span = @$; }
  ;

// Without a comma a framework must not be a soft word: it would begin the next item.
controls_met
  : word string                     { $$ = satisfies_first(p, $word, $string); }
  | controls_met[of] string         { $$ = satisfies_next(p, $of, $string); }
  | controls_met[of] "," string     { $$ = satisfies_next(p, $of, $string); }
  | controls_met[of] WORD string    { $$ = satisfies_more(p, $of, (Word){$WORD, @WORD}, $string); }
  | controls_met[of] "," word string { $$ = satisfies_more(p, $of, $word, $string); }
  ;

effects
  : word                            { $$ = (Words){0}; vec_push(p->arena, &$$, $word); }
  | effects "|" word                { $$ = $1; vec_push(p->arena, &$$, $word); }
  ;

for_block: "for" words where        { for_open(p, $words, $where); };

clauses
  : %empty
  | clauses clause
  ;

clause
  : "require" expr                  { clause_add(p, CLAUSE_REQUIRE, @$)->condition = $expr; }
  | "require" related               { clause_add(p, CLAUSE_RELATED, @$)->related = $related; }
  | "require" "constraint" template object
    { Clause *c = clause_add(p, CLAUSE_CONSTRAINT, @$); c->constraint = $template; $template->settings = $object; }
  | "forbid" word cascade           { Clause *c = clause_add(p, CLAUSE_FORBID, @$); c->forbid.action = $word; c->forbid.cascade = $cascade; }
  | "attest" string evidence every state
    { Clause *c = clause_add(p, CLAUSE_ATTEST, @$); c->attest.text = $string; c->attest.evidence = $evidence; c->attest.every = $every; c->attest.state = $state; }
  | "join" expr                     { clause_add(p, CLAUSE_JOIN, @$)->group = $expr; }
  | "message" string                { clause_add(p, CLAUSE_MESSAGE, @$)->message = $string; }
  | "delay" duration                { clause_add(p, CLAUSE_DELAY, @$)->delay.duration = $duration; }
  | "delay" word                    { clause_add(p, CLAUSE_DELAY, @$)->delay.word = $word; }
  | "conflict" word                 { clause_add(p, CLAUSE_CONFLICT, @$)->conflict = $word; }
  | "remedy" remedy roles           { clause_add(p, CLAUSE_REMEDY, @$)->remedy = $2; $2->roles = $roles; }
  ;

related
  : "related" word[kind] name_index word[binder] at_word related_condition
    { $$ = related_new(p, (Related){.kind = $kind, .name = $name_index, .binder = $binder, .at = $at_word, .condition = $related_condition}); }
  | "related" word[kind] name_index word[binder] related_group related_condition
    { $$ = related_new(p, (Related){.kind = $kind, .name = $name_index, .binder = $binder, .group = $related_group, .condition = $related_condition}); }
  ;

name_index
  : %empty                          { $$ = NULL; }
  | "[" expr "]"                    { $$ = $expr; }
  ;

at_word
  : %empty                          { $$ = (Word){0}; }
  | "at" word                       { $$ = $word; }
  ;

related_group: "in" primary         { $$ = $primary; };

related_condition
  : %empty                          { $$ = NULL; }
  | ":" expr                        { $$ = $expr; }
  ;

cascade
  : %empty                          { $$ = (Word){0}; }
  | "cascade" word                  { $$ = $word; }
  ;

evidence
  : %empty                          { $$ = (Text){0}; }
  | "evidence" string               { $$ = $string; }
  ;

every
  : %empty                          { $$ = NULL; }
  | "every" duration                { $$ = $duration; }
  ;

state
  : %empty                          { $$ = (Word){0}; }
  | "default" word                  { $$ = $word; }
  ;

// What a cluster's admission controller runs: at an address, or in a file of the project.
template
  : "at" primary                    { $$ = admission_new(p, (Admission){.address = $primary}); }
  | "from" string                   { $$ = admission_new(p, (Admission){.file = $string}); }
  ;

remedy
  : "set" place "=" expr when       { $$ = remedy_new(p, (Remedy){.op = REMEDY_SET, .place = $place, .value = $expr, .when = $when}); }
  | "add" place "=" expr when       { $$ = remedy_new(p, (Remedy){.op = REMEDY_ADD, .place = $place, .value = $expr, .when = $when}); }
  | "remove" place when             { $$ = remedy_new(p, (Remedy){.op = REMEDY_REMOVE, .place = $place, .when = $when}); }
  | "deploy" word remedy_name object
    { $$ = remedy_new(p, (Remedy){.op = REMEDY_DEPLOY, .kind = $word, .name = $remedy_name, .object = $object}); }
  | "deploy" word remedy_name object "at" word[scope] "in" string
    { $$ = remedy_new(p, (Remedy){.op = REMEDY_DEPLOY, .kind = $2, .name = $remedy_name, .object = $object, .at = $scope, .location = $string}); }
  | "mutate" template object_option
    { $$ = remedy_new(p, (Remedy){.op = REMEDY_MUTATE, .mutation = $template}); $template->settings = $object_option; }
  ;

remedy_name
  : string                          { $$ = expr_text(p, EXPR_STRING, @$, $string.text); }
  | "(" expr ")"                    { $$ = $expr; $$->span = @$; }
  ;

roles
  : %empty                          { $$ = (Texts){0}; }
  | "with" "role" strings           { $$ = $strings; }
  ;

where
  : %empty                          { $$ = NULL; }
  | "where" expr                    { $$ = $expr; }
  ;

when
  : %empty                          { $$ = NULL; }
  | "when" expr                     { $$ = $expr; }
  ;

// --- initiative, project, environment, assignment, exemption ------------------------------------

initiative_items
  : %empty
  | initiative_items initiative_item
  ;

initiative_item
  : "version" string                { initiative_add(p, INITITEM_VERSION, @$)->text = $string; }
  | "category" string               { initiative_add(p, INITITEM_CATEGORY, @$)->text = $string; }
  | "extend" path                   { initiative_add(p, INITITEM_EXTEND, @$)->path = $path; }
  | "exclude" path                  { initiative_add(p, INITITEM_EXCLUDE, @$)->path = $path; }
  | "set" place "=" expr            { InitItem *i = initiative_add(p, INITITEM_SET, @$); i->place = $place; i->value = $expr; }
  | "include" path as_name object_option
    { InitItem *i = initiative_add(p, INITITEM_INCLUDE, @$); i->path = $path; i->as_name = $as_name; i->object = $object_option; }
  | "include" "builtin" string as_name object_option
    { InitItem *i = initiative_add(p, INITITEM_INCLUDE, @$); i->builtin = $string; i->as_name = $as_name; i->object = $object_option; }
  ;

as_name
  : %empty                          { $$ = (Word){0}; }
  | "as" declared                   { $$ = $declared; }
  ;

object_option
  : %empty                          { $$ = NULL; }
  | object
  ;

levels
  : %empty
  | levels word[what] "as" word[level] { project_add(p, $what, $level); }
  ;

environment_items
  : %empty
  | environment_items environment_item
  ;

environment_item
  : "tenant" string                 { environment_add(p, ENVITEM_TENANT, @$)->text = $string; }
  | "root" word string              { EnvItem *i = environment_add(p, ENVITEM_ROOT, @$); i->word = $word; i->text = $string; }
  | "store" string                  { environment_add(p, ENVITEM_STORE, @$)->text = $string; }
  | "cloud" word                    { environment_add(p, ENVITEM_CLOUD, @$)->word = $word; }
  | "protect" "initiative" path     { environment_add(p, ENVITEM_PROTECT, @$)->path = $path; }
  | "api_version" string            { environment_add(p, ENVITEM_API_VERSION, @$)->text = $string; }
  ;

assignment_items
  : %empty
  | assignment_items assignment_item
  ;

assignment_item
  : "initiative" path               { assignment_add(p, ASGITEM_INITIATIVE, @$)->path = $path; }
  | "environment" word              { assignment_add(p, ASGITEM_ENVIRONMENT, @$)->word = $word; }
  | "scope" word string             { AsgItem *i = assignment_add(p, ASGITEM_SCOPE, @$); i->word = $word; i->text = $string; }
  | "exclude" string                { assignment_add(p, ASGITEM_EXCLUDE, @$)->text = $string; }
  | "identity" word in_string       { AsgItem *i = assignment_add(p, ASGITEM_IDENTITY, @$); i->word = $word; i->location = $in_string; }
  | "identity" word string in_string
    { AsgItem *i = assignment_add(p, ASGITEM_IDENTITY, @$); i->word = $word; i->text = $string; i->location = $in_string; }
  | "set" place "=" expr            { AsgItem *i = assignment_add(p, ASGITEM_SET, @$); i->place = $place; i->value = $expr; }
  | "enforcement" word              { assignment_add(p, ASGITEM_ENFORCEMENT, @$)->word = $word; }
  | "message" string                { assignment_add(p, ASGITEM_MESSAGE, @$)->text = $string; }
  | "roll_out" "only" where         { assignment_add(p, ASGITEM_ROLL_OUT_ONLY, @$)->where = $where; }
  | "roll_out" "only" "for" words where
    { AsgItem *i = assignment_add(p, ASGITEM_ROLL_OUT_ONLY, @$); i->names = $words; i->where = $where; }
  | "roll_out" "override" word string "for" words where
    { AsgItem *i = assignment_add(p, ASGITEM_ROLL_OUT_OVERRIDE, @$); i->word = $word; i->text = $string; i->names = $words; i->where = $where; }
  ;

in_string
  : %empty                          { $$ = (Text){0}; }
  | "in" string                     { $$ = $string; }
  ;

exemption_items
  : %empty
  | exemption_items exemption_item
  ;

exemption_item
  : "assignment" path               { exemption_add(p, EXITEM_ASSIGNMENT, @$)->path = $path; }
  | "for" words where               { ExItem *i = exemption_add(p, EXITEM_FOR, @$); i->names = $words; i->where = $where; }
  | "scope" string                  { exemption_add(p, EXITEM_SCOPE, @$)->text = $string; }
  | "scope" word string             { ExItem *i = exemption_add(p, EXITEM_SCOPE, @$); i->word = $word; i->text = $string; }
  | "category" word                 { exemption_add(p, EXITEM_CATEGORY, @$)->word = $word; }
  | "until" string                  { exemption_add(p, EXITEM_UNTIL, @$)->text = $string; }
  | "ticket" string                 { exemption_add(p, EXITEM_TICKET, @$)->text = $string; }
  | "reason" string                 { exemption_add(p, EXITEM_REASON, @$)->text = $string; }
  ;

// --- test -------------------------------------------------------------------------------------

test_items
  : %empty
  | test_items test_item
  ;

test_item
  : "given" word object             { TestItem *i = test_add(p, TESTITEM_GIVEN, @$); i->word = $word; i->object = $object; }
  | "given" word "from" string      { TestItem *i = test_add(p, TESTITEM_GIVEN_FROM, @$); i->word = $word; i->file = $string; }
  | "related" word name_index object { TestItem *i = test_add(p, TESTITEM_RELATED, @$); i->word = $word; i->name = $name_index; i->object = $object; }
  | "with" place "=" expr           { TestItem *i = test_add(p, TESTITEM_WITH, @$); i->place = $place; i->value = $expr; }
  | "expect" path WORD[verdict]     { TestItem *i = test_add(p, TESTITEM_EXPECT_VERDICT, @$); i->path = $path; i->word = (Word){$verdict, @verdict}; }
  | "expect" path "sets" place "=" expr
                                    { TestItem *i = test_add(p, TESTITEM_EXPECT_SETS, @$); i->path = $path; i->place = $place; i->value = $expr; }
  | "expect" path "deploys" word    { TestItem *i = test_add(p, TESTITEM_EXPECT_DEPLOYS, @$); i->path = $path; i->word = $word; }
  | "expect" path "for" place "{" rows "}"
                                    { TestItem *i = test_add(p, TESTITEM_EXPECT_TABLE, @$); i->path = $path; i->place = $place; i->rows = $rows; }
  ;

rows
  : row                             { $$ = (TestRows){0}; vec_push(p->arena, &$$, $row); }
  | rows[of] row                    { $$ = $of; vec_push(p->arena, &$$, $row); }
  ;

row: primary ":" WORD[verdict]      { $$ = (TestRow){@$, $primary, {$verdict, @verdict}}; };

// --- expressions ------------------------------------------------------------------------------

expr
  : primary
  | "if" expr[c] "then" expr[a] "else" expr[b] { $$ = expr_if(p, @$, $c, $a, $b); }
  | quantifier[q] word[x] "in" primary[in] ":" expr[body]
    { $$ = expr_quantifier(p, @$, (Quantifier)$q, (QuantifierExpr){.first = $x, .collection = $in, .body = $body}); }
  | quantifier[q] word[k] "," word[v] "in" primary[in] ":" expr[body]
    { $$ = expr_quantifier(p, @$, (Quantifier)$q, (QuantifierExpr){.first = $k, .second = $v, .collection = $in, .body = $body}); }
  | expr[a] "implies" expr[b]       { $$ = expr_binary(p, EXPR_IMPLIES, 0, @$, $a, $b); }
  | expr[a] "or" expr[b]            { $$ = expr_chain(p, EXPR_OR, @$, $a, $b); }
  | expr[a] "and" expr[b]           { $$ = expr_chain(p, EXPR_AND, @$, $a, $b); }
  | "not" expr[a]                   { $$ = expr_unary(p, EXPR_NOT, @$, $a); }
  | expr[a] "==" expr[b]            { $$ = expr_binary(p, EXPR_COMPARE, OP_EQ, @$, $a, $b); }
  | expr[a] "!=" expr[b]            { $$ = expr_binary(p, EXPR_COMPARE, OP_NE, @$, $a, $b); }
  | expr[a] "<" expr[b]             { $$ = expr_binary(p, EXPR_COMPARE, OP_LT, @$, $a, $b); }
  | expr[a] "<=" expr[b]            { $$ = expr_binary(p, EXPR_COMPARE, OP_LE, @$, $a, $b); }
  | expr[a] ">" expr[b]             { $$ = expr_binary(p, EXPR_COMPARE, OP_GT, @$, $a, $b); }
  | expr[a] ">=" expr[b]            { $$ = expr_binary(p, EXPR_COMPARE, OP_GE, @$, $a, $b); }
  | expr[a] "in" expr[b]            { $$ = expr_binary(p, EXPR_COMPARE, OP_IN, @$, $a, $b); }
  | expr[a] "not in" expr[b]        { $$ = expr_binary(p, EXPR_COMPARE, OP_NOT_IN, @$, $a, $b); }
  | expr[a] "like" expr[b]          { $$ = expr_binary(p, EXPR_COMPARE, OP_LIKE, @$, $a, $b); }
  | expr[a] "not like" expr[b]      { $$ = expr_binary(p, EXPR_COMPARE, OP_NOT_LIKE, @$, $a, $b); }
  | expr[a] "matches" expr[b]       { $$ = expr_binary(p, EXPR_COMPARE, OP_MATCHES, @$, $a, $b); }
  | expr[a] "matches_any_case" expr[b]
                                    { $$ = expr_binary(p, EXPR_COMPARE, OP_MATCHES_ANY_CASE, @$, $a, $b); }
  | expr[a] "contains" expr[b]      { $$ = expr_binary(p, EXPR_COMPARE, OP_CONTAINS, @$, $a, $b); }
  | expr[a] "has_key" expr[b]       { $$ = expr_binary(p, EXPR_COMPARE, OP_HAS_KEY, @$, $a, $b); }
  | expr[a] "is" "set"              { $$ = expr_unary(p, EXPR_IS_SET, @$, $a); }
  | expr[a] "is" "missing"          { $$ = expr_unary(p, EXPR_IS_MISSING, @$, $a); }
  | expr[a] "+" expr[b]             { $$ = expr_binary(p, EXPR_ARITHMETIC, OP_ADD, @$, $a, $b); }
  | expr[a] "-" expr[b]             { $$ = expr_binary(p, EXPR_ARITHMETIC, OP_SUB, @$, $a, $b); }
  | expr[a] "*" expr[b]             { $$ = expr_binary(p, EXPR_ARITHMETIC, OP_MUL, @$, $a, $b); }
  | expr[a] "/" expr[b]             { $$ = expr_binary(p, EXPR_ARITHMETIC, OP_DIV, @$, $a, $b); }
  ;

quantifier
  : "some"                          { $$ = QUANT_SOME; }
  | "every"                         { $$ = QUANT_EVERY; }
  | "no"                            { $$ = QUANT_NO; }
  ;

primary
  : STRING                          { $$ = expr_text(p, EXPR_STRING, @$, $1); }
  | literal
  | "true"                          { $$ = expr_bool(p, @$, true); }
  | "false"                         { $$ = expr_bool(p, @$, false); }
  | "null"                          { $$ = expr_new(p, EXPR_NULL, @$); }
  | word                            { $$ = expr_text(p, EXPR_NAME, @$, $word.name); }
  | "alias" STRING                  { $$ = expr_text(p, EXPR_ALIAS, @$, $STRING); }
  | "-" INT                         { $$ = expr_unary(p, EXPR_NEGATE, @$, expr_number(p, EXPR_INT, @INT, (Amount){$INT, 0})); }
  | primary[of] "." any_word        { $$ = expr_member(p, @$, $of, $any_word); }
  | primary[of] "[" expr[key] "]"   { $$ = expr_binary(p, EXPR_INDEX, 0, @$, $of, $key); }
  | primary[of] "(" ")"             { $$ = expr_call(p, @$, $of, (Exprs){0}); }
  | primary[of] "(" exprs ")"       { $$ = expr_call(p, @$, $of, $exprs); }
  | "(" expr[inner] ")"             { $$ = $inner; $$->span = @$; }
  | "[" "]"                         { $$ = expr_list(p, @$, (Exprs){0}); }
  | "[" exprs "]"                   { $$ = expr_list(p, @$, $exprs); }
  | "[" exprs "," "]"               { $$ = expr_list(p, @$, $exprs); }
  | object
  | "count" "(" word "in" primary[in] ":" expr[body] ")"
    { $$ = expr_count(p, @$, (QuantifierExpr){.first = $word, .collection = $in, .body = $body}); }
  | "count" "(" primary[in] ")"     { $$ = expr_count(p, @$, (QuantifierExpr){.collection = $in}); }
  ;

literal
  : INT                             { $$ = expr_number(p, EXPR_INT, @$, (Amount){$1, 0}); }
  | FLOAT                           { $$ = expr_text(p, EXPR_FLOAT, @$, $1); }
  | VERSION_NUMBER                  { $$ = expr_text(p, EXPR_VERSION, @$, $1); }
  | duration
  ;

duration: DURATION                  { $$ = expr_number(p, EXPR_DURATION, @$, $1); };

exprs
  : expr                            { $$ = (Exprs){0}; vec_push(p->arena, &$$, $expr); }
  | exprs[of] "," expr              { $$ = $of; vec_push(p->arena, &$$, $expr); }
  ;

object: "{" entries "}"             { $$ = expr_object(p, @$, $entries); };

// A reserved word as a key is quoted: without commas it would continue the value before.
entries
  : %empty                          { $$ = (Entries){0}; }
  | entries[of] entry               { $$ = $of; vec_push(p->arena, &$$, $entry); }
  | entries[of] entry ","           { $$ = $of; vec_push(p->arena, &$$, $entry); }
  ;

entry
  : word "=" expr                   { $$ = (Entry){$word, $expr}; }
  | STRING "=" expr                 { $$ = (Entry){{$STRING, @STRING}, $expr}; }
  ;

place
  : word                            { $$ = expr_text(p, EXPR_NAME, @$, $word.name); }
  | place[of] "." any_word          { $$ = expr_member(p, @$, $of, $any_word); }
  | place[of] "[" expr[key] "]"     { $$ = expr_binary(p, EXPR_INDEX, 0, @$, $of, $key); }
  ;

// --- words and texts --------------------------------------------------------------------------

declared: word                      { $$ = $1; word_declared(p, $1); };

words
  : word                            { $$ = (Words){0}; vec_push(p->arena, &$$, $word); }
  | words[of] "," word              { $$ = $of; vec_push(p->arena, &$$, $word); }
  ;

path
  : word                            { $$ = path_first(p, $word); }
  | path[of] "." any_word           { $$ = path_more(p, $of, $any_word); }
  ;

azure_path: azure_segments          { $$ = azure_path(p, @$); };

azure_segments
  : any_word                        { azure_path_start(p, $any_word.name); }
  | azure_segments "." any_word     { azure_path_add(p, ".", $any_word.name); }
  | azure_segments "[*]"            { azure_path_add(p, "[*]", ""); }
  ;

string: STRING                      { $$ = (Text){$1, @1}; };

strings
  : string                          { $$ = (Texts){0}; vec_push(p->arena, &$$, $string); }
  | strings[of] "," string          { $$ = $of; vec_push(p->arena, &$$, $string); }
  ;

word
  : WORD                            { $$ = (Word){$1, @1}; }
  | soft_word                       { $$ = (Word){$1, @1}; }
  ;

any_word
  : word
  | reserved_word                   { $$ = (Word){$1, @1}; }
  ;

soft_word
  : "add" | "api" | "api_version" | "assignment" | "at" | "attest" | "builtin" | "cascade"
  | "category" | "cloud" | "conflict" | "constraint" | "control" | "default" | "define" | "delay"
  | "deploy" | "deploys" | "effect" | "enforcement" | "environment" | "evidence" | "exclude"
  | "exemption" | "expect" | "extend" | "forbid" | "framework" | "from" | "given" | "id"
  | "identity" | "include" | "initiative" | "inline" | "join" | "kind" | "kinds" | "let"
  | "message" | "metadata" | "missing" | "mode" | "mutate" | "only" | "order" | "override"
  | "param" | "project" | "protect" | "reason"
  | "remove" | "requirement" | "role" | "roll_out" | "root" | "satisfies" | "scope" | "set"
  | "sets" | "severity" | "since" | "store" | "tenant" | "test" | "ticket" | "type" | "until"
  | "use" | "version" | "versions" | "why"
  ;

reserved_word
  : "alias" | "and" | "as" | "contains" | "count" | "else" | "every" | "false" | "for"
  | "has_key" | "if" | "implies" | "in" | "is" | "like" | "matches" | "matches_any_case" | "no"
  | "not" | "null" | "or" | "related" | "remedy" | "require" | "some" | "then" | "true" | "when" | "where"
  | "with"
  ;

%%

static int yyreport_syntax_error(const yypcontext_t *context, Parse *p)
{
    TokenSet expected = {0};
    bool valid[YYNTOKENS] = {false};
    yysymbol_kind_t kinds[YYNTOKENS];
    int n = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
    for (int i = 0; i < n; i++)
        valid[kinds[i]] = true;
    for (int token = TOK_WORD; token <= TOK_LAST; token++) {
        if (valid[YYTRANSLATE(token)])
            tokenset_add(&expected, token);
    }
    if (valid[YYSYMBOL_YYEOF])
        tokenset_add(&expected, TOK_YYEOF);
    report_unexpected(p, &expected);
    return 0;
}

static void moat_yyerror(const Span *span, Parse *p, const char *message)
{
    (void)message; // only ever "memory exhausted": the stack has its limit
    report_too_deep(p, *span);
}
