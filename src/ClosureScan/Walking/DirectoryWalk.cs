namespace ClosureScan.Walking;

/// <summary>Walks what lies on disk.</summary>
internal static class DirectoryWalk
{
    /// <summary>
    /// Tells <paramref name="visitor"/> the contents of a file, symlink or directory on disk, in the order and with the offsets
    /// of the NAR that Nix would make of it. Symlinks are not followed, the root neither. Blocks on the disk: call it from a worker.
    /// </summary>
    /// <remarks>
    /// Memory is bounded by the names of the open directories and a buffer of 1 MiB. Files of less than 1 MiB come whole, longer ones in
    /// pieces of 1 MiB, and all their bytes can be read again at their end. A problem, told to
    /// <see cref="WalkOptions.OnProblem"/>, is whatever a NAR can not hold or the walk could not read: a missing permission, a
    /// socket or device, a file that changed while it was read, directories nested deeper than 64. Such an entry is left out;
    /// a file that shrank ends early.
    /// </remarks>
    /// <param name="path">What to walk.</param>
    /// <param name="visitor">Who is told.</param>
    /// <param name="options">How it is walked.</param>
    /// <param name="cancellationToken">Ends the walk with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">Something could not be read, and <see cref="WalkOptions.OnProblem"/> is null.</exception>
    public static WalkResult Run(
        string path, IContentVisitor visitor, WalkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(visitor);
        return Run(Disk.DiskReader.Create(), path, visitor, options, cancellationToken);
    }

    /// <summary>The same through a certain reader, which is disposed.</summary>
    internal static WalkResult Run(
        Disk.DiskReader disk, string path, IContentVisitor visitor, WalkOptions? options, CancellationToken cancellationToken)
    {
        using DirectoryReader reader = new(disk, path, options ?? WalkOptions.Default);
        ValueTask<WalkResult> walk = TreeWalk.RunAsync(reader, visitor, cancellationToken);

        // A reader of disks never waits for anything but the disk, on the caller's thread.
        return walk.IsCompleted ? walk.GetAwaiter().GetResult() : throw new InvalidOperationException("The walk of a directory has left its thread.");
    }
}
