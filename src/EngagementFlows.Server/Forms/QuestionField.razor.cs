using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Forms;

/// <summary>Draws one question with what was answered and what is wrong with it.</summary>
public sealed partial class QuestionField
{
    [Parameter, EditorRequired]
    public required FormQuestion Question { get; set; }

    /// <summary>Gets or sets where the question stands, <c>actions.1.due</c> in a row; <see langword="null"/> = its name.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Gets or sets the answers as they were typed, of the row for a question in one.</summary>
    [Parameter, EditorRequired]
    public required PlainObject Answers { get; set; }

    /// <summary>Gets or sets what is wrong with the answer, or <see langword="null"/>.</summary>
    [Parameter]
    public LocalizedText? Fault { get; set; }

    /// <summary>Gets or sets whether other questions of the page depend on this one.</summary>
    [Parameter]
    public bool IsDeciding { get; set; }

    private static readonly FormChoice[] YesAndNo = [new("true", FormTexts.Yes), new("false", FormTexts.No)];

    private string Place => Path ?? Question.Name;

    private string Field => FormPost.FieldOf(Place);

    private string Anchor => "question-" + Place;

    private string InputId => "input-" + Place;

    private string? NotesId => Question.Description is null && Fault is null ? null : QuestionNotes.IdOf(Place);

    private string? Decides => IsDeciding ? "1" : null;

    private string? Invalid => Fault is null ? null : "true";

    private string Given => FormPost.TextOf(Answers, Question.Name);

    private bool IsGroup => Question.Kind is QuestionKind.Boolean or QuestionKind.Choices or QuestionKind.Rating
        || (Question.Kind == QuestionKind.Choice && Question.Type != "dropdown");

    private IEnumerable<FormChoice> Offered =>
        Question.Kind == QuestionKind.Boolean ? YesAndNo
        : Question.HasOther ? Question.Choices.Append(new FormChoice(FormValidator.OtherValue, FormTexts.Other))
        : Question.Choices;

    private string InputType => Question.Kind switch
    {
        QuestionKind.Email => "email",
        QuestionKind.Date => "date",
        _ => "text",
    };

    // A numeric keyboard without the browser's own idea of what a number is: the server says in words what is wrong.
    private string? InputMode => Question.Kind == QuestionKind.Number ? "decimal" : null;

    private string? Completion => Question.Kind == QuestionKind.Email ? "email" : null;

    private int? MostLength => Question.MostCount is > 0 and < 100_000 ? Question.MostCount : null;

    private string? Min => Question.Earliest?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string? Max => Question.Latest?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsChosen(string value) => FormPost.TextsOf(Answers, Question.Name).Contains(value, StringComparer.Ordinal);
}
