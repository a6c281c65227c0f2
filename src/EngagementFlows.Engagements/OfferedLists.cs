namespace EngagementFlows.Engagements;

/// <summary>The lists of the host from which the designer offers values for inputs; other values stay allowed.</summary>
public static class OfferedLists
{
    /// <summary>Whoever can be given a task: owner, architect, the roles, and people by their mail addresses.</summary>
    public const string Assignees = "assignees";

    /// <summary>The calendars: that of the client, that of the firm, and those with a name.</summary>
    public const string Calendars = "calendars";

    /// <summary>The forms of the flow.</summary>
    public const string Forms = "forms";

    /// <summary>The forms of the flow, and those that belong to the product.</summary>
    public const string AllForms = "all-forms";

    /// <summary>The forms of the flow that the input <c>definition</c> names.</summary>
    public const string FormsOfDefinition = "forms-of-definition";

    /// <summary>The mails of the flow.</summary>
    public const string Mails = "mails";

    /// <summary>The classes of the promise table.</summary>
    public const string PromiseClasses = "promise-classes";
}
