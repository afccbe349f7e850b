namespace ClosureScan.Containers;

/// <summary>
/// A block of lz4: sequences of a token (four bits the length of literals, four bits that of a match less four, 15 meaning that bytes follow to be added, 255 meaning
/// one more), the literals, an offset of two bytes backwards; the last sequence has literals alone (lz4: doc/lz4_Block_format.md).
/// </summary>
/// <remarks>No package that the project has knows bare blocks, which squashfs and the kernel's lz4 are made of.</remarks>
internal static class Lz4Block
{
    /// <summary>Fills <paramref name="plain"/> and returns how many bytes there were.</summary>
    /// <param name="block">The block.</param>
    /// <param name="plain">Room for the bytes, behind <paramref name="history"/> bytes that came before and may be referred to.</param>
    /// <param name="history">How many bytes of it are filled already.</param>
    /// <exception cref="InvalidDataException">The block is malformed, or has more bytes than there is room for.</exception>
    public static int Decode(ReadOnlySpan<byte> block, Span<byte> plain, int history = 0)
    {
        const int MinMatch = 4;
        int from = 0;
        int to = history;
        while (from < block.Length)
        {
            byte token = block[from++];
            int literals = Length(block, ref from, token >> 4);
            if (literals > block.Length - from || literals > plain.Length - to)
            {
                throw Malformed(from);
            }

            block.Slice(from, literals).CopyTo(plain[to..]);
            from += literals;
            to += literals;
            if (from == block.Length)
            {
                break;
            }

            if (block.Length - from < 2)
            {
                throw Malformed(from);
            }

            int distance = block[from] | (block[from + 1] << 8);
            from += 2;
            int match = Length(block, ref from, token & 15) + MinMatch;
            if (distance == 0 || distance > to || match > plain.Length - to)
            {
                throw Malformed(from);
            }

            // The match may overlap what it makes.
            for (int index = 0; index < match; index++)
            {
                plain[to] = plain[to - distance];
                to++;
            }
        }

        return to - history;
    }

    private static int Length(ReadOnlySpan<byte> block, ref int from, int length)
    {
        if (length < 15)
        {
            return length;
        }

        byte more;
        do
        {
            if (from == block.Length || length > int.MaxValue / 2)
            {
                throw Malformed(from);
            }

            more = block[from++];
            length += more;
        }
        while (more == 255);
        return length;
    }

    private static InvalidDataException Malformed(int offset) => new($"The lz4 block is malformed at byte {offset}.");
}
