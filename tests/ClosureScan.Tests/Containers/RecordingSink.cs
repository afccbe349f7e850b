using System.Security.Cryptography;
using System.Text;
using ClosureScan.Containers;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Containers;

/// <summary>Writes down the tree in a container: an entry a path.</summary>
internal sealed class RecordingSink(long budget = long.MaxValue) : IContainerSink
{
    private static readonly IContentDecoder[] Decoders = [.. ScanOptions.Default.Decoders];

    private long _left = budget;

    public SortedDictionary<string, string> Entries { get; } = new(StringComparer.Ordinal);

    public List<string> Reasons { get; } = [];

    public IReadOnlyList<IContentDecoder> MoreDecoders { get; init; } = [];

    public static RecordingSink Read(byte[] image, IReadOnlyList<IContentDecoder>? decoders = null, long budget = long.MaxValue)
    {
        RecordingSink sink = new(budget) { MoreDecoders = decoders ?? [] };
        sink.Read(new ByteSource(image));
        return sink;
    }

    /// <summary>What lies on disk, in the same words.</summary>
    public static SortedDictionary<string, string> OfDisk(string root, bool hasModes)
    {
        SortedDictionary<string, string> entries = new(StringComparer.Ordinal);
        foreach (string path in System.IO.Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories))
        {
            FileSystemInfo info = new FileInfo(path);
            string name = Path.GetRelativePath(root, path);
            entries[name] = info.LinkTarget is { } target ? $"-> {target}"
                : System.IO.Directory.Exists(path) ? "directory"
                : Describe(System.IO.File.ReadAllBytes(path), hasModes && (info.UnixFileMode & UnixFileMode.UserExecute) != 0);
        }

        return entries;
    }

    public void Directory(ReadOnlySpan<byte> path)
    {
        if (!path.IsEmpty && !path.SequenceEqual("."u8))
        {
            Entries[Encoding.UTF8.GetString(path)] = "directory";
        }
    }

    public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target) => Entries[Encoding.UTF8.GetString(path)] = $"-> {Encoding.UTF8.GetString(target)}";

    public void File(ReadOnlySpan<byte> path, bool executable, Stream contents)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[10_007];
        for (int count; (count = contents.Read(buffer)) > 0;)
        {
            Spend(count);
            bytes.Write(buffer, 0, count);
        }

        Entries[Encoding.UTF8.GetString(path)] = Describe(bytes.ToArray(), executable);
    }

    public void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other) => Entries[Encoding.UTF8.GetString(path)] = Entries[Encoding.UTF8.GetString(other)];

    public void Part(ReadOnlySpan<byte> name, ByteSource bytes) => Read(bytes);

    public void Rest(Stream rest)
    {
        using MemoryStream bytes = new();
        rest.CopyTo(bytes);
        Read(new ByteSource(bytes.ToArray()));
    }

    public void LeftOut(string reason) => Reasons.Add(reason);

    public void Damaged() => Reasons.Add("damaged");

    public IContentDecoder? Decoder(string name) => Decoders.Concat(MoreDecoders).FirstOrDefault(decoder => decoder.Name == name);

    public void Spend(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new ExpansionException();
        }
    }

    private static string Describe(byte[] contents, bool executable) =>
        $"{contents.Length} bytes {Convert.ToHexStringLower(SHA256.HashData(contents))[..16]}{(executable ? " executable" : "")}";

    private void Read(ByteSource bytes)
    {
        byte[] head = new byte[(int)Math.Min(bytes.Length, 4096)];
        bytes.ReadExactly(0, head);
        switch (ContainerFormats.Find(head))
        {
            case IImageFormat image:
                image.Read(bytes, this);
                break;
            case IStreamFormat stream:
                stream.Read(bytes.OpenStream(), this);
                break;
            default:
                foreach (IContentDecoder decoder in Decoders.Concat(MoreDecoders).Where(decoder => decoder.Recognises(head)))
                {
                    using Stream plain = decoder.Open(bytes.OpenStream());
                    Rest(plain);
                    return;
                }

                Reasons.Add("unknown");
                break;
        }
    }
}
