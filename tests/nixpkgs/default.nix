# A stand-in for the parts of Nixpkgs that samples/nix uses, for tests without a network: packages are built by Debian's programs and
# the machine's .NET in Nix's sandbox. It does what Nixpkgs' buildDotnetModule does with the same arguments: fixed-output downloads of the
# packages that nugetDeps lists, a restore from these alone, a publish, and a wrapper. Only the runtime identifier is left out, since the packs
# for one come with Nixpkgs' SDK: the native libraries of other systems are removed afterwards, and .NET's own program runs the tool.
{ feed                    # a folder of NuGet packages as dotnet restore makes it, in place of nuget.org
, dotnet                  # the folder of the .NET SDK
, system ? builtins.currentSystem
}:

let
  shell = "/bin/bash";
  path = "/usr/bin:/bin:${dotnet}";
  lower = string: builtins.replaceStrings
    [ "A" "B" "C" "D" "E" "F" "G" "H" "I" "J" "K" "L" "M" "N" "O" "P" "Q" "R" "S" "T" "U" "V" "W" "X" "Y" "Z" ]
    [ "a" "b" "c" "d" "e" "f" "g" "h" "i" "j" "k" "l" "m" "n" "o" "p" "q" "r" "s" "t" "u" "v" "w" "x" "y" "z" ]
    string;

  make = name: attributes: script: derivation (attributes // {
    inherit name system;
    builder = shell;
    PATH = path;
    # Nix 2.8 kills a builder as soon as its log has ended.
    args = [ "-euc" "trap 'sleep 0.1 &' EXIT; ${script}" ];
  });

  pkgs = rec {
    inherit system;
    stdenv.buildPlatform.system = system;
    runtimeShell = shell;
    coreutils = "/usr";
    findutils = "/usr";
    gnugrep = "/usr";
    gnused = "/usr";
    nix = "/usr";
    xz = "/usr";
    zstd = "/usr";
    dotnetCorePackages = { sdk_10_0 = dotnet; runtime_10_0 = dotnet; };

    lib = {
      licenses.mit = { spdxId = "MIT"; };
      platforms.unix = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      makeBinPath = packages: builtins.concatStringsSep ":" (map (package: "${package}/bin") packages);
      mkIf = condition: content: if condition then content else { };
      mkEnableOption = description: { inherit description; default = false; };
      mkOption = option: option;
      types = { package = "package"; str = "str"; };
    };

    callPackage = file: arguments:
      let function = if builtins.isPath file then import file else file; in
      function (builtins.intersectAttrs (builtins.functionArgs function) pkgs // arguments);

    mkShell = attributes: make "shell" { } "touch $out";
    runCommand = name: attributes: script: make name attributes "patchShebangs() { :; }; ${script}";
    writeShellScript = name: text: make name { inherit text; passAsFile = [ "text" ]; } "{ echo '#!${shell}'; cat $textPath; } > $out; chmod +x $out";

    fetchNuGet = { pname, version, hash }:
      let file = "${lower pname}.${lower version}.nupkg"; in
      derivation {
        name = file;
        system = "builtin";
        builder = "builtin:fetchurl";
        url = "file://${feed}/${lower pname}/${lower version}/${file}";
        outputHashMode = "flat";
        outputHash = hash;
        executable = false;
        unpack = false;
        preferLocalBuild = true;
      };

    buildDotnetModule =
      { pname, version, src, projectFile, nugetDeps, dotnet-sdk, dotnet-runtime, dotnetFlags ? [ ], executables, runtimeDeps ? [ ], postFixup ? "", meta ? { } }:
      make "${pname}-${version}"
        {
          inherit pname src projectFile dotnetFlags executables postFixup;
          packages = map fetchNuGet (builtins.fromJSON (builtins.readFile nugetDeps));
          passAsFile = [ "postFixup" ];
          runtime = dotnet-runtime;
          libraries = map (dependency: "${dependency}/lib") runtimeDeps;
          DOTNET_NOLOGO = "1";
          DOTNET_CLI_TELEMETRY_OPTOUT = "1";
          MSBUILDDISABLENODEREUSE = "1";
        }
        ''
          export HOME="$PWD/home" NUGET_PACKAGES="$PWD/packages"
          mkdir -p feed "$HOME"
          for package in $packages; do ln -s "$package" "feed/''${package#*-}"; done
          cp -r "$src" source
          chmod -R u+w source
          echo '<configuration><packageSources><clear /><add key="fixed" value="'"$PWD/feed"'" /></packageSources></configuration>' > source/nuget.config
          cd source
          dotnet restore "$projectFile" $dotnetFlags -nodeReuse:false
          dotnet build "$projectFile" -c Release --no-restore --no-self-contained -p:UseAppHost=false -p:RunAnalyzers=false $dotnetFlags -nodeReuse:false -p:UseSharedCompilation=false
          dotnet publish "$projectFile" -c Release --no-build --no-restore --no-self-contained -p:UseAppHost=false $dotnetFlags -o "$out/lib/$pname" -nodeReuse:false
          find "$out/lib/$pname/runtimes" -mindepth 1 -maxdepth 1 ! -name ${if system == "aarch64-linux" then "linux-arm64" else "linux-x64"} -exec rm -r {} +
          mkdir -p "$out/bin"
          for executable in $executables; do
            printf '#!/bin/sh\nexport LD_LIBRARY_PATH=%s\nexec %s/dotnet %s.dll "$@"\n' "''${libraries// /:}" "$runtime" "$out/lib/$pname/$executable" > "$out/bin/$executable"
            chmod +x "$out/bin/$executable"
          done
          . "$postFixupPath"
        ''
      // { inherit meta; };
  };
in
pkgs
