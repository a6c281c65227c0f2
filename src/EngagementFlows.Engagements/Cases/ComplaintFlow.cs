using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Cases;

/// <summary>The flow that takes complaints, as staff and programs start it.</summary>
public static class ComplaintFlow
{
    /// <summary>Its definition.</summary>
    public const string DefinitionId = "complaint-escalation";

    /// <summary>The form by which clients start it.</summary>
    public const string FormPath = "forms/complaint.json";

    /// <summary>The greatest length of a subject.</summary>
    public const int SubjectLength = 200;

    /// <summary>The greatest length of a description.</summary>
    public const int DescriptionLength = 5_000;

    /// <summary>Returns its inputs.</summary>
    /// <param name="subject">What it is about, in a line.</param>
    /// <param name="description">What was told, or <see langword="null"/>.</param>
    /// <param name="urgency">A class of <see cref="CaseClasses"/>.</param>
    /// <param name="raisedBy">Who told it.</param>
    public static PlainObject Inputs(string subject, string? description, string urgency, string raisedBy) => new()
    {
        ["Subject"] = subject,
        ["Description"] = description,
        ["Class"] = urgency,
        [Links.StandingInputs.RaisedBy] = raisedBy,
    };
}
