using System.Text;
using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Facts;

/// <summary>A small closure whose scan has something of everything that a scan can have.</summary>
internal static class FactsSample
{
    public static async Task<ScannedClosure> ScanAsync()
    {
        StorePath root = MemoryStore.PathOf("root"), tool = MemoryStore.PathOf("tool-1.2"), alone = MemoryStore.PathOf("alone");
        MemoryStore store = new();
        store[root]
            .File("bin/start", $"#!{tool}/bin/tool -e\nexec {tool}/bin/tool # {tool}\n", executable: true)
            .File("lib/wide.txt", Encoding.Unicode.GetBytes($"reads {tool}/share"))
            .File("lib/notes", $"made in /build/source-1/x, without {StorePath.DefaultStoreDirectory}/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-gone-1, by {MemoryStore.PathOf("nobody")}/bin/cc\n")
            .File("disk.7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, .. new byte[4096]])
            .Symlink("link", $"{tool}/share");
        store[tool].File("bin/tool", new ElfBuilder().Interpreter($"{tool}/lib/ld.so").Dynamic(1, "libc.so.6").Dynamic(29, $"{tool}/lib").ArmAttributes((6, 10)).Build(), executable: true);
        store[alone].File("data", "nothing\n");
        ScannedClosure closure = await store.ScanAsync(root, ScanOptions.Default with { Deep = true, ComputeNarHash = true });
        return closure with
        {
            Store = "a store of a test",
            Depth = ScanDepth.Deep,
            Problems = [new ScanProblem(alone.ToString(), "was made up")],
            Paths = [.. closure.Paths.Select(path => path.Info.Path.Equals(alone) ? path with { Scan = null, Info = path.Info with { References = null } } : path with { Info = Claimed(path), Build = path.Info.Path.Equals(tool) ? Build(root) : null })],
        };
    }

    private static RecordedBuild Build(StorePath input) => new()
    {
        Derivation = MemoryStore.PathOf("tool.drv"),
        Host = Platform.TryParse("armv7l-unknown-linux-gnueabihf", out Platform? host) ? host : throw new InvalidOperationException(),
        Build = Platform.TryParse("x86_64-linux", out Platform? build) ? build : null,
        Inputs = [new(input, "buildInputs"), new(MemoryStore.PathOf("input-1"), "nativeBuildInputs")],
    };

    private static PathInfo Claimed(ScannedPath path) => path.Info with
    {
        NarHash = path.Scan!.NarHash,
        Deriver = MemoryStore.PathOf($"{path.Info.Path.Name}.drv"),
        ContentAddress = "text:sha256:1",
        Signatures = ["key-1:c2lnbmVk"],
    };
}
