#!/usr/bin/env bash
# Compiles the tool to one native program, as its users have it, for the tests that run it where there is no .NET:
#   native-tool.sh [FOLDER [OPTION...]]
# with OPTIONs for dotnet publish. FOLDER/publish/ then has the program. What is compiled stays in FOLDER, so that a second call is quick and
# touches nothing in the work tree. The native compiler is a NuGet package; everything else is .NET's and the C compiler's.
set -euo pipefail
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/native}
case $(uname -m) in
  x86_64) runtime=linux-x64 ;;
  aarch64) runtime=linux-arm64 ;;
  *) echo "native-tool.sh: no native compiler for $(uname -m)" >&2; exit 1 ;;
esac
cd "$(dirname "$0")/../.."
rm -rf "$folder/publish"
dotnet publish src/ClosureScan.Cli -c Release -r "$runtime" --artifacts-path "$folder/artifacts" -o "$folder/publish" -v q -nologo "${@:2}" -nodeReuse:false
# Newer than every source, also where nothing had to be compiled: see NativeTool.cs.
touch "$folder/publish/closurescan"
