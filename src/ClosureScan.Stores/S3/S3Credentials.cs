namespace ClosureScan.Stores.S3;

/// <summary>Who signs a request.</summary>
/// <param name="KeyId">The public name of the key.</param>
/// <param name="Secret">The key.</param>
/// <param name="SessionToken">What makes temporary keys good; null for lasting ones.</param>
internal sealed record S3Credentials(string KeyId, string Secret, string? SessionToken)
{
    private const string NotSupported = "ClosureScan takes keys from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) or from a profile that has them; "
        + "SSO, roles, instance metadata and credential processes are not supported. To get keys of such a profile: eval \"$(aws configure export-credentials --profile PROFILE --format env)\"";

    /// <summary>
    /// Finds credentials: those of the profile, where one is named by the URI; else the environment's; else those of AWS_PROFILE or
    /// <c>default</c>. Null when there are none at all: requests then go unsigned, which public buckets allow.
    /// </summary>
    /// <param name="profile">The URI's profile; null for none.</param>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="StoreException">A profile that is named is not there, or has no keys.</exception>
    public static S3Credentials? Find(string? profile, Func<string, string?> variable)
    {
        string? id = variable("AWS_ACCESS_KEY_ID");
        string? secret = variable("AWS_SECRET_ACCESS_KEY");
        if (profile is null && !string.IsNullOrEmpty(id) && !string.IsNullOrEmpty(secret))
        {
            return new S3Credentials(id, secret, NotEmpty(variable("AWS_SESSION_TOKEN")));
        }

        string? named = profile ?? NotEmpty(variable("AWS_PROFILE"));
        string home = Path.Combine(variable("HOME") ?? "/", ".aws");
        Dictionary<string, string> settings = [];
        Read(NotEmpty(variable("AWS_CONFIG_FILE")) ?? Path.Combine(home, "config"), named is null or "default" ? ["default", "profile default"] : ["profile " + named], settings);
        Read(NotEmpty(variable("AWS_SHARED_CREDENTIALS_FILE")) ?? Path.Combine(home, "credentials"), [named ?? "default"], settings);
        if (settings.TryGetValue("aws_access_key_id", out id) && settings.TryGetValue("aws_secret_access_key", out secret))
        {
            return new S3Credentials(id, secret, settings.GetValueOrDefault("aws_session_token"));
        }

        return named is null && settings.Count == 0
            ? null
            : settings.Count == 0
                ? throw new StoreException($"There is no profile \"{named}\" in {home}/credentials or {home}/config. {NotSupported}")
                : settings.Keys.FirstOrDefault(IsIndirect) is { } indirect
                    ? throw new StoreException($"The profile \"{named ?? "default"}\" has no keys, but {indirect}. {NotSupported}")
                    : named is null ? null : throw new StoreException($"The profile \"{named}\" has no keys. {NotSupported}");
    }

    private static bool IsIndirect(string setting) =>
        setting.StartsWith("sso_", StringComparison.Ordinal) || setting is "role_arn" or "credential_process" or "credential_source" or "web_identity_token_file";

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void Read(string file, string[] sections, Dictionary<string, string> settings)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }

        bool isMeant = false;
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line is ['[', .. var section, ']'])
            {
                isMeant = sections.Contains(section.Trim());
            }
            else if (isMeant && line.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals)
            {
                settings[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
        }
    }
}
