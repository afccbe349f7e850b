#!/usr/bin/env bash
# Whole caches on one machine: one file, no service. FOLDER is where the ledger goes.
set -euo pipefail
folder=${1:?FOLDER}
closurescan=${CLOSURESCAN:-closurescan}
export CLOSURESCAN_LEDGER=sqlite:$folder/cache.db

$closurescan fleet run --cache samples/leaky-cache --roots '*-pi-image-*' --evaluation monday
$closurescan fleet query leaks --target bash
$closurescan fleet query fixes --top 3

# The next day: what is known is not scanned again.
$closurescan fleet run --cache samples/fixed-cache --roots '*-pi-image-*' --evaluation tuesday
$closurescan fleet query regressions monday tuesday
$closurescan fleet query leaks --format csv -o "$folder/leaks.csv"
$closurescan fleet status --format openmetrics
$closurescan fleet export "$folder/tables"
