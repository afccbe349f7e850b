# A derivation that fails when the closure of a root leaks, for `nix flake check`, CI and Hydra.
# It needs nothing of Nixpkgs; there, call it with
#   import ./closure-check.nix { closurescan = "${closurescan}/bin/closurescan"; shell = pkgs.runtimeShell; path = "${pkgs.coreutils}/bin:${pkgs.gnused}/bin:${pkgs.gnugrep}/bin"; inherit (pkgs.stdenv.buildPlatform) system; }
{ closurescan                          # the program
, shell ? "/bin/sh"
, path ? "/usr/bin:/bin"               # where mkdir, sed, grep and touch lie
, system ? builtins.currentSystem
}:

{ root                                 # what is checked: a derivation or a store path
, name ? "closure-check"
, policy ? null                        # a closurescan.yaml
, baseline ? null
, host ? null                          # the system it is to run on; inferred when null
, failBuild ? true                     # false: build the report, and let Hydra call it failed
}:

derivation {
  inherit name system path root failBuild;
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
    "$program" check "$root" --store "registration:$PWD/registration" $options --show all --no-progress \
      --report "json=$out/report.json" --report "sarif=$out/report.sarif" \
      --report "junit=$out/junit.xml" --report "markdown=$out/report.md" \
      --report "html=$out/closure.html" || status=$?

    # 1 is findings. Whatever else is not 0 is a scan that did not happen, and no report of ours.
    if [ "$status" -gt 1 ] || { [ "$status" -eq 1 ] && [ -n "$failBuild" ]; }; then exit "$status"; fi

    echo "report closurescan $out closure.html" > "$out/nix-support/hydra-build-products"
    echo "report closurescan-markdown $out report.md" >> "$out/nix-support/hydra-build-products"
    echo "report closurescan-json $out report.json" >> "$out/nix-support/hydra-build-products"
    {
      sed -n 's/^  "closureSize": \([0-9]*\),*$/closurescan.closure-size \1 bytes/p' "$out/report.json"
      echo "closurescan.failing $(sed -n '/^    "failing": \[$/,/^    \]/p' "$out/report.json" | grep -c '^      "' || true)"
    } > "$out/nix-support/hydra-metrics"
    if [ "$status" -eq 1 ]; then touch "$out/nix-support/failed"; fi
  '' ];
}
