using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The rule for the name of a mail: it becomes a part of a path.</summary>
internal static class MailName
{
    /// <summary>Returns the mail's name in an input.</summary>
    public static string Of(ActivityContext context, string input) => Optional(context, input) ?? throw EngagementContext.Fault(context, input, null, "It must not be empty.");

    /// <summary>Returns the mail's name in an input; <see langword="null"/> if it is not set.</summary>
    public static string? Optional(ActivityContext context, string input)
    {
        string? name = context.OptionalText(input);
        if (name is null || name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-'))
            return name;
        throw EngagementContext.Fault(context, input, name, "Name a mail of the process by small letters, digits and hyphens: welcome means mail/welcome.<language>.md.");
    }
}
