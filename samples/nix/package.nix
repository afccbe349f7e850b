# The closurescan command for Nixpkgs: pkgs.callPackage ./package.nix { }
{ lib
, buildDotnetModule
, dotnetCorePackages
, xz
, zstd
, source ? ../..
}:

let
  # A change of tests or samples builds nothing anew.
  parts = [ "Directory.Build.props" "LICENSE" "README.md" "src" ];
  leftOut = [ "bin" "obj" ];
  root = toString source;
  properties = builtins.readFile (source + "/Directory.Build.props");
in
buildDotnetModule {
  pname = "closurescan";
  version = builtins.head (builtins.match ".*<Version>([^<]+)</Version>.*" properties);

  src = builtins.path {
    name = "closurescan-source";
    path = source;
    filter = path: type:
      let name = baseNameOf path; in
      !(builtins.elem name leftOut) && (dirOf path != root || builtins.elem name parts);
  };

  projectFile = "src/ClosureScan.Cli/ClosureScan.Cli.csproj";
  nugetDeps = ./deps.json;
  dotnet-sdk = dotnetCorePackages.sdk_10_0;
  dotnet-runtime = dotnetCorePackages.runtime_10_0;

  # The portable program: the native one needs a C compiler and the SDK's native compiler of the same version.
  dotnetFlags = [ "-p:PublishAot=false" ];
  executables = [ "ClosureScan.Cli" ];

  # Found by name when a cache is read; without them the same is done by slower managed code.
  runtimeDeps = [ xz zstd ];

  postFixup = ''
    mv "$out/bin/ClosureScan.Cli" "$out/bin/closurescan"
    mkdir -p "$out/share/man/man1" "$out/share/bash-completion/completions" "$out/share/zsh/site-functions" "$out/share/fish/vendor_completions.d"
    "$out/bin/closurescan" man > "$out/share/man/man1/closurescan.1"
    "$out/bin/closurescan" completion bash > "$out/share/bash-completion/completions/closurescan"
    "$out/bin/closurescan" completion zsh > "$out/share/zsh/site-functions/_closurescan"
    "$out/bin/closurescan" completion fish > "$out/share/fish/vendor_completions.d/closurescan.fish"
  '';

  meta = {
    description = "Finds what a Nix closure drags along from the machine it was built on, and which file names it";
    license = lib.licenses.mit;
    mainProgram = "closurescan";
    platforms = lib.platforms.unix;
  };
}
