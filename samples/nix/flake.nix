# closurescan for flakes:
#   nix run 'github:OWNER/closurescan?dir=samples/nix' -- scan ./result
{
  description = "Finds what a Nix closure drags along from the machine it was built on";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      forSystems = make: builtins.listToAttrs (map (system: { name = system; value = make nixpkgs.legacyPackages.${system}; }) systems);
      package = pkgs: pkgs.callPackage ./package.nix { };
      closureCheck = pkgs: import ../gate/closure-check.nix {
        inherit (pkgs.stdenv.buildPlatform) system;
        closurescan = "${package pkgs}/bin/closurescan";
        shell = pkgs.runtimeShell;
        path = pkgs.lib.makeBinPath [ pkgs.coreutils pkgs.gnugrep pkgs.gnused ];
      };
    in
    {
      packages = forSystems (pkgs: rec {
        closurescan = package pkgs;
        default = closurescan;
      });

      apps = forSystems (pkgs: rec {
        closurescan = {
          type = "app";
          program = "${package pkgs}/bin/closurescan";
        };
        default = closurescan;
      });

      overlays.default = final: prev: { closurescan = package final; };

      # lib.mkClosureCheck pkgs { root = image; policy = ./closurescan.yaml; } is a check for `nix flake check` and for Hydra:
      # pkgs are those of the machine that builds.
      lib.mkClosureCheck = closureCheck;

      checks = forSystems (pkgs: {
        # The tool's own closure has nothing of another platform.
        closurescan = closureCheck pkgs { name = "closurescan-check"; root = package pkgs; };
      });

      nixosModules.default = import ./module.nix { inherit package; };

      devShells = forSystems (pkgs: {
        default = pkgs.mkShell {
          packages = [ pkgs.dotnetCorePackages.sdk_10_0 pkgs.nix pkgs.zstd pkgs.xz ];
        };
      });
    };
}
