using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Packaging;

/// <summary>What is packed can be installed and used by somebody who has nothing but the packages.</summary>
[Trait(Tier.Name, Tier.Packaging)]
public sealed class PackageTests(Packages packages) : IClassFixture<Packages>
{
    [Fact]
    public void Tool_is_installed_from_its_package_and_scans()
    {
        string tools = packages.Tree.PathOf("tools");

        ToolRun install = packages.Run("tool", "install", "ClosureScan.Tool", "--tool-path", tools, "--configfile", packages.Tree.PathOf("nuget.config"));
        Assert.True(install.ExitCode == 0, install.Text + install.Error);
        ToolRun run = ToolRun.Execute(Path.Combine(tools, "closurescan"), ["scan", "--store", LeakyCache.Location, LeakyCache.RootName]);

        Assert.Equal("", run.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bin/curl-config", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_of_the_readme_runs_on_one_package()
    {
        packages.Tree
            .File("embed/Program.cs", File.ReadAllBytes(Repository.PathOf("samples/embed/Program.cs")))
            .File("embed/embed.csproj", Project("Microsoft.NET.Sdk"));

        ToolRun run = packages.Run("run", "--project", "embed", "--", LeakyCache.Location, LeakyCache.RootName);

        Assert.True(run.ExitCode == 0, run.Text + run.Error);
        Assert.Contains($"curl-{LeakyCache.Host}-8.7.1 -> {LeakyCache.GccWrapper}", run.Text, StringComparison.Ordinal);
        string configuration = File.ReadAllText(Directory.EnumerateFiles(packages.Tree.PathOf("embed/bin"), "embed.runtimeconfig.json", SearchOption.AllDirectories).Single());
        Assert.Contains("\"System.IO.Compression.UseStrictValidation\": true", configuration, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_on_the_package_judges_the_NAR_in_a_request()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        packages.Tree
            .File("service/NarOverHttp.cs", File.ReadAllBytes(Repository.PathOf("samples/library/NarOverHttp.cs")))
            .File("service/Program.cs", "await ClosureScan.Samples.NarOverHttp.Build(args).RunAsync();\n")
            .File("service/service.csproj", Project("Microsoft.NET.Sdk.Web"));
        ToolRun build = packages.Run("build", "service", "-warnaserror", "-o", packages.Tree.PathOf("served"));
        Assert.True(build.ExitCode == 0, build.Text + build.Error);

        using Process server = Process.Start(new ProcessStartInfo("dotnet", [packages.Tree.PathOf("served/service.dll"), "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true })!;
        try
        {
            string? address = null;
            while (address is null && await server.StandardOutput.ReadLineAsync(stop) is { } line)
            {
                address = line.Split("Now listening on: ") is [_, var found] ? found : null;
            }

            byte[] nar = new MemoryTree().File("bin/tool", new ElfBuilder(is64: true) { Machine = 62 }.Interpreter("/lib/ld.so").Build(), executable: true).ToNar();
            using HttpClient client = new() { BaseAddress = new Uri(address!) };
            using HttpResponseMessage response = await client.PostAsync("/scan?host=armv7l-linux", new ByteArrayContent(nar), stop);
            string body = await response.Content.ReadAsStringAsync(stop);

            Assert.True(response.IsSuccessStatusCode, body);
            Assert.Contains("foreign-binary", body, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    [Theory]
    [InlineData("native", "PublishAot")]
    [InlineData("trimmed", "PublishTrimmed")]
    public void Program_on_the_package_is_published_without_a_warning(string folder, string property)
    {
        foreach (string pack in (string[])["runtime.linux-x64.microsoft.dotnet.ilcompiler", "microsoft.netcore.app.runtime.linux-x64"])
        {
            if (!Directory.Exists(Path.Combine(Packages.UserCache, pack)))
            {
                RequiredTool.Missing($"the package {pack} in {Packages.UserCache}; tests/ClosureScan.Testing/native-tool.sh brings it");
            }
        }

        packages.Tree
            .File($"{folder}/Program.cs", File.ReadAllBytes(Repository.PathOf("samples/embed/Program.cs")))
            .File($"{folder}/{folder}.csproj", Project("Microsoft.NET.Sdk", $"<{property}>true</{property}><TrimmerSingleWarn>false</TrimmerSingleWarn><InvariantGlobalization>true</InvariantGlobalization>"));
        ToolRun publish = packages.Run("publish", folder, "-r", "linux-x64", "-warnaserror", "-o", packages.Tree.PathOf($"{folder}-out"));
        Assert.True(publish.ExitCode == 0, publish.Text + publish.Error);

        ToolRun run = ToolRun.Execute(packages.Tree.PathOf($"{folder}-out/{folder}"), [LeakyCache.Location, LeakyCache.RootName]);
        Assert.Equal("", run.Error);
        Assert.Contains($"curl-{LeakyCache.Host}-8.7.1 -> {LeakyCache.GccWrapper}", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_of_the_stores_sets_what_they_need_in_programs_that_use_them()
    {
        using ZipArchive archive = ZipFile.OpenRead(FileOf("ClosureScan.Stores"));

        Assert.NotNull(archive.GetEntry("buildTransitive/ClosureScan.Stores.targets"));
    }

    [Theory]
    [InlineData("ClosureScan", "lib/net10.0/ClosureScan.xml")]
    [InlineData("ClosureScan.Stores", "lib/net10.0/ClosureScan.Stores.xml")]
    [InlineData("ClosureScan.Analysis", "lib/net10.0/ClosureScan.Analysis.xml", "schemas/closurescan-2.schema.json", "schemas/closurescan-policy.schema.json")]
    [InlineData("ClosureScan.Tool", "tools/net10.0/any/DotnetToolSettings.xml")]
    public void Package_brings_its_readme_documentation_and_symbols(string package, params string[] expected)
    {
        string file = FileOf(package);
        using ZipArchive archive = ZipFile.OpenRead(file);
        using StreamReader specification = new(archive.GetEntry($"{package}.nuspec")!.Open());

        Assert.All(expected.Concat(["README.md", "LICENSE", "icon.png"]), name => Assert.NotNull(archive.GetEntry(name)));
        string text = specification.ReadToEnd();
        Assert.All((string[])["<license type=\"expression\">MIT</license>", "<readme>README.md</readme>", "<icon>icon.png</icon>"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        using StreamReader readme = new(archive.GetEntry("README.md")!.Open());
        Assert.Equal($"# {package}", readme.ReadLine());
        Assert.True(File.Exists(Path.ChangeExtension(file, ".snupkg")), "There is no symbol package.");
    }

    [Fact]
    public void Packages_made_twice_are_the_same()
    {
        using TemporaryTree tree = new();
        SortedDictionary<string, string> first = Contents(Pack("first"));
        SortedDictionary<string, string> second = Contents(Pack("second"));

        Assert.Contains(first.Keys, name => name.EndsWith("/ClosureScan.Analysis.dll", StringComparison.Ordinal));
        Assert.Contains(first.Keys, name => name.EndsWith("/ClosureScan.Cli.pdb", StringComparison.Ordinal));
        Assert.Equal(first, second);

        // All projects are compiled anew, in one place, as the tool brings them all. Analyzers have no part in what comes out.
        string Pack(string name)
        {
            string artifacts = tree.PathOf("artifacts");
            Packages.Pack("ClosureScan.Cli", "--artifacts-path", artifacts, "-o", tree.PathOf(name), "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false");
            Directory.Delete(artifacts, recursive: true);
            return tree.PathOf(name);
        }
    }

    /// <summary>A project with nothing but the one package.</summary>
    private static string Project(string sdk, string properties = "") => $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ClosureScan.Analysis" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private string FileOf(string package) =>
        Directory.EnumerateFiles(packages.Folder, $"{package}.*.nupkg").Single(name => char.IsAsciiDigit(Path.GetFileName(name)[package.Length + 1]));

    /// <summary>The hash of every file in every package.</summary>
    private static SortedDictionary<string, string> Contents(string folder)
    {
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            using ZipArchive archive = ZipFile.OpenRead(file);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream stream = entry.Open();
                hashes.Add($"{Path.GetFileName(file)}/{entry.FullName}", Convert.ToHexString(SHA256.HashData(stream)));
            }
        }

        return hashes;
    }
}
