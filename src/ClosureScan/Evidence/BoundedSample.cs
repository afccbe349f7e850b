namespace ClosureScan.Evidence;

/// <summary>
/// Keeps the first items of a sequence up to a bound, and sees to it that no kind of item is missing while there is room:
/// when the sample is full, an item of a kind not kept yet takes the place of the last item whose kind is kept more than once.
/// A reader of 64 pieces of evidence so learns of the one shebang among a thousand lines of text.
/// </summary>
internal sealed class BoundedSample<TItem, TKind>
    where TKind : IEquatable<TKind>
{
    private readonly List<(TKind Kind, TItem Item)> _kept = [];

    /// <summary>How many items are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>The item at <paramref name="index"/>; the order is that of the sequence.</summary>
    public TItem this[int index] => _kept[index].Item;

    /// <summary>Whether <see cref="Add"/> would keep an item of this kind.</summary>
    public bool Accepts(TKind kind, int bound) =>
        _kept.Count < bound || (bound > 0 && !Keeps(kind) && FindRepeated() >= 0);

    /// <summary>Keeps an item, if its kind and the bound allow.</summary>
    public void Add(TKind kind, TItem item, int bound)
    {
        if (_kept.Count < bound)
        {
            _kept.Add((kind, item));
        }
        else if (bound > 0 && !Keeps(kind) && FindRepeated() is >= 0 and int index)
        {
            _kept.RemoveAt(index);
            _kept.Add((kind, item));
        }
    }

    /// <summary>Gives up items until the bound holds: repeated kinds first, from the end.</summary>
    public void Trim(int bound)
    {
        while (_kept.Count > bound)
        {
            int index = FindRepeated();
            _kept.RemoveAt(index >= 0 ? index : _kept.Count - 1);
        }
    }

    /// <summary>Forgets all items.</summary>
    public void Clear() => _kept.Clear();

    private bool Keeps(TKind kind)
    {
        foreach ((TKind kept, _) in _kept)
        {
            if (kept.Equals(kind))
            {
                return true;
            }
        }

        return false;
    }

    private int FindRepeated()
    {
        for (int index = _kept.Count - 1; index > 0; index--)
        {
            for (int before = 0; before < index; before++)
            {
                if (_kept[before].Kind.Equals(_kept[index].Kind))
                {
                    return index;
                }
            }
        }

        return -1;
    }
}
