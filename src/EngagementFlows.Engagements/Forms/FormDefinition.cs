using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Forms;

/// <summary>A form as the server understands it: what is asked, when, and what counts as an answer.</summary>
/// <param name="Title">The form's title.</param>
/// <param name="Description">What it is for, or <see langword="null"/>.</param>
/// <param name="Pages">The pages, in order; each question stands on one of them.</param>
public sealed record FormDefinition(LocalizedText Title, LocalizedText? Description, IReadOnlyList<FormPage> Pages)
{
    /// <summary>Gets all questions, in the order in which they are asked; those of groups stand in their group.</summary>
    public IReadOnlyList<FormQuestion> Questions { get; } = [.. Pages.SelectMany(page => page.Questions)];

    /// <summary>Gets all questions, each group followed by its own.</summary>
    public IEnumerable<FormQuestion> AllQuestions => Questions.SelectMany(question => question.Group is null ? [question] : question.Group.Questions.Prepend(question));

    /// <summary>Gets whether a question is answered with a member of staff: such a form is for staff only.</summary>
    public bool AsksForStaff => AllQuestions.Any(question => question.Staff is not null);

    /// <summary>Returns the form with the members of staff as choices, where it asks for one.</summary>
    /// <param name="staff">Those who are offered; each question takes those of its role. The value is the mail address, the text the name.</param>
    public FormDefinition WithStaff(IReadOnlyList<Person> staff) =>
        AsksForStaff ? With(question => question.WithStaff(staff)) : this;

    /// <summary>Returns the form as it is answered now: bounds of dates that go by the day are set. Of a form that has some, only what this returns can check answers.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="zone">The IANA zone of who answers; UTC if this machine does not know it.</param>
    public FormDefinition On(DateTimeOffset now, string zone)
    {
        if (!AllQuestions.Any(question => question.GoesByToday))
            return this;
        TimeZoneInfo local = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc;
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, local).DateTime);
        return With(question => question.On(today));
    }

    private FormDefinition With(Func<FormQuestion, FormQuestion> change) =>
        new(Title, Description, [.. Pages.Select(page => page with { Questions = [.. page.Questions.Select(change)] })]);
}

/// <summary>A page of a form.</summary>
/// <param name="Name">The page's name.</param>
/// <param name="Title">Its title, or <see langword="null"/>.</param>
/// <param name="Description">What it is for, or <see langword="null"/>.</param>
/// <param name="Questions">The questions on it, those of panels too.</param>
public sealed record FormPage(string Name, LocalizedText? Title, LocalizedText? Description, IReadOnlyList<FormQuestion> Questions);

/// <summary>How a question is answered.</summary>
public enum QuestionKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Text of several lines.</summary>
    Comment,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A calendar date, <c>2026-03-03</c>.</summary>
    Date,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>One of the choices, all shown (radiogroup) or folded (dropdown).</summary>
    Choice,

    /// <summary>Any of the choices.</summary>
    Choices,

    /// <summary>A number on a scale.</summary>
    Rating,

    /// <summary>Questions that are answered any number of times: a list of objects (paneldynamic).</summary>
    Group,
}

/// <summary>A question of a form.</summary>
public sealed record FormQuestion
{
    /// <summary>Gets the name under which the answer is stored.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how it is answered.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>Gets the SurveyJS type (<c>text</c>, <c>radiogroup</c>, <c>dropdown</c> …), for whoever draws it.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the question.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Gets a remark below the question, or <see langword="null"/>.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Gets the title of the panel around it, or <see langword="null"/>.</summary>
    public LocalizedText? Panel { get; init; }

    /// <summary>Gets whether it must be answered when it is visible.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Gets when it is asked; all conditions (its own, of its panels, of its page) must hold.</summary>
    public IReadOnlyList<FormCondition> VisibleIf { get; init; } = [];

    /// <summary>Gets the choices; empty for kinds without.</summary>
    public IReadOnlyList<FormChoice> Choices { get; init; } = [];

