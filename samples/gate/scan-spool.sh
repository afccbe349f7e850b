#!/bin/sh
# Checks what post-build-hook.sh wrote down, one build after the other; run it from a timer or a service, as any user that can read the store.
# A report lies beside each build that fails; what could not be scanned stays in the spool for the next run.
spool=${CLOSURESCAN_SPOOL:-/var/spool/closurescan}
mkdir -p "$spool/clean" "$spool/leaking"
for list in "$spool"/*.paths; do
  [ -e "$list" ] || continue
  name=${list##*/}
  xargs "${CLOSURESCAN:-closurescan}" check --quiet --no-progress --report "json=$spool/$name.json" < "$list" > "$spool/$name.txt"
  case $? in
    0) mv "$list" "$spool/clean/"; rm -f "$spool/$name.json" "$spool/$name.txt" ;;
    # xargs says 123 for 1 to 125; the report tells which.
    *) if grep -q '"outcome": "failed"' "$spool/$name.json" 2>/dev/null
       then mv "$list" "$spool/$name.json" "$spool/$name.txt" "$spool/leaking/"
       else echo "$name: not scanned; see $spool/$name.txt" >&2
       fi ;;
  esac
done
