using ClosureScan.Stores.Configuration;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Configuration;

public sealed class NixConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("closurescan-conf-").FullName;

    [Fact]
    public void Later_files_win_and_extra_adds()
    {
        File.WriteAllText(Path.Combine(_folder, "nix.conf"), "substituters = a b # two\ntrusted-public-keys = k1\nextra-trusted-public-keys = k2\ninclude more.conf\n!include gone.conf\n");
        File.WriteAllText(Path.Combine(_folder, "more.conf"), "extra-trusted-public-keys = k3\nnetrc-file = /m\n");
        File.WriteAllText(Path.Combine(_folder, "user.conf"), "netrc-file = /u\n");

        NixConfiguration configuration = Load(("NIX_USER_CONF_FILES", Path.Combine(_folder, "user.conf")), ("NIX_CONFIG", "substituters = c\nextra-substituters = d"));

        Assert.Equal("/u", configuration.Find("netrc-file"));
        Assert.Equal(["c", "d"], configuration.List("substituters", "default"));
        Assert.Equal(["k1", "k2", "k3"], configuration.List("trusted-public-keys", "default"));
        Assert.Equal(["default"], configuration.List("trusted-substituters", "default"));
    }

    [Fact]
    public void A_file_that_includes_itself_ends()
    {
        File.WriteAllText(Path.Combine(_folder, "nix.conf"), "include nix.conf\nstore = daemon\n");
        Assert.Equal("daemon", Load(("NIX_USER_CONF_FILES", "")).Find("store"));
    }

    [Fact]
    public void It_is_what_Nix_reads()
    {
        File.WriteAllText(Path.Combine(_folder, "nix.conf"), "substituters = https://a.example https://b.example\nextra-trusted-public-keys = x:y\nexperimental-features = nix-command\n");
        ToolRun run = ToolRun.Execute(RequiredTool.Find("nix"), ["show-config"], new Dictionary<string, string?> { ["NIX_CONF_DIR"] = _folder, ["NIX_USER_CONF_FILES"] = "", ["NIX_CONFIG"] = null });
        string Shown(string name) => run.Lines.Single(line => line.StartsWith(name + " = ", StringComparison.Ordinal))[(name.Length + 3)..];

        NixConfiguration configuration = Load(("NIX_USER_CONF_FILES", ""));

        Assert.Equal(Shown("substituters").Split(' '), configuration.List("substituters", ""));
        Assert.Equal(Shown("trusted-public-keys").Split(' ').Order(), configuration.List("trusted-public-keys", ClosureScan.Stores.Signatures.TrustedKeys.Default).Order());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NixConfiguration Load(params IEnumerable<(string Name, string Value)> variables)
    {
        Dictionary<string, string> all = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        all["NIX_CONF_DIR"] = _folder;
        return NixConfiguration.Load(all.GetValueOrDefault);
    }
}