    /// <summary>Gets whose members of staff are the choices: <see cref="AnyStaff"/> or a role; <see langword="null"/> for usual choices.</summary>
    public string? Staff { get; init; }

    /// <summary>Gets the questions that each row of a group asks; <see langword="null"/> for other kinds.</summary>
    public FormGroup? Group { get; init; }

    /// <summary>Gets whether a choice "other" with a text of its own is offered; its text is stored as <c>name-Comment</c>.</summary>
    public bool HasOther { get; init; }

    /// <summary>Gets the least length of a text, the least number of choices; 0 if none.</summary>
    public int LeastCount { get; init; }

    /// <summary>Gets the greatest length of a text, the greatest number of choices.</summary>
    public int MostCount { get; init; } = int.MaxValue;

    /// <summary>Gets the least number, or <see langword="null"/>.</summary>
    public decimal? Least { get; init; }

    /// <summary>Gets the greatest number, or <see langword="null"/>.</summary>
    public decimal? Most { get; init; }

    /// <summary>Gets the least date, or <see langword="null"/>.</summary>
    public DateOnly? Earliest { get; init; }

    /// <summary>Gets the greatest date, or <see langword="null"/>.</summary>
    public DateOnly? Latest { get; init; }

    /// <summary>Gets the least date where it is known only when the form is answered, or <see langword="null"/>; that of a day is put into <see cref="Earliest"/> by <see cref="FormDefinition.On"/>.</summary>
    public DateBound? NotBefore { get; init; }

    /// <summary>Gets the greatest date where it is known only when the form is answered, or <see langword="null"/>.</summary>
    public DateBound? NotAfter { get; init; }

    /// <summary>Gets the patterns that a text must match, with what to say if it does not.</summary>
    public IReadOnlyList<FormPattern> Patterns { get; init; } = [];

    /// <summary>The value of <see cref="Staff"/> that means every member of staff.</summary>
    public const string AnyStaff = "staff";

    internal bool GoesByToday => NotBefore is { Question: null } || NotAfter is { Question: null };

    internal FormQuestion On(DateOnly today)
    {
        if (Group is not null)
            return this with { Group = Group with { Questions = [.. Group.Questions.Select(question => question.On(today))] } };
        DateOnly? earliest = NotBefore is { Question: null } least ? today.AddDays(least.Days) : null;
        DateOnly? latest = NotAfter is { Question: null } most ? today.AddDays(most.Days) : null;
        return this with
        {
            Earliest = earliest > Earliest || Earliest is null ? earliest ?? Earliest : Earliest,
            Latest = latest < Latest || Latest is null ? latest ?? Latest : Latest,
            NotBefore = NotBefore is { Question: null } ? null : NotBefore,
            NotAfter = NotAfter is { Question: null } ? null : NotAfter,
        };
    }

    internal FormQuestion WithStaff(IReadOnlyList<Person> staff)
    {
        if (Group is not null)
            return this with { Group = Group with { Questions = [.. Group.Questions.Select(question => question.WithStaff(staff))] } };
        return Staff is null
            ? this
            : this with { Choices = [.. staff.Where(person => Staff == AnyStaff || person.Is(Staff)).Select(person => new FormChoice(person.Email, new(person.Name, person.Name)))] };
    }
}

/// <summary>One of the answers to choose from.</summary>
/// <param name="Value">What is stored.</param>
/// <param name="Text">What people read.</param>
public sealed record FormChoice(string Value, LocalizedText Text);

/// <summary>A pattern that a text must match.</summary>
/// <param name="Expression">Runs in time that grows with the text only.</param>
/// <param name="Message">What to say if it does not match, or <see langword="null"/> for the usual words.</param>
public sealed record FormPattern(System.Text.RegularExpressions.Regex Expression, LocalizedText? Message);

/// <summary>Something in a form file that has to be mended before the process can be published.</summary>
/// <param name="Where">The question, page or property.</param>
/// <param name="Message">What was found, the rule, and the way out.</param>
public sealed record FormFault(string Where, string Message);
