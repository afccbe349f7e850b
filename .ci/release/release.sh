#!/usr/bin/env bash
# Makes everything that a release hands out, from a tag:
#   release.sh TAG FOLDER        TAG is v1.2.3; it must be the commit that is checked out, and nothing may be changed
#   release.sh --dry-run FOLDER  the same from what lies here, with the version of Directory.Build.props
# FOLDER then has packages/, programs (closurescan-VERSION-TARGET.tar.gz), docs (closurescan-VERSION-docs.tar.gz), closurescan-VERSION.cdx.json (the
# software bill of materials, CycloneDX), NOTES.md (what changed since the tag before) and SHA256SUMS. Nothing is sent anywhere.
# PROGRAMS="linux-x64 …" makes those alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -eq 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=$(mkdir -p "$2" && cd "$2" && pwd)
[ -z "$(ls -A "$folder")" ] || { echo "release.sh: $folder is not empty" >&2; exit 2; }
case $1 in
  --dry-run) version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props) ;;
  v[0-9]*)
    version=${1#v}
    [ "$(git rev-parse "$1^{commit}")" = "$(git rev-parse HEAD)" ] || { echo "release.sh: $1 is not what is checked out" >&2; exit 2; }
    [ -z "$(git status --porcelain)" ] || { echo "release.sh: there are changes that $1 does not have" >&2; exit 2; }
    ;;
  *) echo "release.sh: $1 is no tag of a version, such as v1.2.3" >&2; exit 2 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# SourceLink, and the addresses that packages name, where the repository has one.
url=$(git remote get-url origin 2>/dev/null || true)
case $url in
  https://*) link=(-p:RepositoryUrl="${url%.git}" -p:PublishRepositoryUrl=true) ;;
  *) link=() ;;
esac
for project in ClosureScan ClosureScan.Stores ClosureScan.Analysis ClosureScan.Cli; do
  dotnet pack "src/$project" -c Release -o "$folder/packages" --artifacts-path "$work/artifacts" -p:Version="$version" -p:ContinuousIntegrationBuild=true \
    -p:RunAnalyzers=false "${link[@]}" -v q -nologo -nodeReuse:false
done

# shellcheck disable=SC2086
.ci/release/programs.sh "$folder" "$version" ${PROGRAMS:-}

dotnet tool install CycloneDX --version 6.3.1 --tool-path "$work/tools" > /dev/null
"$work/tools/dotnet-CycloneDX" src/ClosureScan.Cli/ClosureScan.Cli.csproj --output "$work" --filename bom.json --output-format Json --set-name closurescan --set-version "$version" \
  --set-type Application --exclude-test-projects --no-serial-number > "$work/bom.log" || { cat "$work/bom.log" >&2; exit 1; }
# A time and nothing else differs between two of the same sources.
sed -E 's/"timestamp": "[^"]*"/"timestamp": "'"$(date -u -d "@$(git log -1 --format=%ct)" +%Y-%m-%dT%H:%M:%SZ)"'"/' "$work/bom.json" > "$folder/closurescan-$version.cdx.json"

.ci/docs.sh "$work/docs"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" -c docs | gzip -n9 > "$folder/closurescan-$version-docs.tar.gz"

# The subject of each commit says what a user can do now.
previous=$(git describe --tags --abbrev=0 --match 'v[0-9]*' HEAD^ 2>/dev/null || true)
{
  echo "# ClosureScan $version"
  echo
  echo "${previous:+Since ${previous#v}:}"
  echo
  git log --no-merges --format='- %s' ${previous:+"$previous.."}HEAD -- src samples README.md
} > "$folder/NOTES.md"

(cd "$folder" && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
cat "$folder/SHA256SUMS"
