using System.Text.RegularExpressions;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Findings;

/// <summary>What findings call a package: its name without hash, platform and version, and its output when it is not the first one.</summary>
internal static partial class PackageNames
{
    /// <summary>The name: <c>curl</c>, <c>glibc.dev</c>. The version of an interpreter that it is built for is left out: <c>python-cffi</c>.</summary>
    public static string Of(StorePath path)
    {
        StorePathName name = StorePathName.Parse(path.Name);
        string package = WithoutInterpreterVersion(name.PackageName);
        return name.Output is null or "out" ? package : $"{package}.{name.Output}";
    }

    /// <summary>The package's name as <see cref="Of"/> tells it, without the output.</summary>
    public static string WithoutInterpreterVersion(string package) => InterpreterVersions().Replace(package, "$1-");

    // How Nixpkgs calls the packages of an interpreter or compiler: by its name and version, then their own name.
    [GeneratedRegex(@"^(coq|emacs|erlang|elixir|ghc|gnat|guile|julia|lua|luajit|nim|nodejs|ocaml|octave|perl|php|pypy|python|racket|ruby|tcl)-?_?[0-9]+(?:[._][0-9]+)*-")]
    private static partial Regex InterpreterVersions();
}
