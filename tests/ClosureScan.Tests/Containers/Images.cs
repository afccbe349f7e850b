using System.Text;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Containers;

/// <summary>A tree with what images get wrong, and the tools that pack it.</summary>
internal static class Images
{
    public const string Hash = Evidence.EvidenceHarness.BashHash;

    /// <summary>Makes the tree.</summary>
    /// <param name="withLinks">Whether it has symlinks and executable bits; FAT and zip have none.</param>
    public static TemporaryTree MakeTree(bool withLinks = true)
    {
        byte[] noise = new byte[700_001];
        new Random(7).NextBytes(noise);
        byte[] holes = new byte[3_000_000];
        "start"u8.CopyTo(holes);
        "middle"u8.CopyTo(holes.AsSpan(1_500_000));
        "end"u8.CopyTo(holes.AsSpan(holes.Length - 3));
        TemporaryTree tree = new TemporaryTree()
            .File("nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash/bin/bash", $"#!{Evidence.EvidenceHarness.Gcc}/bin/x\n", executable: withLinks)
            .File("empty", "")
            .File("noise", noise)
            .File("holes", holes)
            .File($"long/{new string('n', 200)}/{new string('m', 120)}", "deep\n")
            .File("text", string.Concat(Enumerable.Range(0, 5_000).Select(line => $"line {line}\n")));
        for (int file = 0; file < 400; file++)
        {
            tree.File($"many/file-number-{file:d4}-with-a-name-of-some-length", $"{file}");
        }

        if (withLinks)
        {
            File.CreateSymbolicLink(tree.PathOf("short"), $"/nix/store/{Hash}-x");
            File.CreateSymbolicLink(tree.PathOf("longlink"), "/" + string.Join('/', Enumerable.Repeat("component", 20)));
        }

        return tree;
    }

    /// <summary>Runs a tool and gives back what it wrote to <paramref name="file"/>.</summary>
    public static byte[] Run(string program, string file, params string[] arguments)
    {
        ToolRun run = ToolRun.Execute(RequiredTool.Find(program), arguments);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {Encoding.UTF8.GetString(run.Output.Span)} {run.Error}");
        return File.ReadAllBytes(file);
    }

    /// <summary>Runs a shell command line and gives back what it wrote to <paramref name="file"/>.</summary>
    public static byte[] Shell(string file, string command) => Run("sh", file, "-ec", command);
}
