" Vim syntax file for moat, made from grammar/keywords.def (make editors).
" SPDX-License-Identifier: MIT
if exists("b:current_syntax")
    finish
endif

syn case match
syn match moatOperator "\<\%(alias\|and\|contains\|count\|else\|every\|has_key\|if\|implies\|in\|is\|like\|matches\|no\|not\|or\|some\|then\)\>"
syn keyword moatConstant false null true
syn match moatContinuation "\<\%(as\|related\|when\|where\|with\|add\|at\|builtin\|cascade\|deploy\|deploys\|evidence\|from\|inline\|missing\|only\|override\|remove\|role\|set\|sets\)\>\ze\s\+[A-Za-z_\"]"
syn match moatItem "\%(^\|[{}\"]\)\s*\zs\<\%(for\|related\|remedy\|require\|with\|api\|api_version\|attest\|category\|cloud\|conflict\|control\|default\|delay\|effect\|enforcement\|exclude\|expect\|extend\|forbid\|given\|id\|identity\|include\|message\|mode\|order\|protect\|reason\|roll_out\|root\|satisfies\|scope\|set\|severity\|since\|store\|tenant\|ticket\|type\|until\|version\|versions\|why\)\>\ze\s\+[^ =.:]"
syn match moatDeclaration "\%(^\|[{}\"]\)\s*\zs\<\%(assignment\|define\|environment\|exemption\|framework\|initiative\|kind\|kinds\|let\|param\|project\|requirement\|test\|use\)\>\ze\s\+[A-Za-z_\"]"
syn match moatType "\%([:[]\s*\|{\)\zs\<\%(bool\|cidr\|datetime\|duration\|float\|guid\|int\|location\|resource_id\|string\|uri\)\>"
syn match moatOperator "\<is\s\+\%(set\|missing\)\>"
syn match moatMember "\.\w\+"
syn match moatNumber "\<\d\+\%(\.\d\+\)*\>"
syn match moatNumber "\<\d\+[ \t]\+\<\%(second\|seconds\|minute\|minutes\|hour\|hours\|day\|days\|week\|weeks\)\>"
syn match moatEscape +\\\%([\"\\ntr]\|u{\x\+}\)+ contained
syn region moatString start=+"+ skip=+\\.+ end=+"+ oneline contains=moatEscape
syn match moatAllow +\<allow M\d\{4}\>+ contained
syn match moatComment "//.*" contains=moatAllow,@Spell
syn match moatDoc "///\%([^/].*\)\?$" contains=@Spell
syn region moatComment start="/\*" end="\*/" contains=@Spell

hi def link moatDeclaration Structure
hi def link moatItem Statement
hi def link moatContinuation Keyword
hi def link moatOperator Operator
hi def link moatConstant Constant
hi def link moatType Type
hi def link moatNumber Number
hi def link moatString String
hi def link moatEscape SpecialChar
hi def link moatComment Comment
hi def link moatDoc SpecialComment
hi def link moatAllow PreProc

let b:current_syntax = "moat"
