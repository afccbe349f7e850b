using System.Collections.Immutable;
using ClosureScan.Input;

namespace ClosureScan.Stores.Roots;

/// <summary>Roots that another tool made, and what it could not make. Immutable.</summary>
/// <param name="Roots">The roots, sorted by name.</param>
/// <param name="Problems">What was asked for and is not there: a scan of the roots alone does not cover it.</param>
internal sealed record RootList(ImmutableArray<NamedRoot> Roots, ImmutableArray<ScanProblem> Problems)
{
    // A kilobyte an attribute: a quarter of a million of them.
    private const long MaxLength = 256L << 20;

    /// <summary>
    /// Reads a folder of nixpkgs-review (one with <c>results</c> or <c>report.json</c>), or a file: the lines of nix-eval-jobs, what
    /// <c>nix build --json</c> printed, or store paths, one a line.
    /// </summary>
    /// <exception cref="RootListException">It is neither, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RootList Load(string path)
    {
        if (Directory.Exists(path))
        {
            return NixpkgsReviewFolder.Read(path);
        }

        byte[] text = InputFile.ReadText(path, MaxLength, mayBeSpecial: true);
        using StreamReader reader = new(new MemoryStream(text));
        return text.AsSpan().TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'/', ..] => PathLines.Read(reader, path),
            [(byte)'[', ..] => BuildResults.Read(text, path),
            _ => EvaluationLines.Read(reader, path),
        };
    }
}
