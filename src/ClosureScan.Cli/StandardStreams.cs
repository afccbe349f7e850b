using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Cli;

/// <summary>
/// Which standard streams the caller gave. Of one that it closed, the number is free for the next file that is opened, perhaps by the
/// runtime before this program begins, and what is meant for a person would go into that file.
/// </summary>
internal static partial class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    private static bool _hasError = true;

    /// <summary>Whether there is an input to read.</summary>
    public static bool HasInput { get; private set; } = true;

    /// <summary>Whether there is an output to write to.</summary>
    public static bool HasOutput { get; private set; } = true;

    /// <summary>Looks at the streams. To be called before anything is opened: fills the free numbers, and sends errors nowhere if nobody takes them.</summary>
    public static void Check()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        HasInput = IsGiven(Input);
        HasOutput = IsGiven(Output);
        _hasError = IsGiven(Error);
        if (!_hasError)
        {
            Console.SetError(TextWriter.Null);
        }
    }

    /// <summary>Sends errors where they go without the console, which starts a thread for its signals: see <see cref="ThreadLimit"/>.</summary>
    public static void AvoidConsole()
    {
        if (_hasError)
        {
            Console.SetError(new StreamWriter(new FileStream(new SafeFileHandle(Error, ownsHandle: false), FileAccess.Write, bufferSize: 1)) { AutoFlush = true });
        }
    }

    private static bool IsGiven(int descriptor)
    {
        int flags = Control(descriptor, GetFlags, 0);
        if (flags < 0)
        {
            // The lowest free number is this one: those below are taken by now.
            _ = Open("/dev/null", flags: 0);
        }

        // What is to be closed on exec did not come through one: the runtime opened it.
        return flags >= 0 && (flags & CloseOnExec) == 0;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
