#!/usr/bin/env bash
# Tries the programs that programs.sh made in FOLDER:
#   check-programs.sh FOLDER [PROGRAM]
# Each scans the sample and prints what the first prints; that of arm64 runs under qemu, and its own closure, a cross-compiled one, is scanned. PROGRAM is
# one that was compiled elsewhere from the same sources: linux-x64 must be the same file, byte for byte, or the build is not reproducible.
set -euo pipefail
folder=$(cd "$1" && pwd) other=${2:-}
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
fail() { echo "check-programs.sh: $*" >&2; status=1; }

(cd "$folder" && sha256sum --quiet -c SHA256SUMS) || fail "a sum is wrong"
for archive in "$folder"/closurescan-*.tar.gz; do tar -C "$work" -xzf "$archive"; done
for program in "$work"/closurescan-*/closurescan; do
  run=("$program")
  case $program in
    *-arm64/*) run=(qemu-aarch64-static -L /usr/aarch64-linux-gnu "$program") ;;
    *-v3/*) grep -q -m1 -w avx2 /proc/cpuinfo || { echo "skipped: ${program%/*}: this processor has no AVX2"; continue; } ;;
  esac
  echo "${program#"$work"/}: $(stat -c %s "$program") bytes, needs $(readelf -d "$program" 2>/dev/null | sed -n 's/.*Shared library: \[\(.*\)\]/\1/p' | tr '\n' ' ')"
  code=0
  timeout 300 "${run[@]}" scan --store samples/leaky-cache '*-pi-image-*' > "$work/report" || code=$?
  [ "$code" -eq 1 ] || fail "$program ends with $code on the sample, which has findings"
  [ -e "$work/expected" ] || cp "$work/report" "$work/expected"
  cmp "$work/expected" "$work/report" || fail "$program reports otherwise"
done

# Only what the C library brings may be needed.
for program in "$work"/closurescan-*/closurescan; do
  if readelf -d "$program" | sed -n 's/.*Shared library: \[\(.*\)\]/\1/p' | grep -vE '^(libc|libm|libdl|libpthread|librt|ld-linux-[a-z0-9-]+)\.so\.[0-9]+$'; then fail "$program needs more than the C library"; fi
done

arm=$(echo "$work"/closurescan-*-linux-arm64)
if [ -d "$arm" ]; then
  root=r0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-closurescan-aarch64-unknown-linux-gnu-1.0
  mkdir -p "$work/store/$root/bin"
  cp "$arm/closurescan" "$work/store/$root/bin/"
  code=0
  "$work"/closurescan-*-linux-x64/closurescan scan --store "$work/store" "$root" --format json > "$work/self.json" || code=$?
  [ "$code" -le 1 ] || fail "the scan of the arm64 program itself ends with $code"
  grep -q '"host": "aarch64-linux"' "$work/self.json" || fail "the host of the arm64 program is not found to be aarch64-linux"
  ! grep -qE '"rule": "foreign-' "$work/self.json" || fail "the arm64 program leaks the machine it was built on"
fi

if [ -n "$other" ]; then cmp "$other" "$work"/closurescan-*-linux-x64/closurescan || fail "two builds of linux-x64 differ"; fi
exit "$status"
