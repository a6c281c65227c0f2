using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Forms;

/// <summary>Names the question that a fault is about, in a row with the row: <c>Action 2: Due date</c>.</summary>
internal static class FaultTitle
{
    /// <summary>Gets what stands between the parts of a fault.</summary>
    public static LocalizedText Colon { get; } = new(": ", "：");

    public static string Of(FormDefinition form, AnswerFault fault, Reader reader)
    {
        string[] path = fault.Question.Split('.');
        FormQuestion? question = form.Questions.FirstOrDefault(known => known.Name == path[0]);
        if (path.Length == 3)
            question = question?.Group?.Questions.FirstOrDefault(known => known.Name == path[2]);
        string title = question is null ? fault.Question : reader.Say(question.Title);
        return fault.Row is null ? title : reader.Say(fault.Row) + reader.Say(Colon) + title;
    }
}
