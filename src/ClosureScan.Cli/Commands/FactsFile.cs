using ClosureScan.Facts;
using ClosureScan.Input;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Commands;

/// <summary>A file that <c>--report facts=FILE</c> wrote, where a command takes a ROOT: the scan, to be judged again without the store.</summary>
internal static class FactsFile
{
    /// <summary>Whether an argument is such a file, by its first bytes.</summary>
    public static bool IsOne(string text)
    {
        try
        {
            if (!File.Exists(text) || InputFile.IsSpecial(text) || StorePath.TryParse(Path.GetFullPath(text), out _))
            {
                return false;
            }

            using FileStream stream = File.OpenRead(text);
            Span<byte> start = stackalloc byte[32];
            return ClosureFacts.IsBeginning(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The scan that the roots of a call are; null when they are paths of a store.</summary>
    public static ScannedClosure? Find(IReadOnlyList<string> roots)
    {
        if (roots.FirstOrDefault(IsOne) is not { } file)
        {
            return null;
        }

        return roots.Count == 1 ? Load(file) : throw CommandException.Usage($"{file} is a saved scan, a closure of its own: it takes no other ROOT beside it.");
    }

    private static ScannedClosure Load(string file)
    {
        try
        {
            using FileStream stream = InputFile.Open(file);
            return ClosureFacts.Read(stream);
        }
        catch (FactsFormatException exception)
        {
            throw CommandException.Usage($"{file} is no saved scan that can be read: {exception.Message}");
        }
    }
}
