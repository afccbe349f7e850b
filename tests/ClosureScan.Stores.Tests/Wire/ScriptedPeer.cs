using System.Buffers.Binary;
using System.Text;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Tests.Wire;

/// <summary>A peer that says what a test wrote down, whatever is said to it, and then hangs up.</summary>
internal sealed class ScriptedPeer : IPeer
{
    private readonly MemoryStream _script = new();

    public Stream Input => _script;

    public Stream Output { get; } = new MemoryStream();

    public string? LastWords { get; init; }

    /// <summary>Begins to speak at the start.</summary>
    public ScriptedPeer Ready()
    {
        _script.Position = 0;
        return this;
    }

    public ScriptedPeer Number(ulong number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        _script.Write(bytes);
        return this;
    }

    public ScriptedPeer Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Number((ulong)bytes.Length);
        _script.Write(bytes);
        _script.Write(new byte[(8 - bytes.Length % 8) % 8]);
        return this;
    }

    public ScriptedPeer Raw(string text)
    {
        _script.Write(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public void Dispose() => _script.Dispose();
}
