using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Findings;

/// <summary>The occurrences of one edge of the closure, or of one path, under one rule, with the chain that leads there. Immutable.</summary>
public sealed record Finding
{
    /// <summary>Its place in the report of the closure, from 1, whatever a policy or a view leaves out of that; 0 while it is in none.</summary>
    public int Number { get; init; }

    /// <summary>The rule; that of every occurrence.</summary>
    public required string Rule { get; init; }

    /// <summary>The path that holds the references or the wrong files.</summary>
    public required StorePath From { get; init; }

    /// <summary>The path that is referred to; null when the finding is about files of <see cref="From"/> alone.</summary>
    public StorePath? To { get; init; }

    /// <summary>What it is about, as keys call it: the package of <see cref="To"/>, a platform (<c>x86_64-linux</c>), an interpreter (<c>/bin/bash</c>).</summary>
    public required string Target { get; init; }

    /// <summary>A shortest chain of references from a root to <see cref="To"/>, or to <see cref="From"/>, both ends included.</summary>
    public required ImmutableArray<StorePath> Chain { get; init; }

    /// <summary>Every occurrence, worst first, then in the order of the NAR; at least one.</summary>
    public required ImmutableArray<Occurrence> Occurrences { get; init; }

    /// <summary>The bytes of the paths that leave the closure when all occurrences are mended and nothing else is.</summary>
    public required long FreedBytes { get; init; }

    /// <summary>For files of the wrong platform: their own bytes. For a closure above its budget: by how many it exceeds that.</summary>
    public long ByteCount { get; init; }

    /// <summary>For files of the wrong platform: what they were built for.</summary>
    public string? Platform { get; init; }

    /// <summary>The worst effect of its occurrences.</summary>
    public Effect Effect => Occurrences.Max(occurrence => occurrence.Effect);

    /// <summary>The gravest severity of its occurrences.</summary>
    public Severity Severity => Occurrences.Max(occurrence => occurrence.Severity);

    /// <summary>What to do about the worst of it.</summary>
    public string Fix => Occurrences[0].Fix;

    /// <summary>How many files hold it: one whose name and contents do is one. 0 when no file is known.</summary>
    public long FileCount => Occurrences.Where(occurrence => occurrence.Evidence is not null).Select(occurrence => occurrence.File).Distinct().LongCount();

    /// <summary>The hits that prove it, one a file and mechanism, worst first.</summary>
    public IEnumerable<ReferenceEvidence> Evidence => Occurrences.Select(occurrence => occurrence.Evidence).OfType<ReferenceEvidence>();

    /// <summary>What identifies the finding across rebuilds: <c>foreign-reference:curl:gcc-wrapper</c>.</summary>
    public string Key => $"{Rule}:{PackageNames.Of(From)}:{Target}";

    /// <summary>
    /// The finding with those of its occurrences alone of which <paramref name="isMeant"/> holds; null when there is none. Mending a part of
    /// a finding frees nothing, since the rest still holds the reference.
    /// </summary>
    public Finding? Where(Func<Occurrence, bool> isMeant)
    {
        ImmutableArray<Occurrence> meant = Occurrences.RemoveAll(occurrence => !isMeant(occurrence));
        return meant.IsEmpty ? null : meant.Length == Occurrences.Length ? this : this with { Occurrences = meant, FreedBytes = 0 };
    }
}
