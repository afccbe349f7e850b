#!/usr/bin/env bash
# sbatch samples/fleet/slurm.sh: sixteen workers as a job array. A requeued one goes on like a new one.
#SBATCH --job-name=closurescan
#SBATCH --array=1-16
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --requeue
#SBATCH --signal=B:TERM@300
set -euo pipefail
# CLOSURESCAN_LEDGER, CLOSURESCAN_QUEUE and CLOSURESCAN_CACHE, readable by you alone.
. "$HOME/.config/closurescan/fleet.env"
export CLOSURESCAN_LEDGER CLOSURESCAN_QUEUE CLOSURESCAN_CACHE
exec closurescan fleet work --until-done --no-progress --jobs "${SLURM_CPUS_PER_TASK:-2}"
