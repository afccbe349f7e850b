using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Benchmarks.Kernels;

/// <summary>Bytes to search, all made from seeds but the ELF ones, which are those of the runtime that runs this.</summary>
internal static class Corpus
{
    /// <summary>What <see cref="Make"/> can make: ordinary data first, then what punishes a search.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["elf", "text", "zeros", "random", "hex", "base64", "base32-wall", "hash-dense", "near-miss", "one-letter"];

    /// <summary>The ordinary ones, on which memory should be the limit.</summary>
    public static bool IsOrdinary(string name) => name is "elf" or "text" or "zeros" or "random" or "base64";

    /// <summary>Different random hashes.</summary>
    public static StorePathHash[] Hashes(int count)
    {
        var random = new Random(1);
        var hashes = new StorePathHash[count];
        byte[] digits = new byte[StorePathHash.Length];
        foreach (ref StorePathHash hash in hashes.AsSpan())
        {
            FillLetters(random, digits);
            hash = StorePathHash.TryParse(digits, out StorePathHash parsed) ? parsed : throw new InvalidOperationException("A digit is none.");
        }

        return hashes;
    }

    /// <summary>What is looked for in a corpus: the hashes, and in <c>one-letter</c> one among them with a run of twelve of that letter in its middle.</summary>
    public static StorePathHash[] Wanted(string name, StorePathHash[] hashes)
    {
        if (name != "one-letter")
        {
            return hashes;
        }

        string first = hashes[0].ToString();
        return [StorePathHash.Parse($"{first[..10]}{new string('0', 12)}{first[22..]}"), .. hashes[1..]];
    }

    /// <summary>A corpus of <paramref name="length"/> bytes.</summary>
    public static byte[] Make(string name, int length, StorePathHash[] hashes)
    {
        byte[] bytes = new byte[length];
        var random = new Random(2);
        switch (name)
        {
            case "elf":
                string runtime = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libcoreclr.so");
                Repeat(File.ReadAllBytes(File.Exists(runtime) ? runtime : Environment.ProcessPath!), bytes);
                break;
            case "text":
                Repeat(Text(random), bytes);
                break;
            case "zeros":
                bytes.AsSpan().Clear(); // written, or all pages would be the one page of zeros of the kernel
                break;
            case "random":
                random.NextBytes(bytes);
                break;
            case "hex":
                FillLines(bytes, line => Checksum(random, line));
                break;
            case "base64":
                byte[] raw = new byte[(length / 4 * 3) + 3];
                random.NextBytes(raw);
                Encoding.ASCII.GetBytes(Convert.ToBase64String(raw).AsSpan(0, length), bytes);
                break;
            case "base32-wall":
                FillLetters(random, bytes);
                break;
            case "hash-dense":
                FillLines(bytes, line => line.Append("/nix/store/").Append(hashes[random.Next(hashes.Length)]).Append("-package-1.2.3\n"));
                break;
            case "one-letter":
                bytes.AsSpan().Fill((byte)'0');
                break;
            case "near-miss":
                FillNearMisses(random, bytes, hashes);
                break;
            default:
                throw new ArgumentException($"No corpus is called {name}.", nameof(name));
        }

        return bytes;
    }

    // Lines as sha256sum writes them.
    private static void Checksum(Random random, StringBuilder line)
    {
        Span<byte> hash = stackalloc byte[32];
        random.NextBytes(hash);
        line.Append(Convert.ToHexStringLower(hash)).Append("  src/file-").Append(random.Next(10_000)).Append(".c\n");
    }

    // English words, names of C and path names, as source and scripts have them.
    private static byte[] Text(Random random)
    {
        string[] words =
        [
            "the", "a", "of", "and", "if", "return", "static", "const", "struct", "int", "char", "void", "for", "while", "include",
            "configuration", "compiler", "library_path", "prefix", "/usr/lib", "$(CC)", "-I../include", "buffer", "length", "offset",
            "NULL", "0x00ff", "printf", "%s", "error", "warning:", "this", "is", "not", "which", "with", "from", "by", "internationalization",
        ];
        string[] separators = [" ", " ", " ", " ", "\n    ", ", ", "; ", " (", ") ", " = ", "->", ".\n\n"];
        var text = new StringBuilder();
        while (text.Length < 1 << 20)
        {
            text.Append(words[random.Next(words.Length)]).Append(separators[random.Next(separators.Length)]);
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void FillLetters(Random random, Span<byte> bytes)
    {
        random.NextBytes(bytes);
        foreach (ref byte letter in bytes)
        {
            letter = (byte)NixBase32.Alphabet[letter & 31];
        }
    }

    // Whole hashes without a seam, each with one letter replaced.
    private static void FillNearMisses(Random random, Span<byte> bytes, StorePathHash[] hashes)
    {
        for (; bytes.Length >= StorePathHash.Length; bytes = bytes[StorePathHash.Length..])
        {
            hashes[random.Next(hashes.Length)].CopyTo(bytes);
            ref byte letter = ref bytes[random.Next(StorePathHash.Length)];
            letter = (byte)(letter == '0' ? '1' : '0');
        }
    }

    private static void FillLines(Span<byte> bytes, Action<StringBuilder> append)
    {
        var line = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            line.Clear();
            append(line);
            byte[] encoded = Encoding.ASCII.GetBytes(line.ToString());
            int count = Math.Min(encoded.Length, bytes.Length);
            encoded.AsSpan(0, count).CopyTo(bytes);
            bytes = bytes[count..];
        }
    }

    private static void Repeat(ReadOnlySpan<byte> piece, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(piece.Length, bytes.Length);
            piece[..count].CopyTo(bytes);
            bytes = bytes[count..];
        }
    }
}
