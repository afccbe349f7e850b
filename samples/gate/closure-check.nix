# A derivation that fails when the closure of a root leaks, for `nix flake check`, CI and Hydra. It judges what another one reports, its
# attribute report, which is built whether the closure leaks or not: a failed check has its SARIF and Markdown to publish.
# It needs nothing of Nixpkgs; there, call it with
#   import ./closure-check.nix { closurescan = "${closurescan}/bin/closurescan"; shell = pkgs.runtimeShell; path = "${pkgs.coreutils}/bin:${pkgs.gnused}/bin:${pkgs.gnugrep}/bin"; inherit (pkgs.stdenv.buildPlatform) system; }
{ closurescan                          # the program
, shell ? "/bin/sh"
, path ? "/usr/bin:/bin"               # where mkdir, sed, grep, touch, cat and ln lie
, system ? builtins.currentSystem
}:

{ root                                 # what is checked: a derivation or a store path
, name ? "closure-check"
, policy ? null                        # a closurescan.yaml
, baseline ? null
, host ? null                          # the system it is to run on; inferred when null
, failBuild ? true                     # false: the report alone, which Hydra calls failed
}:

let
report = derivation {
  inherit system path root;
  name = if failBuild then "${name}-report" else name;
  builder = shell;
  # Nix writes the registered references of the whole closure here, and mounts that closure into the sandbox.
  exportReferencesGraph = [ "registration" root ];
  program = closurescan;
  options = (if policy == null then [ ] else [ "--policy" "${policy}" ])
    ++ (if baseline == null then [ ] else [ "--baseline" "${baseline}" ])
    ++ (if host == null then [ ] else [ "--host" host ]);
  args = [ "-euc" ''
    export PATH="$path" HOME="$PWD"
    mkdir -p "$out/nix-support"
    status=0
    "$program" check "$root" --store "registration:$PWD/registration" $options --show all --no-progress -o "$out/report.txt" \
      --report "json=$out/report.json" --report "sarif=$out/report.sarif" \
      --report "junit=$out/junit.xml" --report "markdown=$out/report.md" \
      --report "html=$out/closure.html" || status=$?

    # 1 is findings. Whatever else is not 0 is a scan that did not happen, and no report of ours.
    if [ "$status" -gt 1 ]; then exit "$status"; fi

    echo "report closurescan $out closure.html" > "$out/nix-support/hydra-build-products"
    echo "report closurescan-markdown $out report.md" >> "$out/nix-support/hydra-build-products"
    echo "report closurescan-json $out report.json" >> "$out/nix-support/hydra-build-products"
    {
      sed -n 's/^  "closureSize": \([0-9]*\),*$/closurescan.closure-size \1 bytes/p' "$out/report.json"
      echo "closurescan.failing $(sed -n '/^    "failing": \[$/,/^    \]/p' "$out/report.json" | grep -c '^      "' || true)"
    } > "$out/nix-support/hydra-metrics"
    if [ "$status" -eq 1 ]; then touch "$out/nix-support/failed"; fi
  '' ];
};

verdict = derivation {
  inherit name system path report;
  builder = shell;
  args = [ "-euc" ''
    export PATH="$path"
    if [ -e "$report/nix-support/failed" ]; then
      cat "$report/report.txt"
      echo "Reports: $report"
      exit 1
    fi
    ln -s "$report" "$out"
  '' ];
};
in
if failBuild then verdict // { inherit report; } else report
