namespace ClosureScan.Evidence;

/// <summary>Turns what was found in a derived stream into evidence.</summary>
/// <param name="holder">The file it was made of.</param>
/// <param name="section">What the stream is.</param>
/// <param name="areOffsetsInFile">Whether offsets are offsets in the file; otherwise they are offsets in the stream.</param>
internal delegate void DerivedEnd(in EvidenceFile holder, string section, bool areOffsetsInFile);
