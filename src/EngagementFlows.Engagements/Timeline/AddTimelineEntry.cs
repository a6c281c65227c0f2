using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Timeline;

/// <summary>Writes a remark into the engagement's timeline.</summary>
public sealed class AddTimelineEntry() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.AddTimelineEntry",
    Category = EngagementInputs.ClientsCategory,
    DisplayName = new("Add timeline entry", "添加时间线记录"),
    Description = new("Writes a remark into the engagement's timeline, in both languages.", "用中英文在项目时间线中添加一条记录。"),
    Inputs =
    [
        new("text", "String", new("Text", "内容"), new("What happened, in a line of English.", "用一行英文说明发生了什么。")) { IsRequired = true },
        new("textZh", "String", new("Text (Chinese)", "内容（中文）"), new("The same line in Chinese.", "同一行的中文。")) { IsRequired = true },
        new("kind", "String", new("Kind", "类别"), new("The kind by which readers filter. Default note.", "供筛选的类别，默认 note。")) { DefaultValue = TimelineKinds.Note, UIHint = "dropdown", Options = TimelineKinds.All, NameOfOption = TimelineKinds.NameOf },
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string kind = context.OneOf("kind", TimelineKinds.All, TimelineKinds.Note);
        return ActivityResult.Done.With(new TimelineEntryAdded(context.NewId("entry"), context.EngagementId(), kind, context.RequiredLocalized("text")));
    }
}
