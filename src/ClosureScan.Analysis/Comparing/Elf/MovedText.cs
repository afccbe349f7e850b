namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>
/// Data with a store path of another length in it: the pieces between are compared, and how far each of them moved is taken note of, so that code
/// which refers to them is explained.
/// </summary>
internal static class MovedText
{
    /// <summary>Whether both sections are the same but for lengths of names and the padding behind them.</summary>
    public static bool IsSame(ElfSidePair sides, ElfPart part, ElfPart other)
    {
        ReadOnlySpan<byte> cross = sides.Cross.Bytes(part);
        ReadOnlySpan<byte> native = sides.Native.Bytes(other);
        Files.SidedContents left = sides.Pair.Cross.With(cross.ToArray());
        Files.SidedContents right = sides.Pair.Native.With(native.ToArray());
        if (left.Places.IsEmpty || left.Places.Length != right.Places.Length)
        {
            return false;
        }

        (int one, int two) = (0, 0);
        while (one < cross.Length && two < native.Length)
        {
            int same = cross[one..].CommonPrefixLength(native[two..]);
            (one, two) = (one + same, two + same);
            if (one >= cross.Length || two >= native.Length)
            {
                break;
            }

            // Either a path whose name is another one, or zeros that align what follows.
            Index? place = Find(left, one);
            Index? counterpart = Find(right, two);
            if (place is { } first && counterpart is { } second && first.Value == second.Value)
            {
                Files.TokenPlace crossPlace = left.Places[first.Value];
                Files.TokenPlace nativePlace = right.Places[second.Value];
                if (left.Word(left.PathOf(crossPlace).BaseName) != right.Word(right.PathOf(nativePlace).BaseName))
                {
                    return false;
                }

                one = crossPlace.Offset + left.PathOf(crossPlace).BaseName.Length;
                two = nativePlace.Offset + right.PathOf(nativePlace).BaseName.Length;
                if (one > cross.Length || two > native.Length)
                {
                    return false;
                }
            }
            else
            {
                int skippedOne = one + Zeros(cross[one..]);
                int skippedTwo = two + Zeros(native[two..]);
                if ((skippedOne == one && skippedTwo == two) || (one > 0 && cross[one - 1] != 0 && cross[one] != 0 && native[two] != 0))
                {
                    if (!IsMovedWord(sides, cross, native, ref one, ref two))
                    {
                        return false;
                    }

                    continue;
                }

                (one, two) = (skippedOne, skippedTwo);
            }

            sides.Shifts.Add(unchecked((long)(other.Section.Address + (ulong)two - part.Section.Address - (ulong)one)));
        }

        return Zeros(cross[one..]) == cross.Length - one && Zeros(native[two..]) == native.Length - two;
    }

    private static bool IsMovedWord(ElfSidePair sides, ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native, ref int one, ref int two)
    {
        int left = one & ~3;
        int right = two - (one - left);
        if (right < 0 || left + 4 > cross.Length || right + 4 > native.Length
            || !sides.Shifts.ExplainsWords(cross.Slice(left, 4), native.Slice(right, 4), is64Bit: false, sides.Cross.Header.IsBigEndian))
        {
            return false;
        }

        (one, two) = (left + 4, right + 4);
        return true;
    }

    /// <summary>The path whose base name lies across a byte.</summary>
    private static Index? Find(Files.SidedContents contents, int at)
    {
        for (int index = 0; index < contents.Places.Length; index++)
        {
            int start = contents.Places[index].Offset;
            if (at >= start && at <= start + contents.PathOf(contents.Places[index]).BaseName.Length)
            {
                return index;
            }
        }

        return null;
    }

    private static int Zeros(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAnyExcept((byte)0);
        return end < 0 ? bytes.Length : end;
    }
}
