using System.CommandLine;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores.Caching;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan cache status|clear</c>: what scans of stores behind a network keep for the next.</summary>
internal static class CacheCommand
{
    public static Command Create()
    {
        Command status = new("status", "Show where the cache is, how many paths' scans it has and how large it is.");
        status.SetAction(_ =>
        {
            using FactsCache cache = FactsCache.Open();
            (long count, long bytes) = cache.Measure();
            string size = count == 0 && bytes == 0 ? "empty" : $"{Quantity.Number(count)} {(count == 1 ? "path" : "paths")}, {Quantity.Bytes(bytes)} of {Quantity.Bytes(FactsCache.DefaultMaxBytes)} at most";
            return TextOutput.Write(writer => writer.Write($"{cache.File}\n{size}\n".Replace(StyledWriter.FixedBlank, ' ')));
        });
        Command clear = new("clear", "Forget everything; the next scan reads anew.");
        clear.SetAction(_ =>
        {
            using FactsCache cache = FactsCache.Open();
            try
            {
                cache.Clear();
                return ExitCode.Clean;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw CommandException.Usage($"{cache.File} cannot be removed: {exception.Message}");
            }
        });
        return new Command("cache", "Look at or forget what scans of stores behind a network found, which the next scan need not read.") { status, clear };
    }
}
