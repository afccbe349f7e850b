using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;

using static ClosureScan.Analysis.Tests.Corpus.CorpusMachine;
using static ClosureScan.Analysis.Tests.Corpus.CorpusTarget;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>Leaks in scripts: first lines, bodies and wrappers.</summary>
internal static class ScriptRows
{
    private const string WrapperBody = "export PATH='<out>/bin'\nexec -a \"$0\" \"<out>/bin/.prog-wrapped\"  \"$@\"\n";

    private static readonly CorpusTarget Execline = new("execline-2.9.4", "execline@-2.9.4");
    private static readonly CorpusTarget S6 = new("s6-2.12.0", "s6@-2.12.0");

    public static ImmutableArray<CorpusRow> Rows { get; } =
    [
        new("L03", 'V', Arm, Plant.Shebang("glibc@-2.27-bin", "bin/sotruss", Bash)),
        new("L10", 'V', Arm, Plant.Shebang("git@-2.33.0", "libexec/git-core/git-submodule", Bash, "/bin/sh")),
        new("L11", 'V', Arm, Plant.Shebang("bison@-3.8.2", "bin/yacc", Bash, "/bin/sh", "exec '<out>/bin/bison' -y \"$@\"\n")),
        new("L12", 'P', Arm, Plant.Shebang("ghc@-8.6.5", "bin/ghc", Bash, "/bin/sh", "exec \"<out>/lib/ghc-8.6.5/bin/ghc\" ${1+\"$@\"}\n")),
        new("L13", 'V', Arm, Plant.Shebang("zstd@-1.4.5-bin", "bin/zstdgrep", Bash)),
        new("L14", 'V', Arm, Plant.Shebang("alsa-utils@-1.2.4", "bin/alsa-info.sh", Bash, "/bin/bash -e", WrapperBody)),
        new("L15", 'V', Arm, Plant.Shebang("calibre@-3.36.0", "bin/calibre", Bash, "/bin/bash -e", WrapperBody)),
        new("L16", 'V', Aarch64,
            Plant.Shebang("systemd@-252.5", "lib/kernel/install.d/50-depmod.install", Bash, "/bin/sh"),
            Plant.Shebang("systemd@-252.5", "lib/kernel/install.d/90-loaderentry.install", Coreutils, "/bin/env sh")),
        new("L21", 'V', Arm, Plant.Shebang("ruby@3.1-nokogiri-1.13@", "lib/ruby/gems/3.1.0/bin/nokogiri", Ruby, "/bin/ruby", "require 'rubygems'\n")),

        // A dev output's scripts are for whoever builds against it: here they only take room.
        new("L22", 'P', Arm, Plant.Shebang("glib@-2.68.3-dev", "bin/glib-mkenums", Python, "/bin/python3") with { Effect = Effect.Bloats }),
        new("L24", 'V', Arm, Plant.Shebang("python3.11-pygments-2.15@", "bin/pygmentize", Python, "/bin/python3.11", "import sys\n")),

        // A virtual environment has a mended copy of each script and links to the packages for the rest, so that the report (pyproject.nix, issue 189)
        // spoke of size alone. The script that the package keeps does not start on the host all the same: that is what "breaks" says.
        new("L25", 'V', Aarch64,
            Plant.Shebang("python3.11-app@-1.0", "bin/app", Python, "/bin/python3.11", "import sys\n"),
            Plant.Link("app-env@-1.0", "lib/python3.11/site-packages/app", new("python3.11-app@-1.0", "python3.11-app@-1.0"), "/lib/python3.11/site-packages/app") with { Rule = null }),
        new("L26", 'P', Arm,
            Plant.Shebang("samba@-4.17.7", "bin/samba-tool", Python, "/bin/python3.11", "import samba\n"),
            Plant.Shebang("samba@-4.17.7", "share/ctdb/scripts/statd-callout", Bash, "/bin/sh")),
        new("L34", 'P', Arm, Plant.Shebang("hspell@-1.4", "bin/multispell", Perl, "/bin/perl -w", "use strict;\n")),
        new("L37", 'V', Arm,
            Plant.Shebang("mpv@-0.36.0", "bin/umpv", Python, "/bin/python3", "import sys\n"),
            Plant.Shebang("mpv@-0.36.0", "bin/mpv_identify.sh", Bash)),
        new("L38", 'V', Arm,
            Plant.Shebang("dialect@-2.2.0", "share/dialect/search_provider", Python, "/bin/python3", "import sys\n"),
            Plant.Text("iotas@-0.2.10", "share/iotas/iotas/const.py", Mechanism.Shebang, Python, "#!<it>/bin/python3\nVERSION = '0.2.10'\n") with
            {
                Rule = RuleIds.ForeignInterpreter,
            }),
        new("L40", 'N', Arm, Plant.Text("neovim@-0.9.4", "bin/nvim-ruby", Mechanism.Wrapper, Ruby,
            "#!/bin/sh\nexport GEM_HOME='<out>/share/gems'\nexec -a \"$0\" \"<it>/bin/ruby\" \"$@\"\n", executable: true) with { Effect = Effect.Breaks }),
        new("L41", 'V', Arm, Plant.Shebang("msmtp@-1.8.25", "bin/msmtpq", Bash)),
        new("L42", 'V', Aarch64,
            Plant.Shebang("binutils-wrapper@-2.38", "bin/ld", Bash, "/bin/bash", "set -eu -o pipefail\n"),
            Plant.Text("binutils-wrapper@-2.38", "bin/as", Mechanism.ScriptBody, new("expand-response-params", "expand-response-params@"),
                "#!/bin/sh\nresponse=$(<it>/bin/expand-response-params \"$@\")\n", executable: true) with { Effect = Effect.Breaks },
            Plant.Text("binutils-wrapper@-2.38", "nix-support/utils.bash", Mechanism.NixSupport, Coreutils, "tool=<it>/bin/readlink\n")),
        new("L46", 'N', Arm, Plant.Shebang("apache-httpd@-2.4.58-dev", "bin/apxs", Perl, "/bin/perl -w", "use strict;\n") with { Effect = Effect.Bloats }),
        new("L47", 'V', Arm,
            Plant.Shebang("s6-rc-compiled@-1", "servicedirs/s6rc-oneshot-runner/run", Execline, "/bin/execlineb -P", "fdmove -c 2 1\n"),
            Plant.Text("s6-rc-compiled@-1", "servicedirs/s6rc-fdholder/run", Mechanism.ScriptBody, S6,
                "#!/bin/sh -e\nexec <it>/bin/s6-fdholder-daemon -1 -i data/rules s\n", executable: true) with { Effect = Effect.Breaks }),
        new("L48", 'V', Aarch64, Plant.Shebang("microvm-qemu-vm", "bin/microvm-run", Bash, "/bin/bash", "set -eou pipefail\n")),
        new("L49", 'V', Aarch64, Plant.Text("firmware-builder.sh", "", Mechanism.ScriptBody, Coreutils,
            "#!/bin/sh\nset -e\nexport PATH=/empty:<it>/bin\ncp -r \"$1\" \"$2\"\n", executable: true) with { Effect = Effect.Breaks }),
        new("L63", 'V', Intel, Plant.Text("zfs-user-2.1.5", "share/zfs/zfs-tests/include/default.cfg", Mechanism.Text, Gcc, "export CC=<it>/bin/gcc\n") with
        {
            Rule = RuleIds.ForbiddenReference,
        }) { IsNative = true },
        new("L44", 'V', Intel, Plant.Shebang("gnugrep-3.7", "bin/egrep", Native("bootstrap-tools"), "/bin/sh", "exec grep -E \"$@\"\n") with
        {
            Rule = RuleIds.ForbiddenReference,
            Effect = Effect.Bloats,
        }) { IsNative = true },
        new("L68", 'G', Arm,
            Plant.Shebang("kbd@-2.6.4", "bin/unicode_start", Bash, "/bin/sh"),
            Plant.Text("argc@-1.9.0", "share/bash-completion/completions/argc.bash", Mechanism.Text, new("argc-1.9.0", "argc@-1.9.0"),
                "_argc_completer() { <it>/bin/argc --argc-compgen bash \"$@\"; }\n") with { Effect = Effect.Breaks }),
        new("L70", 'V', Arm, Plant.Shebang("nixos-install", "bin/nixos-install", Bash, "/bin/bash", "set -e\n")),
    ];
}
