using System.Globalization;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>How many of those who are asked must approve.</summary>
/// <param name="Needed">The number of approvals; <see langword="null"/> = all.</param>
public sealed record ApprovalRule(int? Needed)
{
    /// <summary>What may be written, for messages.</summary>
    public const string Text = "Write all, any, or the number of approvals that are needed.";

    /// <summary>Reads <c>all</c>, <c>any</c> or a number from 1; <see langword="null"/> if it is something else.</summary>
    public static ApprovalRule? Parse(string text) => text.Trim() switch
    {
        "all" => new(Needed: null),
        "any" => new(1),
        var number when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int needed) && needed > 0 => new(needed),
        _ => null,
    };

    /// <summary>Returns what the answers decide; <see langword="null"/> while somebody else's answer may still count.</summary>
    /// <remarks>
    /// Where all must approve, a rejection decides at once, and a return waits for the others, so that the work goes back with everybody's remarks and not one by one.
    /// Where some suffice, it is over as soon as they have approved or can no longer be enough.
    /// </remarks>
    /// <param name="outcomes">The answers so far, at least one.</param>
    /// <param name="open">How many have not answered.</param>
    public string? Decide(IReadOnlyList<string> outcomes, int open)
    {
        int approvals = outcomes.Count(outcome => outcome == TaskOutcomes.Approved);
        int needed = Needed ?? (outcomes.Count + open);
        if (approvals >= needed)
            return TaskOutcomes.Approved;
        bool isRejected = outcomes.Contains(TaskOutcomes.Rejected);
        if (Needed is null)
            return isRejected ? TaskOutcomes.Rejected : open == 0 ? TaskOutcomes.Returned : null;
        return approvals + open >= needed ? null : isRejected ? TaskOutcomes.Rejected : TaskOutcomes.Returned;
    }
}
