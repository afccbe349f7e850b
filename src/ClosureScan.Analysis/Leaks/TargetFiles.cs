using System.Collections.Immutable;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The programs, scripts and libraries of a path that others refer to, to look up what a reference names there.</summary>
internal sealed class TargetFiles
{
    private readonly string[] _files;
    private readonly FileRole[] _roles;

    private TargetFiles(IEnumerable<(string File, FileRole Role)> files)
    {
        (string File, FileRole Role)[] sorted = [.. files.OrderBy(file => file.File, StringComparer.Ordinal)];
        _files = [.. sorted.Select(file => file.File)];
        _roles = [.. sorted.Select(file => file.Role)];
    }

    /// <summary>A path that was not read.</summary>
    public static TargetFiles Unknown { get; } = new([]);

    /// <summary>The files of a path.</summary>
    public static TargetFiles Of(PathScan? scan) => scan is null ? Unknown : new TargetFiles(
        from tally in scan.Platforms
        where tally.Role is FileRole.Program or FileRole.SharedLibrary or FileRole.Kernel or FileRole.Script
        from file in tally.Files
        where file.Member is null && (tally.Role != FileRole.Script || file.Executable)
        select (file.File, tally.Role));

    /// <summary>
    /// What the file is that a reference names. Go and Rust write strings without an end, so that what follows may belong to the next one:
    /// the longest file counts that the text begins with. Null when it is none of them.
    /// </summary>
    /// <param name="subPath">What follows the store path: <c>/bin/bash</c>.</param>
    /// <param name="name">The file's last component.</param>
    public FileRole? Find(string? subPath, out string name)
    {
        name = "";
        if (string.IsNullOrEmpty(subPath))
        {
            return null;
        }

        string sought = subPath[1..];
        for (int length = sought.Length; length > 0; length--)
        {
            int found = Array.BinarySearch(_files, sought[..length], StringComparer.Ordinal);
            if (found >= 0)
            {
                name = _files[found][(_files[found].LastIndexOf('/') + 1)..];
                return _roles[found];
            }

            if (sought[length - 1] == '/')
            {
                // A directory: what lies in it is asked for by HasCodeIn.
                break;
            }
        }

        return null;
    }

    /// <summary>Whether programs or libraries lie in the directory that a reference names, at any depth.</summary>
    public bool HasCodeIn(string? subPath)
    {
        string directory = (subPath ?? "").TrimStart('/');
        if (directory.Length == 0)
        {
            return _files.Length > 0;
        }

        directory += "/";
        int at = Array.BinarySearch(_files, directory, StringComparer.Ordinal);
        at = at < 0 ? ~at : at;
        return at < _files.Length && _files[at].StartsWith(directory, StringComparison.Ordinal);
    }
}
