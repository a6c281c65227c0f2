using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Links;

/// <summary>Gives the engagement's contact a link by which he can start a flow whenever there is a reason; offered again it is the same link, for longer.</summary>
public sealed class OfferStandingLink() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.OfferStandingLink",
    Category = EngagementInputs.ClientsCategory,
    DisplayName = new("Offer standing link", "提供长期链接"),
    Description = new(
        "Gives the contact a link that works for a long time and starts a flow each time its form is sent, such as a complaint. Keep the output Link in a variable and merge it into mails. Offered again it is the same link.",
        "为联系人提供长期有效的链接，每次提交表单都会启动一个流程，例如投诉。把输出 Link 保存到变量并在邮件中引用。重复提供仍是同一链接。"),
    Inputs =
    [
        new("definition", "String", new("Flow", "流程"), new("The id of the flow that is started, like complaint-escalation.", "要启动的流程的标识，例如 complaint-escalation。")) { IsRequired = true, UIHint = "workflow-definition-picker" },
        new("form", "String", new("Form", "表单"), new("A form of that flow, like forms/complaint.json. Its answers become the flow's inputs of the same names.", "该流程的表单，例如 forms/complaint.json，填写内容成为流程的同名输入。")) { IsRequired = true, UIHint = "dropdown", OfferedFrom = OfferedLists.FormsOfDefinition },
        new("label", "String", new("Label", "名称"), new("What the link is for, in a few words of English; staff read it.", "用几个英文词说明链接用途，供员工查看。")) { IsRequired = true },
        new("labelZh", "String", new("Label (Chinese)", "名称（中文）"), new("The same in Chinese.", "同一名称的中文。")) { IsRequired = true },
        new("worksFor", "String", new("Works for", "有效时间"), new("How long the link works from now on, like 730.00:00:00 or 250 working days. Default two years.", "从现在起的有效时间，例如 730.00:00:00 或 250 个工作日，默认两年。")) { DefaultValue = "730.00:00:00", FaultOfLiteral = Duration.FaultOf },
        EngagementInputs.ClientCalendar,
    ],
    Outputs = [new("link", "String", new("Link", "链接"), new("The address, for mails to this contact: merge it as Data and the variable's name.", "链接地址，用于发给该联系人的邮件：以 Data 加变量名引用。"))],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Guid engagement = context.EngagementId();
        string definition = context.RequiredText("definition").Trim();
        if (TextRule.FaultOfLine(definition, DefinitionLength) is { } fault)
            throw EngagementContext.Fault(context, "definition", definition, $"Name a flow: {fault}.");
        string form = context.AssetPath("form", "forms") ?? throw EngagementContext.Fault(context, "form", null, "Name a form of the flow that is started, like 'forms/complaint.json'.");
        LocalizedText label = context.RequiredLocalized("label");
        if (label.En.Length > LabelLength || label.ZhCn.Length > LabelLength)
            throw EngagementContext.Fault(context, "label", label.En, $"At most {LabelLength} characters.");
        DateTimeOffset expiresAt = context.After(context.PositiveDuration("worksFor") ?? new ElapsedTime(StandingLink.UsualLife), CalendarAsked.OfClient);
        StandingLinkPlace place = context.Ask(new StandingLinkAsked(engagement, definition));
        Effect[] told = place.IsNew
            ? [new TimelineEntryAdded(context.NewId("standing-link-entry"), engagement, TimelineKinds.Record, new($"The client was given a link: {label.En}", $"已向客户提供链接：{label.ZhCn}"), null, place.LinkId)]
            : [];
        return ActivityResult.Done
            .Set("link", MailAddresses.StandingLinkPlaceholder(place.LinkId))
            .With([new StandingLinkOffered(place.LinkId, engagement, place.ContactId, definition, form, label, expiresAt), .. told]);
    }

    private const int DefinitionLength = 400;
    private const int LabelLength = 100;
}
