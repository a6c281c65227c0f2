using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Forms;

/// <summary>Draws a group of questions with its rows.</summary>
public sealed partial class QuestionGroup
{
    [Parameter, EditorRequired]
    public required FormQuestion Question { get; set; }

    [Parameter, EditorRequired]
    public required FormWalk Walk { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<AnswerFault> Faults { get; set; }

    /// <summary>Gets or sets the id of the element to which the reader is taken, or <see langword="null"/>.</summary>
    [Parameter]
    public string? Focus { get; set; }

    private FormGroup Group => Question.Group!;

    private string Field => FormPost.FieldOf(Question.Name);

    private IReadOnlyList<PlainObject> Rows { get; set; } = [];

    private IReadOnlySet<string> Deciding { get; set; } = new HashSet<string>();

    private LocalizedText? OwnFault => FaultOf(Question.Name);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        Rows = Walk.RowsOf(Question);
        Deciding = FormWalk.DecidingInRow(Question);
    }

    private LocalizedText? FaultOf(string path) => Faults.FirstOrDefault(fault => fault.Question == path)?.Message;
}
