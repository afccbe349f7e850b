#!/bin/sh
# Fetches the JSON Schema of SARIF 2.1.0, of the release that became the standard, once a machine: sarif-schema.sh [FOLDER]
# It lies in a package of Microsoft's; the version and the hash are fixed, and what is there is not fetched again.
set -eu
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/sarif}
schema=sarif-2.1.0-rtm.5.json
package=@microsoft/jest-sarif@1.0.0-beta.0
hash=2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8

is_right() { echo "$hash  $1" | sha256sum --check --status 2>/dev/null; }

! is_right "$folder/$schema" || exit 0
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent --fetch-retries 4 "$package" >/dev/null
tar -xzf ./*.tgz "package/lib/schemas/$schema"
is_right "package/lib/schemas/$schema" || { echo "sarif-schema.sh: $package has another $schema than expected" >&2; exit 1; }
mv "package/lib/schemas/$schema" "$folder/"
