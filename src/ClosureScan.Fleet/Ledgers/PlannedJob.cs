using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>A job of an evaluation: what somebody builds, by its name.</summary>
/// <param name="Name">Its name: <c>nixpkgs.cross.armv7l.curl</c>; the store path's where nobody named it.</param>
/// <param name="Root">Its output.</param>
internal sealed record PlannedJob(string Name, StorePath Root);
