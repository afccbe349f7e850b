using System.Globalization;
using System.Security.Cryptography;

namespace ClosureScan.Testing;

/// <summary>A binary cache whose narinfo files say whatever a test wants them to.</summary>
/// <param name="tree">Where it lies.</param>
/// <param name="folder">In which folder of that; empty for the whole.</param>
public sealed class HostileCache(TemporaryTree tree, string folder = "")
{
    /// <summary>The base name of a path that a test may use.</summary>
    public const string First = "00000000000000000000000000000000-first";

    /// <summary>Another one.</summary>
    public const string Second = "11111111111111111111111111111111-second";

    /// <summary>The cache's folder.</summary>
    public string Folder => tree.PathOf(folder);

    /// <summary>The narinfo of a path.</summary>
    public string NarInfo(string baseName) => Path.Combine(Folder, $"{baseName[..32]}.narinfo");

    /// <summary>The NAR of a path.</summary>
    public string Nar(string baseName) => Path.Combine(Folder, $"nar/{baseName[..32]}.nar");

    /// <summary>Adds a path.</summary>
    /// <param name="baseName">Its base name.</param>
    /// <param name="nar">Its NAR.</param>
    /// <param name="references">The base names that it refers to.</param>
    /// <param name="url">What stands behind URL; null for where the NAR is.</param>
    /// <param name="narSize">What stands behind NarSize; null for the NAR's size.</param>
    public HostileCache Add(string baseName, byte[] nar, string references = "", string? url = null, string? narSize = null)
    {
        tree.File(Path.Combine(folder, "nix-cache-info"), "StoreDir: /nix/store\n").File(Nar(baseName), nar);
        File.WriteAllText(NarInfo(baseName), string.Create(CultureInfo.InvariantCulture, $"""
            StorePath: /nix/store/{baseName}
            URL: {url ?? $"nar/{baseName[..32]}.nar"}
            Compression: none
            NarHash: sha256:{Convert.ToHexStringLower(SHA256.HashData(nar))}
            NarSize: {narSize ?? nar.Length.ToString(CultureInfo.InvariantCulture)}
            References: {references}

            """));
        return this;
    }
}
