# The editors' syntax files are those that the list of keywords makes.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

"$B/host/editor_files" vim >moat.vim
"$B/host/editor_files" textmate >moat.tmLanguage.json
same moat.vim "$TOP/editors/vim/syntax/moat.vim"
same moat.tmLanguage.json "$TOP/editors/moat.tmLanguage.json"
try 2 "$B/host/editor_files" emacs
has err "usage"
