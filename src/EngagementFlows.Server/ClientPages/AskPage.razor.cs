using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Forms;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.ClientPages;

/// <summary>What stands around the questions of a link.</summary>
/// <param name="Firm">The firm.</param>
/// <param name="Address">The clean address of the form.</param>
/// <param name="ContactName">Who is asked.</param>
/// <param name="OwnerName">Who asks.</param>
/// <param name="MayDecline">Whether the contact may say no.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Message">What the flow wants to say above the form, or <see langword="null"/>.</param>
public sealed record Ask(FirmCard Firm, string Address, string ContactName, string OwnerName, bool MayDecline, DateTimeOffset ExpiresAt, string? Message)
{
    /// <summary>Gets the version of a document that is asked about, and the link that asks, or <see langword="null"/>.</summary>
    public (Guid Version, Guid Link)? Document { get; init; }

    /// <summary>Gets the sheet of a standing link, of which each is taken once; <see langword="null"/> where somebody asks and waits.</summary>
    public Guid? Sheet { get; init; }

    /// <summary>Gets the mark of what the page says above the form (<see cref="LinkAnswer.MarkOf"/>), which travels with the answer; <see langword="null"/> where nothing is asked.</summary>
    public string? Seen { get; init; }

    /// <summary>Gets what a standing link's sheet is about, the engagement's title; <see langword="null"/> where the flow says it.</summary>
    public string? About { get; init; }
}

/// <summary>Shows one page of a form; the answers of its other pages travel with it in hidden fields.</summary>
public sealed partial class AskPage
{
    [Parameter, EditorRequired]
    public required Ask Ask { get; set; }

    [Parameter, EditorRequired]
    public required FormWalk Walk { get; set; }

    [Parameter]
    public int Place { get; set; }

    [Parameter]
    public IReadOnlyList<AnswerFault> Faults { get; set; } = [];

    /// <summary>Gets or sets what is wrong with the whole, or <see langword="null"/>.</summary>
    [Parameter]
    public LocalizedText? Alert { get; set; }

    /// <summary>Gets or sets the row that was just added or removed, or <see langword="null"/>.</summary>
    [Parameter]
    public RowAct? Act { get; set; }

    private FormPage Page => Walk.Pages[Place];

    private bool IsLast => Place == Walk.Pages.Count - 1;

    private IEnumerable<(string Field, string Value)> Carried => FormPost.FieldsOf(
        Walk.Form, Walk.Given, Walk.QuestionsOf(Page).SelectMany(question => new[] { question.Name, question.Name + FormValidator.OtherSuffix }).ToHashSet(StringComparer.Ordinal));

    private string TitleOf(AnswerFault fault) => FaultTitle.Of(Walk.Form, fault, Reader);
}
