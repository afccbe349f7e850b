using System.Runtime.Versioning;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests;

/// <summary>A closure and, on demand, each kind of store with it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConformanceWorld : IDisposable
{
    private readonly Lazy<SampleClosure> _closure;
    private readonly Lazy<string> _key;
    private readonly Lazy<ToolRun> _expected;

    public ConformanceWorld()
    {
        _closure = new Lazy<SampleClosure>(() => SampleClosure.Build(Nix));
        _key = new Lazy<string>(MakeKey);
        _expected = new Lazy<ToolRun>(() => Scan(new Opened("local")));
    }

    /// <summary>A store, what the tool's process needs to reach it, and what must be stopped after.</summary>
    public sealed record Opened(params IReadOnlyList<string> Uris) : IAsyncDisposable
    {
        public Dictionary<string, string?> Variables { get; init; } = [];

        public string? Shell { get; init; }

        public IEnumerable<object> Owned { get; init; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (object owned in Owned)
            {
                if (owned is IAsyncDisposable later)
                {
                    await later.DisposeAsync();
                }

                (owned as IDisposable)?.Dispose();
            }
        }
    }

    public RealNix Nix { get; } = new();

    /// <summary>What the tool reports of the local store.</summary>
    public ToolRun Expected => _expected.Value;

    public ToolRun Scan(Opened store)
    {
        Dictionary<string, string?> variables = new(Nix.Environment) { ["NO_COLOR"] = null, ["CLOSURESCAN_KERNEL"] = null, ["XDG_CACHE_HOME"] = Nix.NewFolder() };
        foreach ((string name, string? value) in store.Variables)
        {
            variables[name] = value;
        }

        string[] arguments = ["scan", .. store.Uris.SelectMany(uri => (string[])["--store", uri]), _closure.Value.Root, "--format", "json", "--host", "x86_64-linux", "--trusted-key", PublicKey];
        return ClosureScanTool.RunWith(variables, store.Shell, arguments);
    }

    public async Task<Opened> OpenAsync(string kind)
    {
        string[] words = kind.Split(' ');
        switch (words[0])
        {
            case "folder":
                return new Opened(Cache(words[1]));
            case "root":
                return new Opened($"local?root={Nix.CopyToNewRoot(_closure.Value.Root)}");
            case "registration":
                return new Opened("registration:" + Write(Nix.Run("nix-store", ["--dump-db", .. Nix.Closure(_closure.Value.Root)]).Text));
            case "path-info":
                ToolRun told = ToolRun.Execute(NixVersions.Find(words[1], "nix"), ["--extra-experimental-features", "nix-command", "path-info", "--json", "-r", _closure.Value.Root], Nix.Environment);
                Assert.True(told.ExitCode == 0, told.Error);
                return new Opened("path-info:" + Write(told.Text));
            case "export":
                string export = Path.Combine(Nix.NewFolder(), "closure.export");
                File.WriteAllBytes(export, Nix.Run("nix-store", ["--export", .. Nix.Closure(_closure.Value.Root)]).Output.ToArray());
                return words.Length == 1 ? new Opened("export:" + export) : new Opened("export:-") { Shell = $"cat {export} | \"$@\"" };
            case "http":
                TestServer plain = await TestServer.StartFolderAsync(Cache(words[1]));
                return new Opened(plain.Address) { Owned = [plain] };
            case "https":
                TestServer tls = await TestServer.StartFolderAsync(Cache(words[1]), tls: true);
                return new Opened(tls.Address) { Owned = [tls], Variables = { ["NIX_SSL_CERT_FILE"] = Write(tls.CertificatePem) } };
            case "s3":
                S3Server bucket = await S3Server.StartAsync(Cache(words[1]));
                return new Opened(bucket.Uri) { Owned = [bucket], Variables = { ["AWS_ACCESS_KEY_ID"] = S3Server.KeyId, ["AWS_SECRET_ACCESS_KEY"] = S3Server.Secret, ["AWS_SESSION_TOKEN"] = null } };
            case "daemon":
                NixDaemon daemon = NixDaemon.Start(Nix, NixVersions.Find(words[1], "nix-daemon"));
                return new Opened($"unix://{daemon.Socket}{(words.Length > 2 ? "?real=/nowhere" : "")}") { Owned = [daemon] };
            case "auto":
                // A database that cannot be read, and a daemon that can.
                NixDaemon other = NixDaemon.Start(Nix, NixVersions.Find(NixVersions.Own, "nix-daemon"));
                string state = Nix.NewFolder();
                Directory.CreateDirectory(Path.Combine(state, "db"));
                File.WriteAllText(Path.Combine(state, "db", "db.sqlite"), "no database");
                return new Opened("auto") { Owned = [other], Variables = { ["NIX_STATE_DIR"] = state, ["NIX_DAEMON_SOCKET_PATH"] = other.Socket } };
            case "ssh" or "ssh-ng":
                return new Opened($"{words[0]}://somebody@pi:2222") { Variables = { ["PATH"] = $"{StandInSsh(words[1])}:{System.Environment.GetEnvironmentVariable("PATH")}" } };
            case "sshd":
                SshServer server = SshServer.Start(Nix.NewFolder());
                return new Opened($"{words[1]}://127.0.0.1:{server.Port}") { Owned = [server], Variables = { ["NIX_SSHOPTS"] = server.Options } };
            case "two":
                string first = Cache("none", _closure.Value.Leaf);
                string second = Cache("none");
                File.Delete(Path.Combine(second, Path.GetFileName(Directory.GetFiles(first, "*.narinfo").Single())));
                TestServer one = await TestServer.StartFolderAsync(first);
                TestServer two = await TestServer.StartFolderAsync(second);
                return new Opened(two.Address, one.Address) { Owned = [one, two] };
            default:
                throw new ArgumentException($"There is no store \"{kind}\".", nameof(kind));
        }
    }

    public void Dispose() => Nix.Dispose();

    private string PublicKey => File.ReadAllText(_key.Value + ".public").Trim();

    private string Cache(string compression, string? path = null)
    {
        string cache = Path.Combine(Nix.NewFolder(), "cache");
        ToolRun copy = Nix.Run("nix", "copy", "--to", $"file://{cache}?compression={compression}&secret-key={_key.Value}", path ?? _closure.Value.Root);
        Assert.True(copy.ExitCode == 0, copy.Error);
        return cache;
    }

    private string MakeKey()
    {
        string secret = Path.Combine(Nix.NewFolder(), "key");
        Assert.Equal(0, Nix.Run("nix-store", "--generate-binary-cache-key", "test.example.org-1", secret, secret + ".public").ExitCode);
        return secret;
    }

    private string Write(string text)
    {
        string file = Path.Combine(Nix.NewFolder(), "file.json");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A folder with an <c>ssh</c> that runs the command here, with the programs of one of the Nixes, and looks at what it was told.</summary>
    private string StandInSsh(string version)
    {
        string folder = Nix.NewFolder();
        string ssh = Path.Combine(folder, "ssh");
        File.WriteAllText(ssh, $"""
            #!/bin/sh
            case " $* " in *" -p 2222 somebody@pi -- nix-"*) ;; *) echo "ssh: called with $*" >&2; exit 255 ;; esac
            while [ "$1" != -- ]; do shift; done
            shift
            PATH={Path.GetDirectoryName(NixVersions.Find(version, "nix-store"))}:$PATH
            exec sh -c "$*"

            """);
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
