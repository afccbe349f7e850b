namespace ClosureScan.Cli.Shell;

/// <summary>The environment variables that the tool looks at.</summary>
internal static class EnvironmentVariables
{
    /// <summary>Each with what it does, one sentence.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Meanings { get; } =
    [
        ("NO_COLOR", "When set and not empty, nothing is coloured."),
        ("FORCE_COLOR", "When set and neither empty nor 0, output is coloured also where it is no terminal; NO_COLOR and --no-color win."),
        ("NIX_CONF_DIR, NIX_CONFIG, NIX_USER_CONF_FILES", "Where Nix's configuration is: store, substituters, trusted-public-keys, netrc-file, http-connections and others are its."),
        ("NIX_REMOTE, NIX_DAEMON_SOCKET_PATH, NIX_STORE_DIR, NIX_STATE_DIR", "The local store, its daemon and its folders, as for Nix."),
        ("NIX_SSL_CERT_FILE, SSL_CERT_FILE", "The certificates that a server's is checked against, the first that is set; the machine's where none is."),
        ("https_proxy, http_proxy, all_proxy, no_proxy", "The proxies that servers are reached through."),
        ("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE", "Who reads from a bucket; without them requests go unsigned."),
        ("NIX_SSHOPTS", "Options for ssh."),
        ("CLOSURESCAN_LEDGER, CLOSURESCAN_CACHE, CLOSURESCAN_QUEUE", "What --ledger, --cache (several between blanks) and --queue of the fleet commands are when they are not given."),
        ("XDG_CACHE_HOME", "Where the cache of what scans found lies, below closurescan; ~/.cache where it is not set."),
        ("CLOSURESCAN_KERNEL", "The search kernel to use instead of the fastest one: vector512, vector256, vector128 or scalar."),
    ];
}
