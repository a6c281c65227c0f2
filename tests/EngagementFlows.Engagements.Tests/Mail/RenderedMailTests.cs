using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Tests.Workflows;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Mail;

/// <summary>Every mail that the house can write, in both languages, as it is on an ordinary day and on a bad one: long names, a long remark, the last reminder.</summary>
/// <remarks><c>EF_WRITE_MAILS=folder dotnet test … --filter RenderedMail</c> writes them, so that somebody can look at them.</remarks>
public sealed class RenderedMailTests
{
    // A client's list of mails is narrower than a colleague's, whose subjects name task and client.
    private const int WidestSubject = 50;
    private const int WidestSubjectOfATask = 60;
    private const string LongMessage = "Which of the two floors is to stay open while we build? And who decides about the colours of the façade: you alone, or the owner of the house too?\n另外，请告知消防验收由哪一方负责，以及预计的时间。";

    private static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset DueAt = new(2026, 3, 17, 9, 0, 0, TimeSpan.Zero);
    private static readonly Firm Firm = new("Linden & Partner", "+49 30 5550 100", "office@linden.example");
    private static readonly Guid Id = new("0197a000-0000-7000-8000-0000000000aa");

    public static TheoryData<string, string, bool> All()
    {
        TheoryData<string, string, bool> all = [];
        foreach (string name in Names())
        {
            foreach (string language in Languages.All)
            {
                all.Add(name, language, false);
                all.Add(name, language, true);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Mail_OnAnyDay_IsWhatAReaderCanUse(string name, string language, bool isBadDay)
    {
        ComposedMail mail = Compose(name, language, isBadDay);

        Write($"{name.Replace('/', '-')}.{language}{(isBadDay ? ".bad-day" : "")}", mail);
        WidthOf(mail.Subject).Should().BeLessThanOrEqualTo(name.StartsWith("task/", StringComparison.Ordinal) ? WidestSubjectOfATask : WidestSubject, mail.Subject);
        mail.Subject.Should().NotContain("\n");
        System.Text.Encoding.UTF8.GetByteCount(mail.Html).Should().BeLessThan(MailValidation.MostHtmlBytes);
        mail.Html.Should().NotContain("<img").And.NotContain("url(").And.NotContain("<script");
        mail.Text.Split('\n').Where(line => line.Contains("https://", StringComparison.Ordinal) && (!line.StartsWith("https://", StringComparison.Ordinal) || line.Contains(' ')))
            .Should().BeEmpty("an address has its line");
        mail.Text.Split('\n').Should().OnlyContain(line => line == line.TrimEnd());
        mail.Text.Should().NotContain("\n\n\n").And.NotContain("{{").And.NotContain("null");
        if (language == Languages.Chinese)
            (mail.Subject + mail.Text).Should().NotContain("!").And.NotContain("！");
    }

    private static IEnumerable<string> Names()
    {
        foreach (ProcessFolder process in ProcessFolder.All())
        {
            foreach (string sample in process.Files("mail", "*.sample.json"))
                yield return $"{process.Name}/{sample[..^".sample.json".Length]}";
        }

        foreach (string own in new[] { "task/assigned", "task/reminder", "task/escalated", "meeting/invited", "meeting/moved", "meeting/cancelled", "meeting/reminder", "account/invitation", "account/new-password", "test/test", "code/link-code" })
            yield return own;
    }

    private static ComposedMail Compose(string name, string language, bool isBadDay)
    {
        string[] parts = name.Split('/');
        Person reader = new(Id, isBadDay ? "Wolfgang Amadeus von Hohenzollern-Sigmaringen" : "李伟", "li.wei@linden.example", [], language, "Asia/Shanghai");
        return parts[0] switch
        {
            "task" => MailComposer.Compose(
                parts[1] switch { "assigned" => TaskMails.Assigned, "reminder" => TaskMails.Reminder, _ => TaskMails.Escalated }, language, TaskModel(reader, isBadDay), Frame(DueAt)),
            "meeting" => MailComposer.Compose(
                parts[1] switch { "invited" => MeetingMails.Invited, "moved" => MeetingMails.Moved, "cancelled" => MeetingMails.Cancelled, _ => MeetingMails.Reminder },
                language, MeetingModel(reader, parts[1] == "invited", isBadDay), Frame(parts[1] == "invited" ? DueAt : null)),
            "account" => AccountMail.Compose(
                parts[1] == "invitation" ? AccountMail.Invitation : AccountMail.NewPassword, Firm, reader, isBadDay ? null : ("Mia Novak", "mia.novak@linden.example"), Id, DueAt, Now),
            "code" => CodeMail.Compose(Firm, new(Id, Id, reader.Name, reader.Email, null, language, "Asia/Shanghai"), new(Id, "Mia Novak", "mia.novak@linden.example", [], "en", "Europe/Berlin", "+49 30 5550 112"), Id, Now.AddMinutes(10), Now),
            "test" => TestMail.Compose(Firm, reader.Name, language, Now),
            _ => OfProcess(ProcessFolder.Of(parts[0]), parts[1], language, isBadDay),
        };
    }

    private static ComposedMail OfProcess(ProcessFolder process, string name, string language, bool isBadDay)
    {
        PlainObject model = AnswerJson.Read(process.Text($"mail/{name}.sample.json"))!;
        if (isBadDay)
        {
            model["Message"] = LongMessage;
            model["Reminder"] = 3L;
            model["Architect"] = null;
            ((PlainObject)model["Engagement"]!)["Title"] = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft: umbau & erweiterung 上海办公室改造（三期）";
            ((PlainObject)model["Contact"]!)["Name"] = "Wolfgang Amadeus von Hohenzollern-Sigmaringen";
        }

        MailTemplateSet templates = MailTemplateSet.Parse(name, Languages.All.ToDictionary(each => each, each => process.Text($"mail/{name}.{each}.md")));
        return MailComposer.Compose(templates, language, model, Frame(model["Link"] is null ? null : DueAt));
    }

    private static PlainObject MeetingModel(Person reader, bool isAsked, bool isBadDay) => MailModel.OfMeeting(
        SnapshotOf(isBadDay),
        Firm,
        reader.Name,
        reader.Language,
        new()
        {
            Id = Id,
            EngagementId = Id,
            InstanceId = Id,
            Title = isBadDay
                ? new("Kick-off of the second stage with everybody who takes part in building", "第二阶段启动会议：所有参与施工的各方共同参加并确认目标")
                : new("Kick-off", "项目启动会议"),
            Agenda = isBadDay ? new(LongMessage, LongMessage) : new("1. Goals\n2. Plan", "1. 目标\n2. 计划"),
            Audience = MeetingAudience.Client,
            Place = isBadDay ? null : "Room 3",
            StartsAt = DueAt,
            EndsAt = DueAt.AddHours(1),
            Zone = "Asia/Shanghai",
        },
        isAsked ? MailAddresses.LinkPlaceholder(Id) : null,
        isBadDay ? LongMessage : null);

    private static PlainObject TaskModel(Person reader, bool isBadDay)
    {
        LocalizedText title = isBadDay
            ? new("Decide whether we take the project on, and who of us is to lead it", "请决定是否承接该项目，并确定由哪位同事负责牵头后续工作")
            : new("Decide whether we take the project on", "审批是否承接该项目");
        return MailModel.OfTask(SnapshotOf(isBadDay), Firm, reader, Id, title, isBadDay ? new(LongMessage, LongMessage) : null, DueAt, 3);
    }

    private static EngagementSnapshot SnapshotOf(bool isBadDay)
    {
        Engagement engagement = new(Id, Id, Id, Id, null, "intake", isBadDay ? "Donaudampfschifffahrtsgesellschaft: Umbau, Erweiterung und neue Werft" : "上海办公室改造");
        return new(
            engagement,
            new(Id, "C-1001", isBadDay ? "Königlich Privilegierte Donaudampfschifffahrts-Gesellschaft mbH & Co. KG" : "华语设计有限公司", null, 1),
            new(Id, Id, "王芳", "wang.fang@huayu.example", null, "zh-CN", "Asia/Shanghai"),
            new(Id, "Mia Novak", "mia.novak@linden.example", [], "en", "Europe/Berlin", "+49 30 5550 112"),
            null);
    }

    private static MailFrame Frame(DateTimeOffset? due) => new(Firm.Name, "Mia Novak", "+49 30 5550 112", "mia.novak@linden.example")
    {
        Now = Now,
        DueAt = due,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
    };

    // As a list of mails shows it: Chinese characters are two columns wide.
    private static int WidthOf(string text) => text.EnumerateRunes().Sum(rune => rune.Value >= 0x2E80 ? 2 : 1);

    private static void Write(string name, ComposedMail mail)
    {
        if (Environment.GetEnvironmentVariable("EF_WRITE_MAILS") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".html"), mail.Html);
        File.WriteAllText(Path.Combine(folder, name + ".txt"), $"{mail.Subject}\n\n{mail.Text}");
    }
}
