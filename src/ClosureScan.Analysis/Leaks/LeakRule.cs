namespace ClosureScan.Analysis.Leaks;

/// <summary>The kinds of findings. Their kebab-case names (<see cref="LeakNames"/>) are stable.</summary>
public enum LeakRule
{
    /// <summary>A file inside a path of the host is built for another platform.</summary>
    ForeignBinary,

    /// <summary>A shebang or a program interpreter (PT_INTERP) lies on the build side.</summary>
    ForeignInterpreter,

    /// <summary>Any other reference to the build side.</summary>
    ForeignReference,

    /// <summary>A store path that the bytes name and the store did not register.</summary>
    UndeclaredReference,

    /// <summary>An interpreter outside the store that NixOS does not have: <c>#!/bin/bash</c>, <c>#!/usr/bin/perl</c>.</summary>
    DanglingInterpreter,

    /// <summary>A reference inside compressed or UTF-16 data, where Nix does not look.</summary>
    HiddenReference,

    /// <summary>A left-over directory of the build.</summary>
    BuildPath,

    /// <summary>A reference that the policy forbids.</summary>
    ForbiddenReference,

    /// <summary>A closure larger than the policy allows.</summary>
    SizeBudget,
}
