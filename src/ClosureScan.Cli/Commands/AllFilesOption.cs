using System.CommandLine;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary>The option <c>--all-files</c> of the commands that tell findings as text.</summary>
internal static class AllFilesOption
{
    public static Option<bool> Create() => new("--all-files") { Description = $"Show every place of a finding in the text, not the first {LeakText.FilesShown}; the other formats always have all." };

    /// <summary>The most places of a finding that are shown.</summary>
    public static int ToLimit(bool all) => all ? int.MaxValue : LeakText.FilesShown;
}
