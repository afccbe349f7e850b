#!/usr/bin/env bash
# Writes deps.json, the NuGet packages that the tool is built from, with their hashes as Nix writes them:
#   update-deps.sh [FILE]
# Run it after a change of src/Directory.Packages.props. It restores the tool into an empty folder and lists what came; it needs
# the .NET SDK, openssl and NuGet's source, and no Nix. That folder keeps each package as it was served, so its hash is that of the download.
set -euo pipefail
cd "$(dirname "$0")/../.."
file=$(realpath -m "${1:-samples/nix/deps.json}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
NUGET_PACKAGES=$work/packages dotnet restore src/ClosureScan.Cli --artifacts-path "$work/artifacts" --force -v q -nologo -nodeReuse:false

separator=
{
  echo "["
  for archive in "$work"/packages/*/*/*.nupkg; do
    folder=${archive%/*}
    # The folder's name is in small letters; the package says how it is written.
    name=$(sed -nE 's:.*<id>([^<]+)</id>.*:\1:p' "$folder"/*.nuspec | head -n 1)
    printf '%s  {\n    "pname": "%s",\n    "version": "%s",\n    "hash": "sha256-%s"\n  }' \
      "$separator" "$name" "${folder##*/}" "$(openssl dgst -sha256 -binary "$archive" | base64)"
    separator=$',\n'
  done
  printf '\n]\n'
} > "$work/deps.json"
mkdir -p "${file%/*}"
mv "$work/deps.json" "$file"
echo "$file: $(grep -c '"pname"' "$file") packages"
