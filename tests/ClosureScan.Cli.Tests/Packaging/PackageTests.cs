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
    public void Program_of_five_lines_runs_on_the_packages_alone()
    {
        packages.Tree
            .File("embed/Program.cs", File.ReadAllBytes(Repository.PathOf("samples/embed/Program.cs")))
            .File("embed/embed.csproj",
                """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="ClosureScan.Stores" Version="*" />
                    <PackageReference Include="ClosureScan.Analysis" Version="*" />
                  </ItemGroup>
                </Project>
                """);

        ToolRun run = packages.Run("run", "--project", "embed", "--", LeakyCache.Location, LeakyCache.RootName);

        Assert.True(run.ExitCode == 0, run.Text + run.Error);
        Assert.Contains($"curl-{LeakyCache.Host}-8.7.1 -> {LeakyCache.GccWrapper}", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ClosureScan", "lib/net10.0/ClosureScan.xml")]
    [InlineData("ClosureScan.Stores", "lib/net10.0/ClosureScan.Stores.xml")]
    [InlineData("ClosureScan.Analysis", "lib/net10.0/ClosureScan.Analysis.xml", "schemas/closurescan-2.schema.json", "schemas/closurescan-policy.schema.json")]
    [InlineData("ClosureScan.Tool", "tools/net10.0/any/DotnetToolSettings.xml")]
    public void Package_brings_its_readme_documentation_and_symbols(string package, params string[] expected)
    {
        string file = Directory.EnumerateFiles(packages.Folder, $"{package}.*.nupkg").Single(name => char.IsAsciiDigit(Path.GetFileName(name)[package.Length + 1]));
        using ZipArchive archive = ZipFile.OpenRead(file);
        using StreamReader specification = new(archive.GetEntry($"{package}.nuspec")!.Open());

        Assert.All(expected.Append("README.md"), name => Assert.NotNull(archive.GetEntry(name)));
        Assert.Contains("<license type=\"expression\">MIT</license>", specification.ReadToEnd(), StringComparison.Ordinal);
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
