using System.Runtime.InteropServices;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;
using ClosureScan.Stores.Caching;
using CsCheck;

namespace ClosureScan.Stores.Tests.Caching;

/// <summary>All windows of 32 letters, whatever pieces a stream comes in; and nothing is said where there are too many.</summary>
public sealed class LetterWindowsTests
{
    private const string Letters = "0123456789abcdfghijklmnpqrsvwxyz";

    private static readonly string[] Parts = [Letters + Letters, Letters[..31], "e", "-", "/nix/store/", Letters[3..], "\0"];

    [Fact]
    public void Every_window_is_there_however_the_stream_is_cut() =>
        Gen.Select(Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).Array[0, 12], Gen.Int[1, 70].Array[1, 8]).Sample((parts, cuts) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(parts));
            LetterWindows windows = new();
            for (int at = 0, piece = 0; at < bytes.Length; piece++)
            {
                int count = Math.Min(cuts[piece % cuts.Length], bytes.Length - at);
                windows.Take(bytes.AsSpan(at, count));
                at += count;
            }

            return MemoryMarshal.Cast<byte, ulong>(windows.ToBytes()).SequenceEqual(Simple(bytes));
        });

    [Fact]
    public void Of_too_many_nothing_is_said()
    {
        Random random = new(1);
        byte[] bytes = new byte[100_000];
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)Letters[random.Next(Letters.Length)];
        }

        LetterWindows windows = new();
        windows.Take(bytes);
        windows.Take(bytes);

        Assert.Null(windows.ToBytes());
    }

    [Fact]
    public void A_scan_answers_for_other_hashes_where_the_bytes_have_none_of_them()
    {
        StorePathHash[] all = [.. Enumerable.Range(0, 4).Select(index => StorePathHash.TryParse(Encoding.ASCII.GetBytes(new string(Letters[index], 32)), out StorePathHash hash) ? hash : default)];
        byte[] bytes = Encoding.ASCII.GetBytes($"{all[0]} {all[1]}");
        LetterWindows windows = new();
        windows.Take(bytes);
        PathScan scan = new() { NarSize = 1, FileCount = 1, ByteCount = 1, References = [new() { Target = all[0], Count = 1, FileCount = 1, Evidence = [] }] };

        Assert.Equal([all[0]], Answer(all[0], all[2])!.References.Select(reference => reference.Target));
        Assert.Empty(Answer(all[2], all[3])!.References);
        Assert.Null(Answer(all[0], all[1]));

        PathScan? Answer(params StorePathHash[] hashes) => new WantedHashes(ReferenceSet.Create(hashes)).Answer(scan, windows.ToBytes());
    }

    private static ulong[] Simple(byte[] bytes)
    {
        SortedSet<ulong> windows = [];
        for (int start = 0; start + StorePathHash.Length <= bytes.Length; start++)
        {
            if (bytes.AsSpan(start, StorePathHash.Length).ToArray().All(letter => Letters.Contains((char)letter, StringComparison.Ordinal)))
            {
                windows.Add(WindowHash.OfWindow(ref bytes[start]));
            }
        }

        return [.. windows];
    }
}
