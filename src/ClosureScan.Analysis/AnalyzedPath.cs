using System.Collections.Immutable;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Paths;

namespace ClosureScan.Analysis;

/// <summary>One path of the closure with its sizes and its side. Closure sizes are computed for all paths together when the first is asked for.</summary>
public sealed class AnalyzedPath
{
    private readonly ClosureModel _model;
    private readonly int _node;

    internal AnalyzedPath(ClosureModel model, int node)
    {
        _model = model;
        _node = node;
    }

    /// <summary>The path.</summary>
    public StorePath Path => _model.Graph.Paths[_node];

    /// <summary>The bytes of its own NAR.</summary>
    public long NarSize => _model.Graph.NarSize(_node);

    /// <summary>The bytes of its closure, itself included.</summary>
    public long ClosureSize => _model.Sizes.ClosureSize(_node);

    /// <summary>The bytes that leave the roots' closure when this path does: itself and what only it holds.</summary>
    public long AddedSize => _model.Dominators.RetainedSize(_node);

    /// <summary>The paths it refers to, itself left out.</summary>
    public IEnumerable<StorePath> References => _model.Graph.Successors(_node).ToArray().Select(successor => _model.Graph.Paths[successor]);

    /// <summary>Its side.</summary>
    public required PathSide Side { get; init; }

    /// <summary>The systems its binaries are built for, most files first.</summary>
    public required ImmutableArray<string> Platforms { get; init; }

    /// <summary>Why it is on that side, for people.</summary>
    public required string Because { get; init; }
}
