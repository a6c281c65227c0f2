using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Figures;

/// <summary>Draws the figures of the engagement, or of a member of staff, over a period that ends now. They stay in its outputs, so that a review shows what it was drawn from.</summary>
/// <remarks>All of them are read in one statement, so they belong together. What the same burst did before is not in them: draw figures first, or after a wait.</remarks>
public sealed class DrawFigures() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.DrawFigures",
    Category = EngagementInputs.FiguresCategory,
    DisplayName = new("Draw figures", "统计数据"),
    Description = new(
        "Counts promises, tasks, milestones, questions, complaints, changes, meetings and satisfaction of the engagement, or of a member of staff, over a period that ends now.",
        "统计截至当前一段期间内项目或某位同事的承诺、任务、里程碑、问题、投诉、变更、会议和满意度。"),
    Inputs =
    [
        new("since", "Object", new("Since", "起始"), new("A date, an instant, or a length like 3 months or 90.00:00:00. Default: since the engagement began; for a person the last 12 months.", "日期、时刻，或时长，例如 3个月 或 90.00:00:00。默认自项目开始；统计人员时为最近 12 个月。")),
        new("person", "String", new("Person", "人员"), new("Whose figures: owner, architect, or a mail address. Left out, those of the engagement.", "统计谁的数据：owner、architect 或邮箱地址。省略则统计项目。")),
        new("audience", "String", new("For whom", "读者"), new("internal, or client: then text and content leave out tasks and what is overdue of ours. Default internal.", "internal（内部）或 client（客户）：后者的文字和内容不含内部任务和我方逾期事项，默认 internal。")) { DefaultValue = Audiences[0], UIHint = "dropdown", Options = Audiences, NameOfOption = NameOfAudience },
    ],
    Outputs =
    [
        new("figures", "Object", new("Figures", "数据"), new("All figures as one object, like figures.promises.kept.", "全部数据构成的对象，例如 figures.promises.kept。")),
        new("text", "String", new("Text", "文字"), new("The same as lines of English, for mails and the instructions of tasks.", "英文文字（每项一行），可用于邮件和任务说明。")),
        new("textZh", "String", new("Text (Chinese)", "文字（中文）"), new("The same lines in Chinese.", "同样内容的中文。")),
        new("content", "Object", new("Content", "内容"), new("The same for Propose version with the form built-in/figures.json: a document that tasks and clients' pages show.", "用于“提出版本”（表单 built-in/figures.json）的内容，可在任务和客户页面中展示。")),
    ],
})
{
    private static readonly string[] Audiences = ["internal", "client"];

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        TimeZoneInfo zone = context.Ask(new CalendarAsked(context.EngagementId(), CalendarAsked.OfFirm)).Zone;
        bool isForClient = context.OneOf("audience", Audiences, Audiences[0]) == Audiences[1];
        EngagementFigures figures = context.Ask(new FiguresAsked(context.EngagementId(), Person(context), Since(context, zone), context.Now));
        FigureSheet sheet = new(figures, context.Now, zone, isForClient);
        LocalizedText text = sheet.ToText();
        return ActivityResult.Done.Set("figures", sheet.ToObject()).Set("text", text.En).Set("textZh", text.ZhCn).Set("content", sheet.ToContent());
    }

    private static DateTimeOffset? Since(ActivityContext context, TimeZoneInfo zone)
    {
        object? given = context.Input("since");
        if (given is null || (given is string text && string.IsNullOrWhiteSpace(text)))
            return null;
        return FiguresPeriod.Read(given, zone, context.Now) ?? throw EngagementContext.Fault(context, "since", given.ToString(), FiguresPeriod.Rule);
    }

    private static AssigneeExpression? Person(ActivityContext context)
    {
        if (context.OptionalText("person")?.Trim() is not { } text)
            return null;
        bool isPerson = AssigneeExpression.TryParse(text.Contains('@', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal) ? $"person:{text}" : text, out AssigneeExpression? person);
        return isPerson && person!.Kind != AssigneeKind.Role ? person : throw EngagementContext.Fault(context, "person", text, "Write owner, architect, or the mail address of a member of staff.");
    }

    private static LocalizedText NameOfAudience(string audience) => audience == "client" ? new("The client", "客户") : new("Staff", "内部");
}
