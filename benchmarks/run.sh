#!/usr/bin/env bash
# Measures everything that benchmarks/results/README.md tells, on this machine: the search in memory, whole closures, pipes and
# caches, and the walks, each beside its ceiling and its peers. About four minutes and 3 GB of disk below TMPDIR.
#
#   benchmarks/run.sh            prints Markdown
#   benchmarks/run.sh --write    writes it to benchmarks/results/README.md as well
#
# Leave the machine alone meanwhile. Peers that are not installed are left out: tar, grep, rg, nix, sha256sum, xz, zstd.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet build benchmarks/ClosureScan.Benchmarks -c Release -v quiet 1>&2
run() { dotnet benchmarks/ClosureScan.Benchmarks/bin/Release/net10.0/ClosureScan.Benchmarks.dll all; }
case "${1-}" in
  "") run ;;
  --write)
    output=$(mktemp)
    trap 'rm -f "$output"' EXIT
    status=0
    run | tee "$output" || status=$?
    # A run that measured nothing must not overwrite one that did.
    [ -s "$output" ] && cp "$output" benchmarks/results/README.md
    exit "$status" ;;
  *) echo "usage: benchmarks/run.sh [--write]" >&2; exit 64 ;;
esac
