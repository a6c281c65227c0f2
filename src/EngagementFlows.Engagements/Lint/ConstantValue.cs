using System.Text.RegularExpressions;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Reads what an input holds at every run: a literal, a Liquid text without tags, or a script that is nothing but a value. Pure.</summary>
/// <remarks>Whatever needs more than reading is not judged: a rule that guesses would block flows that are right.</remarks>
internal static partial class ConstantValue
{
    /// <summary>Returns whether it is known before the flow runs.</summary>
    /// <param name="input">The input; <see langword="null"/> = it is left out, and so nothing at every run.</param>
    /// <param name="value">The value; <see langword="null"/> if there is none.</param>
    public static bool TryRead(InputBinding? input, out object? value)
    {
        value = input?.Expression.Value;
        switch (input?.Expression)
        {
            case null or { Kind: ExpressionKind.Literal }:
                return true;
            case { Kind: ExpressionKind.Liquid, Text: { } text }:
                return !text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal);
            case { Kind: ExpressionKind.JavaScript, Text: { } script } when Value().Match(script) is { Success: true } match:
                value = match.Groups["text"].Success ? match.Groups["text"].Value : match.Groups["bare"].Value is "null" or "undefined" ? null : match.Groups["bare"].Value;
                return true;
            default:
                return false;
        }
    }

    // A text without escapes, a truth value, a number, or nothing.
    [GeneratedRegex("""^\s*(?:return\s+)?(?:'(?<text>[^'\\\r\n]*)'|"(?<text>[^"\\\r\n]*)"|`(?<text>[^`\\$]*)`|(?<bare>true|false|null|undefined|-?\d+(?:\.\d+)?))\s*;?\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
