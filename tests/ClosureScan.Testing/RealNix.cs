using System.Collections.Immutable;
using System.Text;

namespace ClosureScan.Testing;

/// <summary>
/// Debian's real Nix, without a network: builds paths, tells what Nix registered of them, and copies them into private stores
/// and caches. Use it as a class fixture; making one costs nothing, and the first call skips the test where there is no Nix.
/// </summary>
/// <remarks>
/// It builds in /nix/store as root, with that store's own database: a private store directory would change every path, and
/// building into a chroot store needs mount namespaces, which a container may lack. What wants a store of its own gets one by
/// <see cref="CopyToNewRoot"/>. Several processes may do so at once; Nix has its locks.
/// </remarks>
public sealed class RealNix : IDisposable
{
    private readonly Lazy<string> _workspace = new(MakeWorkspace);
    private int _folders;

    /// <summary>Builds a Nix expression.</summary>
    /// <param name="expression">Nix text; a raw <c>derivation { … }</c>, since there is no Nixpkgs.</param>
    /// <returns>The store paths of its outputs.</returns>
    public ImmutableArray<string> Build(string expression) => BuildWith("--expr", expression);

    /// <summary>Builds the expression in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="arguments">Texts for the arguments of the function that the file holds, if it holds one.</param>
    /// <returns>The store paths of its outputs.</returns>
    public ImmutableArray<string> BuildFile(string file, params IEnumerable<(string Name, string Value)> arguments) =>
        BuildWith([file, .. arguments.SelectMany(argument => (string[])["--argstr", argument.Name, argument.Value])]);

    /// <summary>Builds one path with a bash script.</summary>
    /// <param name="name">The path's name.</param>
    /// <param name="script">What makes <c>$out</c>, with the programs of /usr/bin.</param>
    /// <param name="inputs">Variables for the script: store paths, which the result may then refer to.</param>
    public string BuildScript(string name, string script, params ReadOnlySpan<(string Variable, string Path)> inputs)
    {
        StringBuilder expression = new("derivation { system = \"x86_64-linux\"; builder = \"/bin/bash\"; PATH = \"/usr/bin:/bin\"; ");
        expression.Append($"name = {Quote(name)}; args = [ \"-euc\" {Quote(HoldLog + script)} ]; ");
        foreach ((string variable, string path) in inputs)
        {
            expression.Append($"{variable} = builtins.storePath {path}; ");
        }

        return Build(expression.Append('}').ToString())[0];
    }

    /// <summary>The paths that <paramref name="path"/> refers to, as Nix found and registered them.</summary>
    public ImmutableArray<string> References(string path) => [.. Query("nix-store", "--query", "--references", path).Lines];

    /// <summary>The closure of <paramref name="paths"/>, dependencies first.</summary>
    public ImmutableArray<string> Closure(params IEnumerable<string> paths) =>
        [.. Query("nix-store", ["--query", "--requisites", .. paths]).Lines];

    /// <summary>The registered hash of the NAR: <c>sha256:</c> and 52 base-32 digits.</summary>
    public string NarHash(string path) => Query("nix-store", "--query", "--hash", path).Lines[0];

    /// <summary>The registered length of the NAR.</summary>
    public long NarSize(string path) =>
        long.Parse(Query("nix-store", "--query", "--size", path).Lines[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The NAR of a file or folder, in the store or not, as Nix writes it.</summary>
    public ReadOnlyMemory<byte> Dump(string path) => Query("nix-store", "--dump", path).Output;

    /// <summary>What <c>nix path-info --json --recursive</c> prints.</summary>
    public string PathInfoJson(params IEnumerable<string> paths) =>
        Query("nix", ["path-info", "--json", "--recursive", "--closure-size", .. paths]).Text;

    /// <summary>Copies the closure of <paramref name="paths"/> into a binary cache.</summary>
    /// <param name="cache">The cache's folder; made when it is not there.</param>
    /// <param name="compression">A name that Nix knows: xz, zstd, none, bzip2, br, gzip.</param>
    /// <param name="paths">The paths.</param>
    public void CopyToCache(string cache, string compression, params IEnumerable<string> paths) =>
        Query("nix", ["copy", "--to", $"file://{cache}?compression={compression}", .. paths]);

    /// <summary>
    /// Copies the closure of <paramref name="paths"/> into a store of its own.
    /// Its files lie in <c>nix/store</c> of the returned folder and its database in <c>nix/var/nix/db</c>; the paths stay <c>/nix/store/…</c>.
    /// </summary>
    public string CopyToNewRoot(params IEnumerable<string> paths)
    {
        string root = NewFolder();
        Query("nix", ["copy", "--no-check-sigs", "--to", $"local?root={root}", .. paths]);
        return root;
    }

    /// <summary>A new empty folder that goes when the fixture goes.</summary>
    public string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(_workspace.Value, $"{Interlocked.Increment(ref _folders)}")).FullName;

    /// <summary>Runs one of Nix's programs.</summary>
    public ToolRun Run(string program, params IEnumerable<string> arguments) => ToolRun.Execute(RequiredTool.Find(program), arguments, Environment);

    /// <summary>The variables that Nix's programs get.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["NIX_CONF_DIR"] = _workspace.Value,
        ["NIX_USER_CONF_FILES"] = "",
        ["NIX_PATH"] = null,
        ["NIX_REMOTE"] = null,
        ["HOME"] = _workspace.Value,
        ["XDG_CACHE_HOME"] = null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_workspace.IsValueCreated)
        {
            // Store paths are read-only, and so are folders in them. Deleting is best done by what is used to that.
            ToolRun.Execute("/bin/sh", ["-c", "chmod -R u+w \"$0\"; rm -rf \"$0\"", _workspace.Value]);
        }
    }

    /// <summary>
    /// Nix 2.8 kills a builder as soon as its log has ended, now and then before its exit status is known, and calls the
    /// build failed. So something holds the log open a moment longer than the builder lives.
    /// </summary>
    private const string HoldLog = "trap 'sleep 0.1 &' EXIT; ";

    private ImmutableArray<string> BuildWith(params IEnumerable<string> arguments)
    {
        const int Attempts = 5;
        for (int attempt = 1; ; attempt++)
        {
            ToolRun run = Run("nix-build", ["--no-out-link", .. arguments]);
            if (run.ExitCode == 0)
            {
                return [.. run.Lines];
            }

            if (attempt == Attempts || !run.Error.Contains("failed due to signal 9", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"nix-build failed:\n{run.Error}");
            }
        }
    }

    private ToolRun Query(string program, params IEnumerable<string> arguments)
    {
        ToolRun run = Run(program, arguments);
        return run.ExitCode == 0
            ? run
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{run.Error}");
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"";

    private static string MakeWorkspace()
    {
        RequiredTool.Find("nix-store");
        if (!System.Environment.IsPrivilegedProcess || !File.Exists("/bin/bash"))
        {
            RequiredTool.Missing("to run as root on a system with /bin/bash, to build in /nix/store");
        }

        string workspace = Directory.CreateTempSubdirectory("closurescan-nix-").FullName;
        File.WriteAllText(Path.Combine(workspace, "nix.conf"), """
            sandbox = false
            build-users-group =
            max-jobs = 2
            substituters =
            experimental-features = nix-command

            """);
        return workspace;
    }
}
