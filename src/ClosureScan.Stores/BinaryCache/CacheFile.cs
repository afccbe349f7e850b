namespace ClosureScan.Stores.BinaryCache;

/// <summary>An opened file of a cache.</summary>
/// <param name="Bytes">Its bytes, as they lie there.</param>
/// <param name="Name">Its whole name, for messages.</param>
/// <param name="Remark">What is odd about it already, as a sentence with a blank behind; empty for nothing.</param>
internal readonly record struct CacheFile(Stream Bytes, string Name, string Remark = "");
