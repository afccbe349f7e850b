namespace ClosureScan.Scanning;

/// <summary>Searches a stream that comes as overlapping windows. What it tells depends on the bytes alone, not on how they were cut.</summary>
internal interface IWindowSearch
{
    /// <summary>Searches the next part. For evidence the first of a stream has its first 4 KiB, or all of a shorter one.</summary>
    void Search(in StreamWindow window);
}
