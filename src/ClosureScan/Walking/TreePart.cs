using ClosureScan.Nar;

namespace ClosureScan.Walking;

/// <summary>
/// A run of entries of a tree on disk, written down so that another thread can read them: what a plan found, files without their
/// contents. The parts of a tree, read one after the other, give what a reader of the whole gives.
/// </summary>
internal sealed class TreePart
{
    /// <summary>About a millisecond of work: enough that handing it over costs little beside it.</summary>
    public const long EnoughWeight = 8 * 1024 * 1024;

    /// <summary>What an entry costs beside the reading of its bytes, told in bytes: opening a file takes as long as reading 64 KiB.</summary>
    private const long WeightOfEntry = 64 * 1024;

    private TreePart(string root) => Root = root;

    /// <summary>Where the tree lies.</summary>
    public string Root { get; }

    /// <summary>The entries, ends of directories among them, in the order of the NAR.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Writes down the next entries. Null when there are none left.</summary>
    /// <param name="plan">A reader that plans.</param>
    /// <param name="enough">How many bytes of files a part has about.</param>
    /// <param name="cancellationToken">Ends the plan.</param>
    public static TreePart? Read(DirectoryReader plan, long enough, CancellationToken cancellationToken)
    {
        TreePart part = new(plan.Root);
        for (long weight = 0; weight < enough; weight += WeightOfEntry)
        {
            NarEntryKind kind = plan.Read(cancellationToken);
            if (kind == NarEntryKind.EndOfArchive)
            {
                break;
            }

            Entry entry = new(kind, plan.Path.ToArray(), plan.Name.Length, plan.NameOffset);
            entry = kind switch
            {
                NarEntryKind.File => entry with { Length = plan.Length, IsExecutable = plan.IsExecutable, ValueOffset = plan.ContentsOffset },
                NarEntryKind.Symlink => entry with { Target = plan.Target.ToArray(), ValueOffset = plan.TargetOffset },
                _ => entry,
            };
            part.Entries.Add(entry);
            weight += entry.Length;
        }

        return part.Entries.Count > 0 ? part : null;
    }

    /// <summary>One entry.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Path">Its path.</param>
    /// <param name="NameLength">How long the last component is.</param>
    /// <param name="NameOffset">Where its name lies in the NAR.</param>
    internal sealed record Entry(NarEntryKind Kind, byte[] Path, int NameLength, long NameOffset)
    {
        /// <summary>A file's length.</summary>
        public long Length { get; init; }

        /// <summary>Whether a file is executable.</summary>
        public bool IsExecutable { get; init; }

        /// <summary>Where a file's contents or a symlink's target lie in the NAR.</summary>
        public long ValueOffset { get; init; }

        /// <summary>A symlink's target.</summary>
        public byte[] Target { get; init; } = [];
    }
}
