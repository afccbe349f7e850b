#!/usr/bin/env bash
# Makes the documentation, guide and API reference, as pages that need no server:
#   docs.sh [FOLDER]        artifacts/docs/site without one
# DocFX, a .NET tool, makes it from the Markdown of the repository and the docstrings of the libraries. A link that leads nowhere is an error, within the
# pages (by DocFX) and from one finished page to another (here).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
made=$PWD/artifacts/docs
rm -rf "$made" .ci/docs/api
mkdir -p "$made"
trap 'rm -rf .ci/docs/api .ci/docs/obj' EXIT
dotnet build src/ClosureScan.Analysis -c Release --artifacts-path "$made/build" -p:RunAnalyzers=false -p:CopyLocalLockFileAssemblies=true -v q -nologo -nodeReuse:false
mkdir "$made/bin"
cp "$made"/build/bin/ClosureScan.Analysis/release/*.{dll,xml} "$made/bin/"
tools=${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/docfx-2.81.0
[ -x "$tools/docfx" ] || dotnet tool install docfx --version 2.81.0 --tool-path "$tools" > /dev/null
"$tools/docfx" .ci/docs/docfx.json --warningsAsErrors --disableGitFeatures > "$made/log" || { grep -E 'warning|error' "$made/log" || tail -20 "$made/log"; exit 1; }
rm -rf "$made/build" "$made/bin"

# Every link of every page, to a page or a file of the site and to a place in it.
python3 - "$made/site" <<'PYTHON'
import html.parser, pathlib, sys, urllib.parse

site = pathlib.Path(sys.argv[1])

class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.places = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.places.update(filter(None, (attributes.get("id"), attributes.get("name"))))
        self.links += [attributes[name] for name in ("href", "src") if attributes.get(name)]

pages = {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html")}
broken = []
for path, page in pages.items():
    for link in page.links:
        target = urllib.parse.urlsplit(link)
        if target.scheme or target.netloc:
            continue
        file = (path.parent / urllib.parse.unquote(target.path)).resolve() if target.path else path
        if file.is_dir():
            file /= "index.html"
        if not file.exists() or (target.fragment and file in pages and urllib.parse.unquote(target.fragment) not in pages[file].places):
            broken.append(f"{path.relative_to(site)}: {link}")
print(f"{len(pages)} pages, {sum(len(page.links) for page in pages.values())} links, {len(broken)} of them broken")
print("\n".join(broken))
sys.exit(bool(broken) or not pages)
PYTHON
if [ -n "$folder" ]; then cp -r "$made/site/." "$folder/"; fi
