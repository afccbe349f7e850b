#!/usr/bin/env bash
# The same command lines with a PostgreSQL and a RabbitMQ, and two workers. FOLDER is where the services keep what they write.
set -euo pipefail
folder=${1:?FOLDER}
closurescan=${CLOSURESCAN:-closurescan}
here=$(dirname "$0")
trap '"$here/services.sh" stop "$folder"' EXIT
services=$("$here/services.sh" start "$folder")
eval "$services"
export CLOSURESCAN_LEDGER CLOSURESCAN_QUEUE CLOSURESCAN_CACHE=samples/leaky-cache

$closurescan fleet plan
$closurescan fleet work --until-done &
worker=$!
$closurescan fleet work --until-done
wait "$worker"
$closurescan fleet status
$closurescan fleet query leaks
