using System.Text;

namespace ClosureScan.Testing;

/// <summary>A tree on disk that is removed at the end.</summary>
public sealed class TemporaryTree : IDisposable
{
    /// <summary>Makes an empty directory.</summary>
    public TemporaryTree() => Root = System.IO.Directory.CreateTempSubdirectory("closurescan-").FullName;

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <summary>The whole path of something in the tree.</summary>
    public string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Makes a file, and the directories above it.</summary>
    public TemporaryTree File(string relative, ReadOnlySpan<byte> contents, bool executable = false)
    {
        string path = PathOf(relative);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, contents);
        if (executable && !OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return this;
    }

    /// <summary>Makes a file, and the directories above it.</summary>
    public TemporaryTree File(string relative, string contents, bool executable = false) =>
        File(relative, Encoding.UTF8.GetBytes(contents), executable);

    /// <summary>Makes a directory.</summary>
    public TemporaryTree Directory(string relative)
    {
        System.IO.Directory.CreateDirectory(PathOf(relative));
        return this;
    }

    /// <summary>Makes a symlink.</summary>
    public TemporaryTree Symlink(string relative, string target)
    {
        System.IO.File.CreateSymbolicLink(PathOf(relative), target);
        return this;
    }

    /// <summary>Removes the tree.</summary>
    public void Dispose()
    {
        try
        {
            System.IO.Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // .NET can not name what is no UTF-8.
            ToolRun.Execute("/bin/rm", ["-rf", Root]);
        }
    }
}
