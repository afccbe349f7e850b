using System.Diagnostics;
using ClosureScan.Media;

namespace ClosureScan.Cli.Rendering;

/// <summary>
/// One line on standard error that is rewritten ten times a second at most: paths, bytes, rate and what is being read.
/// Nothing is written unless standard error is a terminal.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _output;
    private readonly int _width;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private long _last;
    private bool _written;

    public ProgressLine(bool wanted)
    {
        bool shown = wanted && !Console.IsErrorRedirected;
        _output = shown ? Console.Error : null;
        _width = shown ? Terminal.ForError().Width : 0;
    }

    public void Report(int done, int total, long bytes, string current)
    {
        if (_output is null)
        {
            return;
        }

        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            if (_written && Stopwatch.GetElapsedTime(_last, now) < Interval)
            {
                return;
            }

            _last = now;
            _written = true;
            double seconds = Math.Max(Stopwatch.GetElapsedTime(_start, now).TotalSeconds, 0.001);
            string line = $"{done}/{total} paths, {Quantity.Bytes(bytes)}, {Quantity.Bytes((long)(bytes / seconds))}/s  {VisibleText.Of(current)}".Replace(StyledWriter.FixedBlank, ' ');
            _output.Write("\r\e[K" + (line.Length < _width ? line : line[..(_width - 1)]));
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_written)
            {
                _output?.Write("\r\e[K");
                _written = false;
            }
        }
    }
}
