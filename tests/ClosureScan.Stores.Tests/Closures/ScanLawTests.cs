using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores.Closures;
using ClosureScan.Stores.Compression;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Tests.Closures;

/// <summary>
/// The same bytes give the same scan: as a tree on disk, as its NAR in one piece and however that arrives, by one thread and by several that share the tree; with
/// what lies inside other data. A failure names its seed.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class ScanLawTests
{
    private static readonly StorePath[] Wanted = [FakeStore.PathOf("library"), FakeStore.PathOf("compiler-13"), FakeStore.PathOf("shell")];

    [Fact]
    public async Task Any_way_to_the_bytes_gives_the_same_scan()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            Random random = new(seed);
            using TemporaryTree tree = RandomTree(random);
            using MemoryStream dump = new();
            NarDump.Write(tree.Root, dump, Scanning.Token);
            ScanOptions options = new() { Deep = random.Next(4) > 0, EveryOccurrence = random.Next(2) == 0, MaxContextsPerTarget = random.Next(2) == 0 ? 3 : 20, Decoders = ContentDecoders.All };
            ReferenceSet references = ReferenceSet.Create(Wanted);
            PathScan expected = new PathScanner(references, options).ScanDirectory(tree.Root, Scanning.Token);

            await Scans("a NAR in one piece", PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(dump.ToArray())));
            await Scans("a NAR in odd pieces", Fragments.Arriving(dump.ToArray(), random.Next(1, 5_000), [.. Enumerable.Range(0, 200).Select(_ => random.Next(1, 400_000))]));
            await Scans("a NAR in small pieces", Fragments.Arriving(dump.ToArray(), 4096, random.Next(1, 4_096)));
            for (int jobs = 1; jobs <= 3; jobs++)
            {
                PathScan? shared = await ShareAsync(tree.Root, jobs, references, options);
                Assert.True(expected == shared, $"seed {seed}: {jobs} jobs");
            }

            async Task Scans(string way, PipeReader nar)
            {
                PathScan actual = await new PathScanner(references, options).ScanNarAsync(nar, Scanning.Token);
                Assert.True(expected == actual, $"seed {seed}: {way}");
            }
        }
    }

    private static async Task<PathScan?> ShareAsync(string root, int jobs, ReferenceSet references, ScanOptions options)
    {
        using WorkQueue queue = new();
        using SemaphoreSlim turns = new(jobs);
        PathScan? scan = null;
        ScannerPool scanners = new(references, options);
        queue.Add(token =>
        {
            SpinWait.SpinUntil(() => jobs == 1 || queue.HasIdleThread, TimeSpan.FromSeconds(30));
            scan = new TreeScan(queue, scanners, turns).Run(root, hashes: false, scanners.Rent(), token);
        });
        await Crew.RunAsync(jobs, queue.Work, Scanning.Token);
        return scan;
    }

    private static TemporaryTree RandomTree(Random random)
    {
        int[] lengths = [0, 1, 31, 32, 300, 4_095, 4_096, 4_097, 70_000, 262_143, 300_000, 1_200_000];
        TemporaryTree tree = new();
        string[] endings = [".gz", ".pc", ".so", ".h", ".zip", ""];
        int files = random.Next(1, 25);
        for (int file = 0; file < files; file++)
        {
            string name = $"d{random.Next(4)}/f{file}{endings[random.Next(endings.Length)]}";
            if (random.Next(10) == 0)
            {
                tree.Directory(Path.GetDirectoryName(name)!).Symlink(name, $"{Wanted[random.Next(3)]}/lib");
            }
            else
            {
                tree.File(name, Contents(random, lengths[random.Next(lengths.Length)], depth: 2), executable: random.Next(3) == 0);
            }
        }

        return tree;
    }

    private static byte[] Contents(Random random, int length, int depth)
    {
        byte[] contents = random.Next(3) switch
        {
            0 => new byte[length],
            1 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, (length / 8) + 1).Select(line => $"{line:d7}\n"))),
            _ => Noise(random, length),
        };
        Array.Resize(ref contents, length);
        for (int hit = random.Next(6); hit > 0; hit--)
        {
            string text = random.Next(5) switch
            {
                0 => $"\n/nix/store/1nl04p4c9mk6q0ac8hy7xp96lr6v0yl2-other-{random.Next(3)}/bin\n",
                1 => $"\n/nix/store/{new string('e', 32)}-gone\n",
                2 => "\ncc /build/source/a.c\n",
                _ => $"\nrun {Wanted[random.Next(3)]}/bin/{random.Next(5)}\n",
            };
            byte[] bytes = random.Next(4) == 0 ? Encoding.Unicode.GetBytes(text) : Encoding.ASCII.GetBytes(text);
            if (bytes.Length <= length)
            {
                bytes.CopyTo(contents, random.Next(length - bytes.Length + 1));
            }
        }

        return (depth > 0 ? random.Next(8) : 7) switch
        {
            0 => GZip(contents),
            1 => GZip(Contents(random, length / 2, depth - 1)),
            2 => Zip(contents, Contents(random, length / 2, depth - 1)),
            3 => new ElfBuilder(is64: true) { Machine = 62 }.Interpreter($"{Wanted[2]}/lib/ld.so").Dynamic(29, $"{Wanted[0]}/lib").Section(".rodata", 1, 2, contents).Build(),
            4 => new ArchiveBuilder().Member("a.o/", contents).Member("b.o/", Contents(random, length / 3, 0)).Build(),
            5 => [.. "#!/bin/sh\n"u8, .. contents],
            _ => contents,
        };
    }

    private static byte[] Noise(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] GZip(byte[] contents)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(contents);
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(params byte[][] members)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        {
            for (int index = 0; index < members.Length; index++)
            {
                using Stream contents = zip.CreateEntry($"m{index}").Open();
                contents.Write(members[index]);
            }
        }

        return bytes.ToArray();
    }
}
