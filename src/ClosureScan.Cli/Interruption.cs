using System.Runtime.InteropServices;

namespace ClosureScan.Cli;

/// <summary>
/// Turns SIGINT and SIGTERM into a cancellation, so that a scan ends in order, and remembers which it was. What cannot be
/// cancelled, such as a read from a pipe that nobody fills, is given <see cref="Patience"/>.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Cli.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Cli.ExitCode.Terminated)),
        ];
    }

    /// <summary>How long what was interrupted may take to end in order; a second signal ends it at once.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(500);

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of the signal that came; null when none did.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        _ended.Set();
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        // The second signal is not held back: a scan that does not end can be ended.
        context.Cancel = ExitCode is null;
        ExitCode ??= exitCode;
        _source.Cancel();
        if (!_ended.Wait(Patience))
        {
            Environment.Exit(exitCode);
        }
    }
}
