using System.Text.RegularExpressions;
using ClosureScan.Paths;

namespace ClosureScan.Platforms;

/// <summary>What reports call a package, and users type: its name without the hash, and without the platform or the version where these say nothing.</summary>
internal static partial class PackageNames
{
    /// <summary>What findings call a package, with its output when that is not the first one: <c>curl</c>, <c>glibc.dev</c>. The version of an interpreter that it is built for is left out: <c>python-cffi</c>.</summary>
    public static string Of(StorePath path)
    {
        StorePathName name = StorePathName.Parse(path.Name);
        string package = WithoutInterpreterVersion(name.PackageName);
        return name.Output is null or "out" ? package : $"{package}.{name.Output}";
    }

    /// <summary>
    /// The name of a path without the configurations in it: <c>gcc-wrapper-13.2.0</c>. Where <paramref name="host"/> is given, only its
    /// configuration goes, since any other says something; a name that has another one, or the mark of a static build, stays as it is.
    /// </summary>
    public static string WithoutTriples(StorePath path, Platform? host = null)
    {
        StorePathName name = StorePathName.Parse(path.Name);
        bool hasTriple = name.HostTriple is not null || name.TargetTriple is not null;
        return !hasTriple || name.IsStatic || (host is not null && !(SaysNothing(name.HostTriple, host) && SaysNothing(name.TargetTriple, host)))
            ? path.Name
            : string.Join('-', ((string?[])[name.PackageName, name.Version, name.Output]).Where(part => part is not null));
    }

    /// <summary>The package's name as <see cref="Of"/> tells it, without the output.</summary>
    public static string WithoutInterpreterVersion(string package) => InterpreterVersions().Replace(package, "$1-");

    private static bool SaysNothing(string? triple, Platform host) => triple is null || (Platform.TryParse(triple, out Platform? platform) && platform.System == host.System);

    // How Nixpkgs calls the packages of an interpreter or compiler: by its name and version, then their own name.
    [GeneratedRegex(@"^(coq|emacs|erlang|elixir|ghc|gnat|guile|julia|lua|luajit|nim|nodejs|ocaml|octave|perl|php|pypy|python|racket|ruby|tcl)-?_?[0-9]+(?:[._][0-9]+)*-")]
    private static partial Regex InterpreterVersions();
}
