using System.CommandLine;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.CommandLine;

/// <summary>The language of a command that speaks to people: <c>--language</c>, or what the environment asks for.</summary>
internal static class CommandLanguage
{
    // In the order in which programs heed them.
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static Option<string?> Option()
    {
        Option<string?> option = new("--language") { Description = "The language of what is printed, en or zh-CN; without it the environment decides (LC_ALL, LC_MESSAGES, LANG)." };
        option.AcceptOnlyFromAmong(Language.English.Tag, Language.Chinese.Tag);
        return option;
    }

    /// <summary>Returns the language that was asked for; <paramref name="environment"/> gives the value of a variable, or <see langword="null"/>.</summary>
    public static Language Of(string? asked, Func<string, string?> environment) =>
        Language.Of(asked ?? Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)));
}
