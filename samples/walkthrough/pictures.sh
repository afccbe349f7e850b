#!/usr/bin/env bash
# Makes page.png and explorer.png beside this file, of the sample: the page in Chromium, the explorer in tmux, whose cells are drawn by Chromium too.
# Usage: samples/walkthrough/pictures.sh [PROGRAM...]   the tool; without one, dotnet run.
# Needs chromium, tmux and awk.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- dotnet run --project src/ClosureScan.Cli --
out=samples/walkthrough work=$(mktemp -d)
server=pictures-$$
trap 'tmux -L "$server" kill-server 2> /dev/null || true; rm -rf "$work"' EXIT

picture() { # page, width, height, file
  chromium --headless=new --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --window-size="$2,$3" --virtual-time-budget=4000 --screenshot="$4" "file://$1" > /dev/null 2>&1
}

"$@" check --store samples/leaky-cache '*-pi-image-*' --quiet --report html="$work/closure.html" > /dev/null || [ $? -eq 1 ]
picture "$work/closure.html" 1000 860 "$out/page.png"

# The explorer at the first finding, with three references in the basket.
env -u TMUX -u NO_COLOR LC_ALL=C.UTF-8 tmux -L "$server" -f /dev/null new-session -d -x 92 -y 24 "$@" explore --store samples/leaky-cache '*-pi-image-*' --no-progress
shows() { for _ in $(seq 600); do tmux -L "$server" capture-pane -p | grep -qF "$1" && return; sleep 0.1; done; echo "The explorer never showed: $1" >&2; exit 1; }
shows '? keys'
for _ in 1 2 3; do tmux -L "$server" send-keys -l lx; sleep 1; done
shows 'basket: 3 edits'
tmux -L "$server" send-keys -l llllll
shows 'Finding 2 of 7'
tmux -L "$server" capture-pane -e -p > "$work/cells"

{
  echo '<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#14171a;color:#e6e4df}pre{margin:14px;font:15px/19px "DejaVu Sans Mono",monospace}
    .b{font-weight:700}.d{opacity:.65}.c31{color:#ff8a80}.c32{color:#6fcf97}.c33{color:#f0c060}.c36{color:#7fd4e6}.r{background:#e6e4df;color:#14171a}.r.c31,.r.c33{color:#7a1a10}</style><pre>'
  awk '
    function mark() { return "<span class=\"" bold " " dim " " color " " reverse "\">" }
    {
      gsub(/&/, "\\&amp;"); gsub(/</, "\\&lt;"); line = $0; shown = mark()
      while (match(line, /\033\[[0-9;]*m/)) {
        shown = shown substr(line, 1, RSTART - 1) "</span>"
        count = split(substr(line, RSTART + 2, RLENGTH - 3), codes, ";")
        line = substr(line, RSTART + RLENGTH)
        if (count == 0) { codes[1] = 0; count = 1 }
        for (i = 1; i <= count; i++) {
          code = codes[i] + 0
          if (code == 0) bold = dim = color = reverse = ""
          else if (code == 1) bold = "b"
          else if (code == 2) dim = "d"
          else if (code == 7) reverse = "r"
          else if (code >= 30 && code <= 37) color = "c" code
        }
        shown = shown mark()
      }
      print shown line "</span>"
    }' "$work/cells"
} > "$work/explorer.html"
picture "$work/explorer.html" 880 490 "$out/explorer.png"
ls -l "$out"/*.png
