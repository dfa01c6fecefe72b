autocmd BufNewFile,BufRead *.moat setfiletype moat
