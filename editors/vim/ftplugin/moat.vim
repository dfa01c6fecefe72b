" What editing moat wants of Vim: the layout of `moat fmt`, comments, and :make.
" SPDX-License-Identifier: MIT
if exists("b:did_ftplugin")
    finish
endif
let b:did_ftplugin = 1

setlocal expandtab shiftwidth=4 softtabstop=4 textwidth=100
setlocal comments=:///,:// commentstring=//\ %s
setlocal formatprg=moat\ fmt\ -
setlocal makeprg=moat\ check\ --color=never
setlocal errorformat=%E%trror[M%n]:\ %m,%W%tarning[M%n]:\ %m,%I%tote[M%n]:\ %m,%C\ %#-->\ %f:%l:%c,%C%.%#

let b:undo_ftplugin = "setl et< sw< sts< tw< com< cms< fp< mp< efm<"
