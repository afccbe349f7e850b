using System.Collections.Immutable;
using ClosureScan.Analysis.Policy;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>An edit that is to be tried on a closure before anybody makes it. Immutable.</summary>
public sealed record ProposedEdit
{
    private ProposedEdit(ProposedEditKind kind, string text, IEnumerable<StorePath> from)
    {
        Kind = kind;
        Text = text;
        From = [.. from];
    }

    /// <summary>What is taken out.</summary>
    internal ProposedEditKind Kind { get; }

    /// <summary>How its user wrote it.</summary>
    public string Text { get; }

    /// <summary>The paths that go, or that lose references or files.</summary>
    internal ImmutableArray<StorePath> From { get; }

    /// <summary>With <see cref="ProposedEditKind.DropReferences"/>: the paths that are referred to no more.</summary>
    internal ImmutableArray<StorePath> To { get; private init; } = [];

    /// <summary>With the edits of files: which ones, by their path inside the store path.</summary>
    internal GlobPattern? Files { get; private init; }

    /// <summary>Takes out paths.</summary>
    public static ProposedEdit DropPaths(string text, IEnumerable<StorePath> paths) => new(ProposedEditKind.DropPaths, text, paths);

    /// <summary>Takes out every reference from one of the first paths to one of the second.</summary>
    public static ProposedEdit DropReferences(string text, IEnumerable<StorePath> from, IEnumerable<StorePath> to) =>
        new(ProposedEditKind.DropReferences, text, from) { To = [.. to] };

    /// <summary>Takes all references out of some files.</summary>
    public static ProposedEdit DropFiles(string text, IEnumerable<StorePath> paths, GlobPattern files) =>
        new(ProposedEditKind.DropFiles, text, paths) { Files = files };

    /// <summary>Moves some files into a new output.</summary>
    public static ProposedEdit SplitFiles(string text, IEnumerable<StorePath> paths, GlobPattern files) =>
        new(ProposedEditKind.SplitFiles, text, paths) { Files = files };
}
