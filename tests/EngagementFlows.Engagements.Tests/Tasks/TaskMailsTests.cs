using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Tasks;

public sealed class TaskMailsTests
{
    public static TheoryData<string, string> All { get; } = new()
    {
        { "assigned", "en" },
        { "assigned", "zh-CN" },
        { "reminder", "en" },
        { "reminder", "zh-CN" },
        { "escalated", "en" },
        { "escalated", "zh-CN" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Compose_EveryMailToStaff_SaysWhatAndLinksTheTask(string name, string language)
    {
        MailTemplateSet templates = name switch { "assigned" => TaskMails.Assigned, "reminder" => TaskMails.Reminder, _ => TaskMails.Escalated };
        Person reader = new(Guid.Empty, "李伟", "li.wei@firm.example", [StaffRoles.Architect], language, "Asia/Shanghai");
        Person owner = reader with { Name = "Mia Novak", Email = "mia@firm.example" };
        EngagementSnapshot engagement = new(
            new(Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, null, "intake", "Loft <b>"),
            new(Guid.Empty, "C", "Client & Co", null, 2),
            new(Guid.Empty, Guid.Empty, "Ann", "ann@a.example", null, "en", "UTC"),
            owner,
            Architect: null);
        Guid task = new("0197a000-0000-7000-8000-0000000000bb");
        PlainObject model = MailModel.OfTask(engagement, new("Firm", null, "office@firm.example"), reader, task, new("Check it", "请检查"), null, FakeContext.Start, reminder: 1);

        ComposedMail mail = MailComposer.Compose(templates, language, model, new("Firm", owner.Name, null, owner.Email) { Now = FakeContext.Start, DueAt = FakeContext.Start });

        mail.Language.Should().Be(language);
        mail.Subject.Should().Contain(language == "en" ? "Check it" : "请检查");
        mail.Text.Should().Contain($"https://console.invalid/tasks/{task:D}").And.Contain("Loft <b>");
        mail.Html.Should().NotContain("<b>").And.Contain("Client &amp; Co");
    }
}
