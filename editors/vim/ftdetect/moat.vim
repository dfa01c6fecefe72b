au BufRead,BufNewFile *.moat setfiletype moat
