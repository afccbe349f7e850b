using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Daemon;

/// <summary>
/// What a Nix daemon says before each answer (Nix: src/libstore/worker-protocol-connection.cc, processStderrReturn): log lines, activities,
/// an error, and at last that the answer follows.
/// </summary>
internal static class DaemonFrames
{
    /// <summary>The frame of an error; it can come in the middle of a NAR, too.</summary>
    public const ulong Error = 0x63787470;

    private const ulong Next = 0x6f6c6d67;
    private const ulong Read = 0x64617461;
    private const ulong Write = 0x64617416;
    private const ulong Last = 0x616c7473;
    private const ulong StartActivity = 0x53545254;
    private const ulong StopActivity = 0x53544f50;
    private const ulong Result = 0x52534c54;

    private const int MostText = 1 << 20;
    private const int MostTraces = 10_000;
    private const int MostFields = 1000;
    private const int MostFrames = 1_000_000;

    /// <summary>The minor version from which errors have a structure.</summary>
    private const int StructuredErrors = 26;

    /// <summary>Reads on to the answer.</summary>
    /// <exception cref="PeerErrorException">The daemon reports an error instead.</exception>
    /// <exception cref="WireException">It says what is no frame, or goes on and on.</exception>
    public static void SkipToAnswer(WireReader reader, int minorVersion)
    {
        for (int frame = 0; frame < MostFrames; frame++)
        {
            ulong kind = reader.ReadNumber();
            switch (kind)
            {
                case Last:
                    return;
                case Error:
                    throw new PeerErrorException(ReadError(reader, minorVersion));
                case Next or Write:
                    reader.ReadBytes(MostText);
                    break;
                case StartActivity:
                    reader.ReadNumber();
                    reader.ReadNumber();
                    reader.ReadNumber();
                    reader.ReadBytes(MostText);
                    SkipFields(reader);
                    reader.ReadNumber();
                    break;
                case StopActivity:
                    reader.ReadNumber();
                    break;
                case Result:
                    reader.ReadNumber();
                    reader.ReadNumber();
                    SkipFields(reader);
                    break;
                case Read:
                    throw new WireException("the daemon asks for data, and nothing was to be sent");
                default:
                    throw new WireException($"the daemon says 0x{kind:x} at byte {reader.Position - sizeof(ulong)}, which is no frame");
            }
        }

        throw new WireException($"the daemon answers with {MostFrames} messages and no end");
    }

    /// <summary>The message of an error frame, behind its kind.</summary>
    public static string ReadError(WireReader reader, int minorVersion)
    {
        if (minorVersion < StructuredErrors)
        {
            string text = reader.ReadText(MostText);
            reader.ReadNumber();
            return WireText.OneLine(text);
        }

        reader.ReadBytes(MostText);
        reader.ReadNumber();
        reader.ReadBytes(MostText);
        string message = reader.ReadText(MostText);
        reader.ReadNumber();
        for (long traces = reader.ReadCount(MostTraces, "a number of traces"); traces > 0; traces--)
        {
            reader.ReadNumber();
            reader.ReadBytes(MostText);
        }

        return WireText.OneLine(message);
    }

    private static void SkipFields(WireReader reader)
    {
        for (long fields = reader.ReadCount(MostFields, "a number of fields"); fields > 0; fields--)
        {
            switch (reader.ReadNumber())
            {
                case 0:
                    reader.ReadNumber();
                    break;
                case 1:
                    reader.ReadBytes(MostText);
                    break;
                case var type:
                    throw new WireException($"a field of an activity has the type {type}, which there is not");
            }
        }
    }
}
