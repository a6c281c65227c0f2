using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Samples;

/// <summary>What somebody does in the story of the sample firm; a closed set.</summary>
/// <param name="Day">How many working days before today; 0 = at the end of the story, which is now.</param>
/// <param name="At">The local time of whoever acts.</param>
internal abstract record MonthAct(int Day, TimeOnly At)
{
    /// <summary>A process begins for the engagement.</summary>
    /// <param name="Day">See <see cref="MonthAct"/>.</param>
    /// <param name="At">See <see cref="MonthAct"/>.</param>
    /// <param name="Process">Its id.</param>
    /// <param name="Input">Its inputs.</param>
    public sealed record Starts(int Day, TimeOnly At, string Process, PlainObject Input) : MonthAct(Day, At)
    {
        public override string ToString() => $"'{Process}' begins";
    }

    /// <summary>The contact follows the link of a mail and answers, or declines.</summary>
    /// <param name="Day">See <see cref="MonthAct"/>.</param>
    /// <param name="At">See <see cref="MonthAct"/>.</param>
    /// <param name="Mail">The template of the mail whose latest link is followed.</param>
    /// <param name="With">The answers; <see langword="null"/> = the contact declines.</param>
    /// <param name="Comment">Why the contact declines, or <see langword="null"/>.</param>
    public sealed record Answers(int Day, TimeOnly At, string Mail, PlainObject? With, string? Comment) : MonthAct(Day, At)
    {
        public override string ToString() => $"the contact answers '{Mail}'";
    }

    /// <summary>A member of staff completes a task.</summary>
    /// <param name="Day">See <see cref="MonthAct"/>.</param>
    /// <param name="At">See <see cref="MonthAct"/>.</param>
    /// <param name="By">How his mail address begins, up to the @.</param>
    /// <param name="Task">The English title of the task.</param>
    /// <param name="Outcome">One of the task's outcomes.</param>
    /// <param name="Comment">What he says about it, or <see langword="null"/>.</param>
    /// <param name="With">The answers of the task's form, or <see langword="null"/>.</param>
    public sealed record Completes(int Day, TimeOnly At, string By, string Task, string Outcome, string? Comment, PlainObject? With) : MonthAct(Day, At)
    {
        public override string ToString() => $"{By} completes '{Task}' as '{Outcome}'";
    }

    /// <summary>A member of staff marks a milestone as reached.</summary>
    /// <param name="Day">See <see cref="MonthAct"/>.</param>
    /// <param name="At">See <see cref="MonthAct"/>.</param>
    /// <param name="By">How his mail address begins, up to the @.</param>
    /// <param name="Milestone">Its name.</param>
    public sealed record Reaches(int Day, TimeOnly At, string By, string Milestone) : MonthAct(Day, At)
    {
        public override string ToString() => $"{By} marks '{Milestone}' as reached";
    }
}
