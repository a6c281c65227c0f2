using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Opens a case: a client's question or complaint.</summary>
public sealed class OpenCase() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.OpenCase",
    Category = EngagementInputs.CasesCategory,
    DisplayName = new("Open case", "登记事项"),
    Description = new("Registers a client's question or complaint, so that it is found, owned and counted until it is closed.", "登记客户的问题或投诉，使其可查、有负责人并持续跟踪直至结束。"),
    Inputs =
    [
        new("kind", "String", new("Kind", "类型"), new("question or complaint. Default complaint.", "question（问题）或 complaint（投诉），默认 complaint。")) { DefaultValue = CaseKinds.Complaint, UIHint = "dropdown", Options = CaseKinds.All, NameOfOption = CaseKinds.NameOf },
        new("class", "String", new("Class", "等级"), new("How soon it must be answered: urgent, high or normal. Default normal.", "需多快答复：urgent（紧急）、high（较高）或 normal（一般），默认 normal。")) { DefaultValue = CaseClasses.Normal, UIHint = "dropdown", Options = CaseClasses.All, NameOfOption = CaseClasses.NameOf },
        new("subject", "String", new("Subject", "主题"), new("What it is about, in a line.", "一行说明。")) { IsRequired = true },
        new("description", "String", new("Description", "内容"), new("What was told; may be left out.", "所述内容，可省略。")) { UIHint = "multi-line" },
        new("raisedBy", "String", new("Raised by", "提出人"), new("Who told it. Default: the engagement's contact.", "由谁提出，默认为项目联系人。")),
    ],
    Outputs = [new("case", "String", new("Case", "事项"), new("The id of the case, for the activities that follow.", "事项标识，供后续活动使用。"))],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string kind = context.OneOf("kind", CaseKinds.All, CaseKinds.Complaint);
        string urgency = context.OneOf("class", CaseClasses.All, CaseClasses.Normal);
        string subject = context.RequiredText("subject").ReplaceLineEndings(" ").Trim();
        if (subject.Length > SubjectLength)
            subject = subject[..(SubjectLength - 1)] + "…";
        string? raisedBy = context.OptionalText("raisedBy");
        Guid id = context.NewId("case");
        LocalizedText name = CaseKinds.NameOf(kind);
        return ActivityResult.Done
            .Set("case", id.ToString("D"))
            .With(
                new CaseOpened(id, context.EngagementId(), kind, urgency, subject, context.OptionalText("description"), raisedBy),
                new TimelineEntryAdded(context.NewId("case-entry"), context.EngagementId(), TimelineKinds.Record, new($"{name.En}: {subject}", $"{name.ZhCn}：{subject}"), raisedBy, id));
    }

    private const int SubjectLength = 200;
}
