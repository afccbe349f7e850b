using System.Buffers.Binary;
using System.Text;

namespace ClosureScan.Stores.Wire;

/// <summary>What to say of a peer that does not begin as it should.</summary>
internal static class Greeting
{
    private const int MostShown = 200;

    /// <summary>A peer that began with other 8 bytes: mostly a login that prints something first.</summary>
    public static string Unexpected(ulong first, WireReader reader)
    {
        byte[] bytes = new byte[MostShown];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, first);
        int length = sizeof(ulong) + reader.Read(bytes.AsSpan(sizeof(ulong)));
        string text = WireText.OneLine(Encoding.UTF8.GetString(bytes, 0, length));
        return $"it printed \"{text}\" before the protocol. If that is a login's greeting, make its start-up files (.bashrc) print nothing where no terminal is";
    }
}
