using System.Collections.Immutable;
using System.Text;
using ClosureScan.Input;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Metadata;

/// <summary>
/// A file that tells a closure's metadata, whichever of Nix's dialects it is in: <c>nix path-info --json</c> in all its forms, a registration
/// (closureInfo, exportReferencesGraph, <c>nix-store --dump-db</c>), <c>nix-store --query --graph</c>; or closureInfo's folder.
/// </summary>
internal static class MetadataFile
{
    private const string RegistrationInFolder = "registration";

    /// <summary>How much of a file is looked at to tell what it is.</summary>
    private const int StartLength = 4096;

    /// <summary>What JSON of each dialect has near its beginning.</summary>
    private static readonly string[] JsonMarks = ["\"path\"", "\"narHash\"", "\"references\"", "\"storeDir\""];

    // A hundred bytes a reference: ten million of them.
    private const long MaxLength = 1L << 30;

    /// <summary>Whether a file or folder looks like one. False for what cannot be read, and for a saved report.</summary>
    public static bool IsOne(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            return File.Exists(Path.Combine(path, RegistrationInFolder)) && File.Exists(Path.Combine(path, "store-paths"));
        }

        try
        {
            // A store path that is such a file is a closure.
            if (!File.Exists(path) || InputFile.IsSpecial(path) || StorePath.TryParse(Path.GetFullPath(path), out _) || new FileInfo(path).LinkTarget is not null)
            {
                return false;
            }

            using FileStream stream = File.OpenRead(path);
            byte[] start = new byte[StartLength];
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            string text = Encoding.UTF8.GetString(start, 0, length).TrimStart();
            return text.StartsWith(GraphText.FirstWord, StringComparison.Ordinal)
                || (text.IndexOf('\n', StringComparison.Ordinal) is > 0 and int end && StorePath.TryParse(text[..end], out _))
                || (text is ['[' or '{', ..]
                    && !text.Contains("\"schema\"", StringComparison.Ordinal)
                    && JsonMarks.Any(mark => text.Contains(mark, StringComparison.Ordinal)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Opens it as a store, whose contents lie in the directory that its paths name, if anywhere; and the paths that no other refers to.</summary>
    /// <exception cref="StoreException">It is none, or malformed.</exception>
    public static (IListableStore Store, ImmutableArray<StorePath> Roots) Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        IReadOnlyList<PathInfo> infos = Read(path);
        return (new MetadataStore(path, infos, contents: null), Roots(infos));
    }

    private static IReadOnlyList<PathInfo> Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, RegistrationInFolder) : path;
        try
        {
            byte[] bytes = InputFile.ReadText(file, MaxLength);
            ReadOnlySpan<byte> start = bytes.AsSpan().TrimStart(" \t\r\n"u8);
            return start.Length > 0 && start[0] is (byte)'[' or (byte)'{' ? PathInfoJson.Parse(bytes, file, null)
                : start.StartsWith("digraph"u8) ? GraphText.Parse(Encoding.UTF8.GetString(bytes), file)
                : RegistrationText.Parse(Encoding.UTF8.GetString(bytes), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>What the closure was asked for, as nothing tells it: the paths that no other refers to. All, where each is referred to.</summary>
    private static ImmutableArray<StorePath> Roots(IReadOnlyList<PathInfo> infos)
    {
        HashSet<StorePath> referred = [.. infos.SelectMany(info => (info.References ?? []).Where(reference => !reference.Equals(info.Path)))];
        StorePath[] roots = [.. infos.Select(info => info.Path).Where(path => !referred.Contains(path)).Order()];
        return roots.Length > 0 ? [.. roots] : [.. infos.Select(info => info.Path).Order()];
    }
}
