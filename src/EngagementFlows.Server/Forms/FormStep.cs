using EngagementFlows.Engagements.Forms;

namespace EngagementFlows.Server.Forms;

/// <summary>Where a press of a button leads in a form of several pages.</summary>
/// <param name="Place">The page to show.</param>
/// <param name="Faults">What is to be mended on it.</param>
/// <param name="IsSent">Whether the whole form is complete and was sent.</param>
internal sealed record FormStep(int Place, IReadOnlyList<AnswerFault> Faults, bool IsSent)
{
    /// <summary>Decides by the posted fields: <c>page</c> (where the reader stands), <c>shown</c> (questions on it), <c>go</c> (the button).</summary>
    public static FormStep Of(FormWalk walk, IFormCollection fields)
    {
        int place = walk.PlaceOf(fields["page"]);
        FormPage page = walk.Pages[place];
        HashSet<string> shown = [.. fields["shown"].OfType<string>()];
        string go = fields["go"].ToString();
        if (go == "back")
            return new(Math.Max(0, place - 1), [], IsSent: false);
        if (go == "look")
            return new(place, [], IsSent: false);
        IReadOnlyList<AnswerFault> faults = walk.FaultsOf(page, shown);
        // What an answer on this page has just made visible is asked before one goes on.
        if (faults.Count > 0 || walk.HasUnseen(page, shown))
            return new(place, faults, IsSent: false);
        if (place < walk.Pages.Count - 1)
            return new(place + 1, [], IsSent: false);
        // A page before may have become faulty by a later answer, or was skipped by hand.
        return walk.FirstFaulty() is { } faulty
            ? new(walk.PlaceOf(faulty.Name), [.. walk.Validation.Faults], IsSent: false)
            : new(place, [], IsSent: true);
    }
}
