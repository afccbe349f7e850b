using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>The file <c>system</c> of a NixOS system (Nixpkgs: nixos/modules/system/activation/top-level.nix), which says where it is to run: <c>armv7l-linux</c>.</summary>
internal static class SystemFile
{
    private const int MaxLength = 64;

    /// <summary>What the file is, where it is such a file; otherwise <paramref name="identity"/>.</summary>
    public static FileIdentity Refine(ReadOnlySpan<byte> path, in FileView file, FileIdentity identity)
    {
        if (identity.Format != FileFormat.Text || file.Length > MaxLength || !path.SequenceEqual("system"u8))
        {
            return identity;
        }

        Span<byte> text = stackalloc byte[MaxLength];
        text = text[..file.Read(0, text)];
        return Platform.TryParse(Encoding.ASCII.GetString(text.Trim(" \t\r\n"u8)), out Platform? platform)
            ? identity with { Role = FileRole.Declaration, Platform = platform }
            : identity;
    }
}
