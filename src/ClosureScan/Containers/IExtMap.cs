namespace ClosureScan.Containers;

/// <summary>Says where the blocks of a file lie.</summary>
internal interface IExtMap
{
    /// <summary>The run that holds a block of the file.</summary>
    ExtRun Find(long block);
}
