using System.Buffers;
using System.IO.Pipelines;
using ClosureScan.Nar;

namespace ClosureScan.Tests.Nar;

/// <summary>All that a reader says of some bytes: its entries, and how it ended.</summary>
internal sealed record Transcript(string Entries, NarError? Error, long Offset, string? FailedEntry, long Left)
{
    /// <summary>Reads a NAR to its end or its error; contents are hashed into the transcript, or skipped.</summary>
    public static async Task<Transcript> OfAsync(PipeReader pipe, bool skipContents)
    {
        List<string> entries = [];
        using NarTreeReader reader = new(pipe, new NarReaderOptions { ComputeHash = true });
        try
        {
            while (await reader.ReadAsync() is var kind && kind != NarEntryKind.EndOfArchive)
            {
                entries.Add(Describe(reader));
                if (kind == NarEntryKind.File && !skipContents)
                {
                    entries.Add(await ContentsAsync(reader));
                }
            }

            Assert.Equal(NarEntryKind.EndOfArchive, await reader.ReadAsync());
            return new Transcript(string.Join('\n', entries), null, reader.Position, reader.Hash?.ToString(), await CountAsync(pipe));
        }
        catch (NarFormatException exception)
        {
            return new Transcript(string.Join('\n', entries), exception.Error, exception.Offset, exception.Entry, 0);
        }
    }

    private static string Describe(NarTreeReader reader)
    {
        string where = $"{reader.Kind} \"{NarText.Escape(reader.Path)}\" ({NarText.Escape(reader.Name)})";
        return reader.Kind switch
        {
            NarEntryKind.File => $"{where} @{reader.NameOffset} {reader.Length} {reader.IsExecutable} @{reader.ContentsOffset}",
            NarEntryKind.Symlink => $"{where} @{reader.NameOffset} -> {NarText.Escape(reader.Target)} @{reader.TargetOffset}",
            NarEntryKind.Directory => $"{where} @{reader.NameOffset}",
            _ => where,
        };
    }

    private static async Task<string> ContentsAsync(NarTreeReader reader)
    {
        ArrayBufferWriter<byte> contents = new();
        while (await reader.ReadContentsAsync() is { IsEmpty: false } piece)
        {
            foreach (ReadOnlyMemory<byte> segment in piece)
            {
                contents.Write(segment.Span);
            }
        }

        Assert.Equal(reader.Length, contents.WrittenCount);
        return Convert.ToHexStringLower(contents.WrittenSpan);
    }

    private static async Task<long> CountAsync(PipeReader pipe)
    {
        while (true)
        {
            ReadResult result = await pipe.ReadAsync();
            if (result.IsCompleted)
            {
                return result.Buffer.Length;
            }

            pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
