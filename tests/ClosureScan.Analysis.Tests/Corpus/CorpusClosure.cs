using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>The closure around the plants of one row: their packages, what they refer to, the host's C library, and an image that holds it all.</summary>
internal sealed class CorpusClosure
{
    private const string ScrubbedHash = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";

    private readonly MemoryStore _store = new();
    private readonly CorpusRow _row;
    private readonly CorpusVariant _variant;
    private readonly StorePath _libc;

    public CorpusClosure(CorpusRow row, CorpusVariant variant)
    {
        _row = row;
        _variant = variant;
        Root = PathOf("image@-1");
        _libc = PathOf("glibc@-2.38-44");
        Tree(_libc).File($"lib/{row.Host.Loader}", row.Host.Elf().Dynamic(14, row.Host.Loader).Build(), executable: true);
        foreach (Plant plant in row.Plants)
        {
            Add(plant);
        }
    }

    public StorePath Root { get; }

    /// <summary>The path that a plant lies in.</summary>
    public StorePath PackageOf(Plant plant) => PathOf(plant.Package);

    /// <summary>The path that a plant refers to; its own for a file of the wrong machine.</summary>
    public StorePath TargetOf(Plant plant) =>
        plant.Target is not { } target || plant.Rule == Analysis.Findings.RuleIds.ForeignBinary ? PackageOf(plant)
        : PathOf(_variant == CorpusVariant.Twin ? target.HostName : target.Name);

    /// <summary>The NAR of a path.</summary>
    public ReadOnlySpan<byte> NarOf(StorePath path) => _store.NarOf(path);

    /// <summary>The file that a plant is.</summary>
    public CorpusFile FileOf(Plant plant)
    {
        StorePath target = TargetOf(plant);
        string it = _variant == CorpusVariant.Scrubbed ? $"{StorePath.DefaultStoreDirectory}/{ScrubbedHash}-{target.Name}" : target.ToString();
        CorpusMachine machine = _variant == CorpusVariant.Leaking && plant.WrongMachine is { } wrong ? wrong : plant.RightMachine ?? _row.Host;
        return plant.Carrier(new CorpusSite(it, PackageOf(plant).ToString(), _libc.ToString(), machine));
    }

    public ValueTask<ScannedClosure> ScanAsync() => _store.ScanAsync(Root);

    private void Add(Plant plant)
    {
        StorePath package = PackageOf(plant);
        StorePath target = TargetOf(plant);
        CorpusFile file = FileOf(plant);
        if (file.Target is { } link)
        {
            Tree(package).Symlink(plant.File, link);
        }
        else
        {
            Tree(package).File(plant.File, file.Contents, file.Executable);
        }

        Tree(Root).Symlink($"sw/{package.Name}", package.ToString());
        if (plant.Target is { } described && !target.Equals(package))
        {
            Fill(target, described.Kind, IsForeign(plant) ? _row.Build : _row.Host);
        }
    }

    private bool IsForeign(Plant plant) => _variant != CorpusVariant.Twin && plant.IsForeign;

    private void Fill(StorePath path, CorpusTargetKind kind, CorpusMachine machine)
    {
        switch (kind)
        {
            case CorpusTargetKind.Programs when !_store.Has(path):
                Tree(path).File("bin/main", machine.Elf(2).Build(), executable: true);
                break;
            case CorpusTargetKind.Wrapper:
                StorePath compiler = PathOf(machine == _row.Host ? "gcc@-13.2.0" : "%-gcc-13.2.0");
                Fill(compiler, CorpusTargetKind.Programs, machine);
                Tree(path).File("bin/cc", $"#!/bin/sh\nexec {compiler}/bin/gcc \"$@\"\n", executable: true);
                break;
            case CorpusTargetKind.Texts when !_store.Has(path):
                Tree(path).File("include/main.h", "#define MAIN 1\n");
                break;
        }
    }

    private MemoryTree Tree(StorePath path) => _store[path];

    private StorePath PathOf(string pattern) => MemoryStore.PathOf(_row.Host.Name(pattern, _row.IsNative));
}
