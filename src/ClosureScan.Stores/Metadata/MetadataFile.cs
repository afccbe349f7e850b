using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Metadata;

/// <summary>
/// A file that tells a closure's metadata, whichever of Nix's dialects it is in: <c>nix path-info --json</c> in all its forms, a registration
/// (closureInfo, exportReferencesGraph, <c>nix-store --dump-db</c>), <c>nix-store --query --graph</c>; or closureInfo's folder.
/// </summary>
internal static class MetadataFile
{
    private const string RegistrationInFolder = "registration";

    /// <summary>Whether a file or folder looks like one. False for what cannot be read.</summary>
    public static bool IsOne(string path)
    {
        if (Directory.Exists(path))
        {
            return File.Exists(Path.Combine(path, RegistrationInFolder)) && File.Exists(Path.Combine(path, "store-paths"));
        }

        try
        {
            if (!File.Exists(path) || !File.GetAttributes(path).HasFlag(FileAttributes.Normal) && new FileInfo(path).Length == 0)
            {
                return false;
            }

            using FileStream stream = File.OpenRead(path);
            byte[] start = new byte[512];
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            string text = Encoding.UTF8.GetString(start, 0, length).TrimStart();
            return text.StartsWith(GraphText.FirstWord, StringComparison.Ordinal)
                || (text.IndexOf('\n', StringComparison.Ordinal) is > 0 and int end && StorePath.TryParse(text[..end], out _))
                || (text is ['[' or '{', ..] && !text.Contains("\"schema\"", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="StoreException">It is none, or malformed.</exception>
    public static IReadOnlyList<PathInfo> Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, RegistrationInFolder) : path;
        try
        {
            byte[] bytes = File.ReadAllBytes(file);
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

    /// <summary>The paths that no other refers to: what the closure was asked for, where nothing tells it. All, where each is referred to.</summary>
    public static IReadOnlyList<StorePath> Roots(IReadOnlyList<PathInfo> infos)
    {
        HashSet<StorePath> referred = [.. infos.SelectMany(info => (info.References ?? []).Where(reference => !reference.Equals(info.Path)))];
        StorePath[] roots = [.. infos.Select(info => info.Path).Where(path => !referred.Contains(path)).Order()];
        return roots.Length > 0 ? roots : [.. infos.Select(info => info.Path).Order()];
    }
}
