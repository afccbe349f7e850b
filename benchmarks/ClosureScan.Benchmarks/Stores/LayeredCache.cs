using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Benchmarks.Stores;

/// <summary>A made-up binary cache in layers: each path refers to some of the next layer, the root to all of the first. Always the same.</summary>
internal static class LayeredCache
{
    private const int References = 5;

    /// <summary>Writes one.</summary>
    /// <param name="folder">A new folder.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="width">How many paths a layer.</param>
    /// <param name="fileSize">The bytes of each path's one file.</param>
    /// <param name="side">Of two caches that are to be compared, which: other store hashes of the same packages, named in the files.</param>
    /// <param name="isOther">Which paths of that side have other contents too; null for none.</param>
    /// <returns>The root.</returns>
    public static StorePath Write(string folder, int layers, int width, int fileSize, string side = "", Func<int, bool>? isOther = null)
    {
        StorePath PathOf(int layer, int index) => LayeredCache.PathOf(layer, index, side);

        Directory.CreateDirectory(Path.Combine(folder, "nar"));
        File.WriteAllText(Path.Combine(folder, "nix-cache-info"), "StoreDir: /nix/store\n");
        byte[] contents = new byte[fileSize];
        for (int layer = layers - 1; layer >= 0; layer--)
        {
            for (int index = 0; index < width; index++)
            {
                int salt = (layer * width) + index;
                new Random(salt).NextBytes(contents);
                StorePath[] references = layer + 1 == layers ? [] : [.. Enumerable.Range(0, References).Select(step => PathOf(layer + 1, (index + (step * step)) % width))];
                if (side.Length > 0)
                {
                    Encoding.ASCII.GetBytes(string.Join(' ', references.AsEnumerable()), contents);
                    contents[^1] = isOther?.Invoke(salt) == true ? (byte)1 : (byte)0;
                }

                WritePath(folder, PathOf(layer, index), references, contents);
            }
        }

        StorePath root = PathOf(layers, 0);
        WritePath(folder, root, Enumerable.Range(0, width).Select(index => PathOf(0, index)), contents);
        return root;
    }

    private static StorePath PathOf(int layer, int index, string side)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"path-{layer}-{index}");
        return StorePath.Parse($"/nix/store/{NixBase32.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(side + name)).AsSpan(0, 20))}-{name}");
    }

    private static void WritePath(string folder, StorePath path, IEnumerable<StorePath> references, byte[] contents)
    {
        using MemoryStream nar = new();
        NarWriter writer = new(nar);
        writer.BeginFile([], contents.Length, executable: false);
        writer.WriteContents(contents);
        string hash = "sha256:" + NixBase32.Encode(SHA256.HashData(nar.ToArray()));
        File.WriteAllBytes(Path.Combine(folder, "nar", path.Hash + ".nar"), nar.ToArray());
        File.WriteAllText(Path.Combine(folder, path.Hash + ".narinfo"), string.Join('\n',
        [
            $"StorePath: {path}", $"URL: nar/{path.Hash}.nar", "Compression: none", $"NarHash: {hash}", $"NarSize: {nar.Length}",
            $"References: {string.Join(' ', references.Select(reference => reference.BaseName).Order(StringComparer.Ordinal))}", "",
        ]));
    }
}
