using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>Which files of which paths lose their references, all proposed edits together.</summary>
internal sealed class EditedFiles
{
    private readonly ILookup<StorePath, (GlobPattern Files, bool IsSplit)> _edits;

    public EditedFiles(IEnumerable<ProposedEdit> edits) => _edits = (
        from edit in edits
        where edit.Files is not null
        from path in edit.From
        select (path, Edit: (edit.Files!, edit.Kind == ProposedEditKind.SplitFiles))).ToLookup(item => item.path, item => item.Edit);

    /// <summary>Whether any file of the path may be edited.</summary>
    public bool Touches(StorePath path) => _edits.Contains(path);

    /// <summary>Whether everything that is known to hold something is edited.</summary>
    /// <param name="path">The path that the files are in.</param>
    /// <param name="evidence">What holds it.</param>
    /// <param name="splitOnly">Whether the files have to leave the path, and not only their references.</param>
    public bool Cover(StorePath path, IEnumerable<ReferenceEvidence> evidence, bool splitOnly = false) =>
        evidence.All(item => _edits[path].Any(edit => (edit.IsSplit || !splitOnly) && edit.Files.IsMatch(item.File)));

    /// <summary>How many files, symlinks and names the evidence tells: a name that holds a hash counts beside the contents under it.</summary>
    public static long CountFiles(IEnumerable<ReferenceEvidence> evidence) =>
        evidence.Select(item => (item.File, item.Mechanism == Mechanism.EntryName)).Distinct().LongCount();
}
