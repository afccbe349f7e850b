using System.Text;
using System.Text.Json;

namespace ClosureScan.Containers;

/// <summary>
/// Which files of an archive are the layers of which image, the lowest first. docker's manifest.json: a list of images, each with its <c>Layers</c>. OCI's index.json:
/// <c>manifests</c>, each with the digest of a file in blobs/ that has <c>layers</c>, or <c>manifests</c> in its turn (OCI Image Format Specification 1.1).
/// </summary>
internal sealed class LayerOrder
{
    private const int MaxLength = 1024 * 1024;
    private const int MaxDocuments = 1_000;
    private const int MaxDepth = 4;

    private readonly Dictionary<string, byte[]> _documents = [];

    /// <summary>Keeps a file that may tell of layers, as far as it is read for that; gives back what there is to look into, null when that is nothing.</summary>
    public Stream? Take(ReadOnlySpan<byte> path, Stream contents)
    {
        if (_documents.Count >= MaxDocuments || !(path.SequenceEqual("manifest.json"u8) || path.SequenceEqual("index.json"u8) || path.StartsWith("blobs/"u8)))
        {
            return contents;
        }

        int first = contents.ReadByte();
        if (first is not ('{' or '['))
        {
            return first < 0 ? null : new PrefixedStream(new[] { (byte)first }, contents);
        }

        using MemoryStream document = new();
        document.WriteByte((byte)first);
        byte[] chunk = new byte[16 * 1024];
        for (int count; document.Length <= MaxLength && (count = contents.Read(chunk)) > 0;)
        {
            document.Write(chunk, 0, count);
        }

        _documents[Encoding.UTF8.GetString(path)] = document.ToArray();
        return null;
    }

    /// <summary>The images, each with the names of its layers; none where nothing tells, or nothing that can be read.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ReadImages()
    {
        List<IReadOnlyList<string>> images = [];
        try
        {
            if (_documents.TryGetValue("manifest.json", out byte[]? manifest))
            {
                using JsonDocument json = JsonDocument.Parse(manifest);
                images.AddRange(json.RootElement.EnumerateArray().Select(static image => Texts(image.GetProperty("Layers").EnumerateArray())));
            }
            else
            {
                ReadIndex("index.json", images, MaxDepth);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Malformed: the layers are taken as they came.
            images.Clear();
        }

        return images;
    }

    private void ReadIndex(string path, List<IReadOnlyList<string>> images, int depth)
    {
        if (depth == 0 || !_documents.TryGetValue(path, out byte[]? document))
        {
            return;
        }

        using JsonDocument json = JsonDocument.Parse(document);
        if (json.RootElement.TryGetProperty("layers", out JsonElement layers))
        {
            images.Add(Texts(layers.EnumerateArray().Select(static layer => layer.GetProperty("digest"))).ConvertAll(BlobOf));
        }
        else if (json.RootElement.TryGetProperty("manifests", out JsonElement manifests))
        {
            foreach (string digest in Texts(manifests.EnumerateArray().Select(static entry => entry.GetProperty("digest"))))
            {
                ReadIndex(BlobOf(digest), images, depth - 1);
            }
        }
    }

    private static List<string> Texts(IEnumerable<JsonElement> elements) => [.. elements.Select(static element => element.GetString() ?? "")];

    private static string BlobOf(string digest) => $"blobs/{digest.Replace(':', '/')}";
}
