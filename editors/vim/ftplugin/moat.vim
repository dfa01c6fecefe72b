" Vim settings for moat; `gq` lays out the whole file with :%!moat fmt -
" SPDX-License-Identifier: MIT
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal expandtab shiftwidth=4 softtabstop=4 textwidth=100
setlocal comments=:///,:// commentstring=//\ %s formatoptions-=t formatoptions+=croql
setlocal equalprg=moat\ fmt\ - makeprg=moat\ check\ --color=never
setlocal errorformat=%Eerror[M%n]:\ %m,%Wwarning[M%n]:\ %m,%Inote[M%n]:\ %m,%C\ %#-->\ %f:%l:%c,%-G%.%#

let b:undo_ftplugin = "setlocal expandtab< shiftwidth< softtabstop< textwidth< comments<"
      \ . " commentstring< formatoptions< equalprg< makeprg< errorformat<"
