using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ClosureScan.Paths;

/// <summary>
/// The content address of a path, <c>fixed:r:sha256:…</c>, <c>fixed:sha256:…</c> or <c>text:sha256:…</c>, from which the path itself
/// follows (Nix: src/libstore/store-dir-config.cc, makeFixedOutputPath and makeTextPath). So such a path needs no signature.
/// </summary>
internal sealed record ContentAddress
{
    private const int PathHashLength = 20;

    private ContentAddress(string method, string algorithm, byte[] hash)
    {
        Method = method;
        Algorithm = algorithm;
        Hash = hash;
    }

    /// <summary><c>text</c>, or what <c>fixed:</c> is followed by: <c>r:</c> for a NAR, <c>git:</c>, empty for a single file.</summary>
    public string Method { get; }

    /// <summary><c>sha256</c> and others.</summary>
    public string Algorithm { get; }

    /// <summary>The hash, of the NAR, of the file's contents, or of what git hashes.</summary>
    public byte[] Hash { get; }

    /// <summary>Reads the text of a narinfo's CA field. False for what is none, or by an algorithm that Nix does not know.</summary>
    public static bool TryParse(string? text, out ContentAddress? address)
    {
        address = null;
        string[] parts = text?.Split(':') ?? [];
        (string method, string algorithm, string digits) = parts switch
        {
            ["text", var one, var two] => ("text", one, two),
            ["fixed", var one, var two] => ("", one, two),
            ["fixed", "r", var one, var two] => ("r:", one, two),
            ["fixed", "git", var one, var two] => ("git:", one, two),
            _ => ("", "", ""),
        };
        int length = algorithm switch { "md5" => 16, "sha1" => 20, "sha256" => 32, "sha512" => 64, _ => 0 };
        byte[] hash = new byte[length];
        bool read = length > 0
            && (digits.Length == 2 * length
                ? Convert.FromHexString(digits, hash, out _, out int written) == System.Buffers.OperationStatus.Done && written == length
                : NixBase32.TryDecode(digits, hash));
        address = read ? new ContentAddress(method, algorithm, hash) : null;
        return read;
    }

    /// <summary>The path that contents of this address have under that name, with those references.</summary>
    public StorePath PathFor(StorePath claimed, ImmutableArray<StorePath> references)
    {
        (string type, byte[] hash) = (Method, Algorithm) switch
        {
            ("text", _) => (TypeOf("text", references, claimed), Hash),
            ("r:", "sha256") => (TypeOf("source", references, claimed), Hash),
            _ => ("output:out", Sha256.Of(Encoding.ASCII.GetBytes($"fixed:out:{Method}{Algorithm}:{Convert.ToHexStringLower(Hash)}:"))),
        };
        string whole = $"{type}:sha256:{Convert.ToHexStringLower(hash)}:{claimed.StoreDirectory}:{claimed.Name}";
        byte[] digest = Sha256.Of(Encoding.ASCII.GetBytes(whole));
        Span<byte> folded = stackalloc byte[PathHashLength];
        for (int index = 0; index < digest.Length; index++)
        {
            folded[index % PathHashLength] ^= digest[index];
        }

        return StorePath.TryParseBaseName(claimed.StoreDirectory, $"{NixBase32.Encode(folded)}-{claimed.Name}", out StorePath? path)
            ? path
            : throw new InvalidOperationException("A store path's name stays one.");
    }

    /// <summary>
    /// The address that the claim's contents must have for it to be true; null where the claim has none that its path follows from. Name and references are proven by the
    /// path then, and the bytes by whoever computes the address: of a file alone or a text by its own hash, of a tree by that of its NAR. Contents that name
    /// themselves, and git's trees, are not computed.
    /// </summary>
    public static ContentAddress? OfContents(PathInfo info) =>
        info.References is { } references
        && TryParse(info.ContentAddress, out ContentAddress? address)
        && address!.PathFor(info.Path, references).Equals(info.Path)
        && address.Method is "r:" or "" or "text"
        && !references.Contains(info.Path)
            ? address
            : null;

    /// <summary>Whether the address is of the bytes of one file, not of a NAR.</summary>
    public bool IsOfFile => Method is "" or "text";

    /// <summary>
    /// Whether the claim proves itself: the address gives the path, and the address is that of the NAR whose hash is told, so that who
    /// checks the NAR's hash has checked all. A file's own hash, or that of contents that name themselves, is not the NAR's.
    /// </summary>
    public static bool Proves(PathInfo info) =>
        OfContents(info) is { Method: "r:", Algorithm: "sha256" } address
        && info.NarHash is { } hash
        && hash == new NarHash(address.Hash);

    private static string TypeOf(string type, ImmutableArray<StorePath> references, StorePath self)
    {
        StringBuilder text = new(type);
        foreach (StorePath reference in references.Where(reference => !reference.Equals(self)))
        {
            text.Append(':').Append(reference);
        }

        return references.Contains(self) ? text.Append(":self").ToString() : text.ToString();
    }
}
