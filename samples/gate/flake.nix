# flake.nix: `nix flake check` fails when the image leaks, and prints the file and the chain.
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      system = "x86_64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
      image = pkgs.pkgsCross.armv7l-hf-multiplatform.callPackage ./image.nix { };
      mkClosureCheck = import ./closure-check.nix {
        inherit system;
        # The native program in a folder; see README.md. Or a package of it.
        closurescan = "${./tool}/closurescan";
        shell = pkgs.runtimeShell;
        path = pkgs.lib.makeBinPath [ pkgs.coreutils pkgs.gnugrep pkgs.gnused ];
      };
    in
    {
      packages.${system}.image = image;
      checks.${system}.image = mkClosureCheck { root = image; policy = ./closurescan.yaml; };
    };
}
