using System.Diagnostics;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Walking;

/// <summary>Trees on disk for more than one test.</summary>
internal static class SampleTrees
{
    /// <summary>One of everything a NAR can hold, and the lengths around every boundary of the walks.</summary>
    public static TemporaryTree Everything()
    {
        TemporaryTree tree = EverythingInUtf8();
        if (OperatingSystem.IsLinux())
        {
            // Names that .NET can not write: Latin-1, and bytes that are in no encoding.
            Shell(tree.Root, "printf x > \"$(printf 'F\\365tan\\372s\\355tv\\341ny.crt')\"; ln -s \"$(printf '\\377')\" \"$(printf '\\376')\"");
        }

        return tree;
    }

    /// <summary>The same without the names that are no UTF-8.</summary>
    public static TemporaryTree EverythingInUtf8()
    {
        TemporaryTree tree = new();
        tree.File("bin/run", "#!/bin/sh\n", executable: true)
            .File("empty", "")
            .File("bin/empty-executable", "", executable: true)
            .Directory("empty-directory")
            .Directory(string.Join('/', Enumerable.Repeat("d", 63)))
            .Symlink("link", "../nowhere")
            .Symlink("absolute", "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x/bin")
            .Symlink("to-directory", "bin")
            .Symlink("long", new string('t', 4095))
            .File(new string('n', 255), "longest name")
            .File("a", "a").File("a-b", "sorts before a/").File("a.b", "sorts before a0").File("a0", "0")
            .File("Z", "upper sorts before lower").File("ä", "above ASCII").File("\uFFFD", "three bytes").File("\U0001F600", "four bytes");
        Random random = new(1);
        foreach (int length in (int[])[1, 7, 8, 9, 4095, 4096, 4097, 262_143, 262_144, 262_145, 1_048_575, 1_048_576, 1_048_577, 3_000_000])
        {
            byte[] contents = new byte[length];
            random.NextBytes(contents);
            tree.File($"lengths/{length}", contents);
            if (length >= 8)
            {
                "\u007fELF"u8.CopyTo(contents);
                tree.File($"lengths/elf/{length}", contents);
            }
        }

        return tree;
    }

    /// <summary>Runs a shell command in a directory.</summary>
    public static void Shell(string directory, string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-ec", command]) { WorkingDirectory = directory })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
