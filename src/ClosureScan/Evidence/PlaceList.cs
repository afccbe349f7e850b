using System.Runtime.InteropServices;

namespace ClosureScan.Evidence;

/// <summary>What the searches found in one window.</summary>
internal sealed class PlaceList
{
    private readonly List<FoundPlace> _places = [];

    /// <summary>How many.</summary>
    public int Count => _places.Count;

    /// <summary>Takes a find.</summary>
    public void Add(in FoundPlace place) => _places.Add(place);

    /// <summary>The finds in the order of their positions. Valid until the next change.</summary>
    public ReadOnlySpan<FoundPlace> InOrder()
    {
        Span<FoundPlace> places = CollectionsMarshal.AsSpan(_places);
        for (int index = 1; index < places.Length; index++)
        {
            if (places[index].Position < places[index - 1].Position)
            {
                places.Sort(static (left, right) => left.Position.CompareTo(right.Position));
                break;
            }
        }

        return places;
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => _places.Clear();
}
