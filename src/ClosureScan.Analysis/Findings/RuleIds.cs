namespace ClosureScan.Analysis.Findings;

/// <summary>The names of the rules that come with the library, as policies, baselines and reports spell them. An embedder's own rule has a name of its own.</summary>
public static class RuleIds
{
    /// <summary>A file inside a path of the host is built for another platform.</summary>
    public const string ForeignBinary = "foreign-binary";

    /// <summary>A file starts through an interpreter (shebang, PT_INTERP) of the build side.</summary>
    public const string ForeignInterpreter = "foreign-interpreter";

    /// <summary>Any other reference to the build side.</summary>
    public const string ForeignReference = "foreign-reference";

    /// <summary>A store path that the bytes name and the store did not register.</summary>
    public const string UndeclaredReference = "undeclared-reference";

    /// <summary>An interpreter that is not there: <c>#!/bin/bash</c>, <c>#!/usr/bin/perl</c>.</summary>
    public const string DanglingInterpreter = "dangling-interpreter";

    /// <summary>A reference inside compressed or UTF-16 data, where Nix does not look.</summary>
    public const string HiddenReference = "hidden-reference";

    /// <summary>A left-over directory of the build.</summary>
    public const string BuildPath = "build-path";

    /// <summary>A compiler, or an output for developers, in a native closure that is to run.</summary>
    public const string BuildTool = "build-tool";

    /// <summary>A reference that the policy forbids.</summary>
    public const string ForbiddenReference = "forbidden-reference";

    /// <summary>A closure larger than the policy allows.</summary>
    public const string SizeBudget = "size-budget";
}
