using System.CommandLine;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan nar ls|cat|verify</c>: a look into a NAR, a compressed one, or a path on disk as if it were one.</summary>
internal static class NarCommand
{
    public static Command Create() => new("nar", "Look into a NAR: list it, print a file of it, check it.")
    {
        NarListCommand.Create(),
        NarCatCommand.Create(),
        NarVerifyCommand.Create(),
    };

    /// <summary>The argument that all of them take.</summary>
    public static Argument<string> Archive() => new("NAR")
    {
        Description = "A NAR, also compressed with xz, zstd, bzip2, gzip or brotli (by its name); - for standard input; or a path on disk.",
    };
}
