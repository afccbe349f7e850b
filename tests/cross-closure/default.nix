# A closure of real packages, cross-compiled with a real Nix and a real compiler.
{ sources }: (import ./packages.nix { inherit sources; host = "armv7l-unknown-linux-gnueabihf"; }).image
