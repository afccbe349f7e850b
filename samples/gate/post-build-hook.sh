#!/bin/sh
# Nix runs this as root after every local build and waits for it, so it only writes down what to scan; scan-spool.sh scans.
# It never fails: a failing hook would stop all other builds of the daemon.
# nix.conf: post-build-hook = /etc/nix/post-build-hook.sh
spool=${CLOSURESCAN_SPOOL:-/var/spool/closurescan}
mkdir -p "$spool" 2>/dev/null
new="$spool/.${DRV_PATH##*/}.$$"
# A reader never sees half a file: it appears under its name when it is whole.
if printf '%s\n' $OUT_PATHS > "$new" && mv "$new" "$spool/${DRV_PATH##*/}.paths"; then :; else
  echo "closurescan: $spool: could not enqueue $DRV_PATH" >&2
fi
exit 0
