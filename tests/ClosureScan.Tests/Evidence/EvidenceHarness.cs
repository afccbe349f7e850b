using System.Collections.Immutable;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Evidence;

/// <summary>Gives the visitor one path's contents by hand, as a walk would.</summary>
internal sealed class EvidenceHarness
{
    public const string BashHash = "0c1p30gf9y49nq93dxkcr2xjiv0hmjak";
    public const string GccHash = "zzzvi4vn5xrdfkrwybb8l4p7n9xyjbqs";
    public const string Bash = $"/nix/store/{BashHash}-bash-5.2p37";
    public const string Gcc = $"/nix/store/{GccHash}-armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.3.0";

    public static readonly ReferenceSet Both = ReferenceSet.Create([StorePathHash.Parse(BashHash), StorePathHash.Parse(GccHash)]);

    private readonly PathScanVisitor _visitor;
    private long _narOffset = 96;

    public EvidenceHarness(ScanOptions? options = null, ReferenceSet? references = null, int chunk = int.MaxValue)
    {
        _visitor = new PathScanVisitor(references ?? Both, options ?? ScanOptions.Default);
        Chunk = chunk;
    }

    public int Chunk { get; }

    public PathScanVisitor Visitor => _visitor;

    public EvidenceHarness Directory(string path)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        _visitor.Directory(new ContentEntry(bytes, NameLength(path), _narOffset));
        return this;
    }

    public EvidenceHarness Symlink(string path, string target)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        _visitor.Symlink(new ContentEntry(bytes, NameLength(path), _narOffset), Encoding.Latin1.GetBytes(target), _narOffset + 512);
        return this;
    }

    public EvidenceHarness File(string path, string contents, bool executable = false) =>
        File(path, Encoding.Latin1.GetBytes(contents), executable);

    public EvidenceHarness File(string path, byte[] contents, bool executable = false)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        _visitor.BeginFile(new ContentEntry(bytes, NameLength(path), _narOffset), contents.Length, executable, _narOffset + 1024);
        for (int start = 0; start < contents.Length; start += Math.Min(Chunk, contents.Length - start))
        {
            _visitor.FileData(contents.AsSpan(start, Math.Min(Chunk, contents.Length - start)));
        }

        _visitor.EndFile(new FileView(contents));
        return this;
    }

    public ImmutableArray<FoundReference> References() => _visitor.DrainReferences();

    public ImmutableArray<PlatformTally> Platforms() => _visitor.DrainPlatforms();

    /// <summary>The only evidence of one file with one reference in it.</summary>
    public static ReferenceEvidence Single(string path, string contents, bool executable = false) =>
        Assert.Single(Assert.Single(new EvidenceHarness().File(path, contents, executable).References()).Evidence);

    private static int NameLength(string path) => path.Length - path.LastIndexOf('/') - 1;
}
