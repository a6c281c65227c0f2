using System.Text.RegularExpressions;

namespace EngagementFlows.Server.Webhooks;

/// <summary>What a hook may be called and hold; the database holds the same rules. Pure.</summary>
internal static partial class HookRules
{
    public const int LongestEventName = 300;

    /// <summary>Tells whether a text can be the last part of a hook's address.</summary>
    public static bool IsName(string? name) => name is not null && Name().IsMatch(name);

    /// <summary>Returns the secret that was given, or a new one if none was; <see langword="null"/> = what was given is none.</summary>
    public static string? SecretOf(string? given) => given is null ? WebhookSignature.NewSecret() : WebhookSignature.KeyOf(given) is null ? null : given;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
