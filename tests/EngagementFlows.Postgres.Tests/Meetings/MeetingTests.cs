using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Meetings;

/// <summary>Meetings on the real engine: who gets which letter, and that no reminder tells of a meeting that was moved, called off, declined or is over.</summary>
public sealed partial class MeetingTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private const string Client = "C-1001";
    private const string Contact = "wang.fang@huayu.example";
    private const string Owner = "chen.jing@linden.example";
    private const string Architect = "li.wei@linden.example";

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-meetings-").FullName;
    private readonly List<string> _sent = [];
    // Activities of one definition have different ids.
    private static int _activities;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Schedule_AClientsMeeting_InvitesEverybodyInHisLanguageWithAnEntryForHisCalendar()
    {
        await StartAsync(Schedule());

        List<(string To, string Language, string Template, string? Method)> mails = await MailsAsync();
        mails.Should().BeEquivalentTo(new (string, string, string, string?)[]
        {
            (Owner, "zh-CN", "meeting-invited", "REQUEST"), (Architect, "zh-CN", "meeting-invited", "REQUEST"), (Contact, "zh-CN", "meeting-invited", "REQUEST"),
            (Owner, "zh-CN", "meeting-reminder", null), (Architect, "zh-CN", "meeting-reminder", null), (Contact, "zh-CN", "meeting-reminder", null),
        });
        string invitation = await SentTextAsync(Contact, "meeting-invited");
        string calendar = CalendarLines.Unfold(await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-invited'", Contact));
        calendar.Should().Contain("SEQUENCE:0\n").And.Contain("DTSTART;TZID=Asia/Shanghai:").And.Contain("https://link.invalid/").And.Contain($"mailto:{Owner}").And.Contain($"mailto:{Contact}");
        CalendarLines.Unfold(await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-invited'", Architect)).Should().NotContain("link.invalid");
        invitation.Should().Contain("https://clients.example/c/").And.Contain("text/calendar; method=REQUEST");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Schedule_AnInternalMeeting_IsToldToStaffAloneAndGoesOn()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"));

        (await MailsAsync()).Select(mail => mail.To).Distinct().Should().BeEquivalentTo(Owner, Architect);
        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
    }

    [Fact]
    public async Task Answer_Accepts_GoesOnAndIsRemindedOnTheWorkingDayBeforeAndOnce()
    {
        Guid instance = await StartAsync(Schedule());
        (await _house.AnswerAsync(await LinkAsync(), new() { ["answer"] = "accept" })).Result!.Kind.Should().Be(TransitionKind.Applied);

        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("accepted");
        await DispatchAsync();
        _sent.Clear();
        DateTimeOffset startsAt = await StartsAtAsync();
        // In five working days at 10:00 by the clocks of Shanghai; a weekend lies between.
        startsAt.ToOffset(TimeSpan.FromHours(8)).TimeOfDay.Should().Be(TimeSpan.FromHours(10));
        DateTimeOffset remindAt = new(await ScalarAsync<DateTime>("select remind_at from meeting_reminder limit 1"), TimeSpan.Zero);
        remindAt.Should().BeOneOf(startsAt.AddDays(-1), startsAt.AddDays(-3));
        await DispatchAtAsync(remindAt.AddMinutes(-1));
        _sent.Should().BeEmpty();
        await DispatchAtAsync(remindAt);
        await DispatchAtAsync(remindAt.AddHours(1));

        _sent.Should().BeEquivalentTo($"{Owner} meeting-reminder", $"{Architect} meeting-reminder", $"{Contact} meeting-reminder");
    }

    [Fact]
    public async Task Answer_Declines_IsNotRemindedButTheOthersAre()
    {
        await StartAsync(Schedule());
        await _house.AnswerAsync(await LinkAsync(), null, LinkDecision.Declined, "No time");

        await DispatchToTheEndAsync();

        _sent.Where(sent => sent.EndsWith("reminder", StringComparison.Ordinal)).Should().BeEquivalentTo($"{Owner} meeting-reminder", $"{Architect} meeting-reminder");
        (await ScalarAsync<string>("select answer || ': ' || comment from meeting_invitee where contact_id is not null")).Should().Be("declined: No time");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Answer_ProposesAnotherTime_IsKeptInTheClientsTimeAndTakenAsAcceptedWhenTheMeetingMovesThere()
    {
        string move = Activity("MoveMeeting", ("meeting", Variable("Meeting")), ("when", Variable("Proposed")));
        await StartAsync(Schedule(), Delay, move);
        DateTimeOffset later = (await StartsAtAsync()).ToOffset(TimeSpan.FromHours(8)).AddDays(1);
        await _house.AnswerAsync(await LinkAsync(), new() { ["answer"] = "propose", ["proposedDate"] = later.ToString("yyyy-MM-dd"), ["proposedTime"] = "15:30" });

        (await ScalarAsync<DateTime>("select proposed_at from meeting_invitee where contact_id is not null")).Should().Be(later.Date.AddHours(7.5));
        await PassAsync(TimeSpan.FromHours(2));

        (await StartsAtAsync()).UtcDateTime.Should().Be(later.Date.AddHours(7.5));
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("accepted");
        (await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-moved'", Contact)).Should().Contain("SEQUENCE:1\n").And.Contain("METHOD:REQUEST").And.Contain("PARTSTAT=ACCEPTED");
    }

    [Fact]
    public async Task Move_AMeeting_MovesItsReminders()
    {
        await StartAsync(Schedule(audience: "internal"), Delay, Activity("MoveMeeting", ("meeting", Variable("Meeting")), ("when", Literal("in 8 working days at 11:00"))));
        DateTime old = await ScalarAsync<DateTime>("select max(remind_at) from meeting_reminder");
        await PassAsync(TimeSpan.FromHours(2));
        await DispatchAtAsync(new DateTimeOffset(old, TimeSpan.Zero).AddHours(1));

        _sent.Should().NotContain(sent => sent.EndsWith("reminder", StringComparison.Ordinal), "the meeting is later now");
        (await _house.ViolationsAsync()).Should().BeEmpty();
        await DispatchAtAsync((await StartsAtAsync()).AddMinutes(-1));
        _sent.Where(sent => sent.EndsWith("reminder", StringComparison.Ordinal)).Should().BeEquivalentTo($"{Owner} meeting-reminder", $"{Architect} meeting-reminder");
        (await ScalarAsync<long>("select count(*) from outbox where state = 'rejected' and let_be_at is not null")).Should().Be(2, "the old ones ask nobody for anything");
    }

    [Fact]
    public async Task Cancel_AMeeting_TellsEverybodyAndRemindsNobody()
    {
        await StartAsync(Schedule(audience: "internal"), Delay, Activity("CancelMeeting", ("meeting", Variable("Meeting"))), Activity("CancelMeeting", ("meeting", Variable("Meeting"))));
        await PassAsync(TimeSpan.FromHours(2));

        await DispatchToTheEndAsync();

        _sent.Should().BeEquivalentTo(
            $"{Owner} meeting-invited", $"{Architect} meeting-invited", $"{Owner} meeting-cancelled", $"{Architect} meeting-cancelled");
        (await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-cancelled'", Owner)).Should().Contain("METHOD:CANCEL").And.Contain("SEQUENCE:1\n").And.Contain("STATUS:CANCELLED");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Reminder_WhoseMeetingIsMovedBetweenClaimAndSending_IsNotSent()
    {
        await StartAsync(Schedule(audience: "internal"), Activity("WaitForIt", "Elsa.Delay", ("timeSpan", Literal("3.00:00:00"))), Activity("MoveMeeting", ("meeting", Variable("Meeting")), ("when", Literal("in 9 working days at 10:00"))));
        await DispatchAsync();
        _sent.Clear();
        _house.Clock.Set(new(await ScalarAsync<DateTime>("select max(remind_at) from meeting_reminder"), TimeSpan.Zero));

        // Both mails wait for the same move.
        Lazy<Task<int>> move = new(() => _house.Engine.ServeDueAsync(default));
        await Dispatcher(beforeBegin: () => move.Value).RunOnceAsync(default);

        (await ScalarAsync<int>("select sequence from meeting")).Should().Be(1);
        _sent.Should().NotContain(sent => sent.EndsWith("reminder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reminder_ThatCouldNotLeaveBeforeTheMeeting_IsNeverSent()
    {
        await StartAsync(Schedule(audience: "internal"));
        await DispatchAsync();
        _sent.Clear();

        // The mail server was away since the day before.
        await DispatchAtAsync((await StartsAtAsync()).AddMinutes(1));

        _sent.Should().BeEmpty();
        (await ScalarAsync<long>("select count(*) from outbox where state = 'rejected' and let_be_at is not null and answer like 'Not sent%'")).Should().Be(2);
        await DispatchAtAsync((await StartsAtAsync()).AddDays(2));
        _sent.Should().BeEmpty();
    }

    [Fact]
    public async Task CancelInstance_WhileTheClientIsAsked_CallsTheMeetingOff()
    {
        Guid instance = await StartAsync(Schedule());

        await _house.CancelAsync(instance);

        (await ScalarAsync<string>("select state from meeting")).Should().Be("cancelled");
        (await MailsAsync()).Where(mail => mail.Method == "CANCEL").Select(mail => mail.To).Should().BeEquivalentTo(Owner, Architect, Contact);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task CancelInstance_InAnotherStep_CallsItsMeetingsOffAndTellsEverybody()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"), Activity("WaitForIt", "Elsa.Delay", ("timeSpan", Literal("30.00:00:00"))));
        await DispatchAsync();
        _sent.Clear();

        await _house.CancelAsync(instance);
        await DispatchToTheEndAsync();

        (await ScalarAsync<string>("select state || ' ' || sequence from meeting")).Should().Be("cancelled 1");
        _sent.Should().BeEquivalentTo($"{Owner} meeting-cancelled", $"{Architect} meeting-cancelled");
        (await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-cancelled'", Owner)).Should().Contain("METHOD:CANCEL").And.Contain("SEQUENCE:1\n");
        (await ScalarAsync<string>("select text_en from timeline_entry order by sequence desc limit 1")).Should().Be("Meeting cancelled with its flow: Kick-off");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task CancelInstance_AfterTheMeeting_LeavesItAsItWas()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"), Activity("WaitForIt", "Elsa.Delay", ("timeSpan", Literal("30.00:00:00"))));
        await PassAsync(await StartsAtAsync() - _house.Clock.GetUtcNow() + TimeSpan.FromHours(2));

        await _house.CancelAsync(instance);

        (await ScalarAsync<string>("select state from meeting")).Should().Be("planned");
        (await MailsAsync()).Should().NotContain(mail => mail.Method == "CANCEL");
    }

    [Fact]
    public async Task FinishedInstance_LeavesItsMeetingStanding()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"));

        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
        (await ScalarAsync<string>("select state from meeting")).Should().Be("planned");
        await DispatchToTheEndAsync();
        _sent.Should().Contain($"{Owner} meeting-reminder").And.NotContain(sent => sent.EndsWith("cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CancelInstance_OfAClientWhoWasErased_CallsTheMeetingOffWithoutALetter()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"), Activity("WaitForIt", "Elsa.Delay", ("timeSpan", Literal("30.00:00:00"))));
        await ScalarAsync<object>("update client set erased_at = now() where id = (select client_id from engagement e join meeting g on g.engagement_id = e.id)");

        (await _house.CancelAsync(instance)).Kind.Should().Be(TransitionKind.Applied);

        (await ScalarAsync<string>("select state from meeting")).Should().Be("cancelled");
        (await MailsAsync()).Should().NotContain(mail => mail.Method == "CANCEL");
    }

    [Fact]
    public async Task Mails_OfTheProcess_ReachTheClientInsteadOfTheUsualOnes()
    {
        string letter = "---\nsubject: {{ Meeting.Title }}\n---\nDear {{ Contact.Name }},\n\n{{ Meeting.StartsAt | day_time }} at {{ Meeting.Place }}\n\n[Answer]({{ Link }})\n";
        foreach (string language in new[] { "en", "zh-CN" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, "talk/mail"));
            await File.WriteAllTextAsync(Path.Combine(_folder, $"talk/mail/kickoff.{language}.md"), letter);
        }

        await StartAsync(Schedule(extra: [("mail", Literal("kickoff")), ("place", Literal("Room 3"))]));

        (await MailsAsync()).Where(mail => mail.To == Contact).Select(mail => mail.Template).Should().BeEquivalentTo("kickoff", "meeting-reminder");
        (await ScalarAsync<string>("select text from mail where template = 'kickoff'")).Should().Contain("at Room 3");
        (await ScalarAsync<string>("select calendar from mail where template = 'kickoff'")).Should().Contain("LOCATION:Room 3");
    }

    private static string Delay => Activity("Pause", "Elsa.Delay", ("timeSpan", Literal("01:00:00")));

    private static string Schedule(string audience = "client", (string, string)[]? extra = null) => Activity("ScheduleMeeting",
        [("title", Literal("Kick-off")), ("titleZh", Literal("启动会议")), ("audience", Literal(audience)), ("when", Literal("in 5 working days at 10:00")), ("minutes", Literal("45")), .. extra ?? []])
        .Replace("\"id\"", """ "meeting":{"typeName":"String","memoryReference":{"id":"var-Meeting"}},"proposedAt":{"typeName":"Object","memoryReference":{"id":"var-Proposed"}},"id" """, StringComparison.Ordinal);

    private static string Activity(string type, params (string Name, string Expression)[] inputs) => Activity(type, $"EngagementFlows.{type}", inputs);

    private static string Activity(string id, string type, params (string Name, string Expression)[] inputs) =>
        $$"""{"id":"{{id}}{{Interlocked.Increment(ref _activities)}}","type":"{{type}}"{{string.Concat(inputs.Select(Input))}} }""";

    private static string Input((string Name, string Expression) input) => $$""","{{input.Name}}":{"typeName":"Object","expression":{{input.Expression}} } """;

    private static string Literal(string value) => $$"""{"type":"Literal","value":"{{value}}"}""";

    private static string Variable(string name) => $$"""{"type":"JavaScript","value":"variables.{{name}}"}""";

    private async Task<Guid> StartAsync(params string[] activities)
    {
        await PublishAsync(activities);
        Guid instance = await _house.StartAsync("talk", Client);
        (await ScalarAsync<string?>("select min(message) from incident")).Should().BeNull();
        return instance;
    }

    private async Task PublishAsync(params string[] activities)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "talk")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "talk.json"),
            $$"""
            {"id":"talk-1","definitionId":"talk","name":"talk","version":1,"isLatest":true,"isPublished":true,
             "variables":[{"id":"var-Meeting","name":"Meeting","typeName":"String","storageDriverTypeName":"Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core"},{"id":"var-Proposed","name":"Proposed","typeName":"Object","storageDriverTypeName":"Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core"}],
             "root":{"id":"all-of-it","type":"Elsa.Sequence","activities":[{{string.Join(",", activities)}}] } }
            """);
        await _house.PublishAsync(folder);
    }

    private Task<Guid> LinkAsync() => ScalarAsync<Guid>("select id from link where state = 'open'");

    private async Task<DateTimeOffset> StartsAtAsync() => new(await ScalarAsync<DateTime>("select starts_at from meeting"), TimeSpan.Zero);

    private async Task DispatchToTheEndAsync()
    {
        await DispatchAsync();
        await DispatchAtAsync((await StartsAtAsync()).AddMinutes(-1));
        await DispatchAtAsync((await StartsAtAsync()).AddDays(3));
    }

    private async Task PassAsync(TimeSpan span)
    {
        await _house.PassAsync(span);
        (await ScalarAsync<string?>("select min(activity_id || ': ' || message) from incident")).Should().BeNull();
    }

    private Task DispatchAtAsync(DateTimeOffset at)
    {
        _house.Clock.Set(at);
        return DispatchAsync();
    }

    private async Task DispatchAsync()
    {
        OutboxDispatcher dispatcher = Dispatcher();
        while (await dispatcher.RunOnceAsync(default) > 0)
        {
        }
    }

    private OutboxDispatcher Dispatcher(Func<Task>? beforeBegin = null)
    {
        DatabaseClock clock = DatabaseClock.Played(_house.Clock);
        return new(_house.Queries, [new Postman(this, beforeBegin)], new CommitSignals(clock), clock, new(), NullLogger.Instance);
    }

    private async Task<string> SentTextAsync(string recipient, string template)
    {
        Guid mail = await ScalarAsync<Guid>("select id from mail where recipient = $1 and template = $2", recipient, template);
        OutgoingMail outgoing = (await new LoadOutgoingMail(_house.Queries, _house.Settings, () => _house.Addresses).ExecuteAsync(mail, default))!;
        return System.Text.Encoding.UTF8.GetString(outgoing.Bytes.Span).Replace("=\r\n", "", StringComparison.Ordinal).Replace("method=3D", "method=", StringComparison.Ordinal);
    }

    private async Task<List<(string To, string Language, string Template, string? Method)>> MailsAsync()
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand("select recipient, language, template, calendar_method from mail");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<(string, string, string, string?)> mails = [];
        while (await reader.ReadAsync())
            mails.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        return mails;
    }

    private async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        foreach (object parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default!;
    }

    /// <summary>Delivers everything that may be sent.</summary>
    private sealed class Postman(MeetingTests test, Func<Task>? beforeBegin) : IEffectSender
    {
        public string Kind => "mail";

        public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
        {
            if (beforeBegin is not null)
                await beforeBegin();
            if (!await begin(cancellationToken))
                return new SendLeft();
            string sent = await test.ScalarAsync<string>("select recipient || ' ' || template from mail where id = $1", effect.Id);
            lock (test._sent)
                test._sent.Add(sent);
            return new SendAccepted("250 ok");
        }
    }
}
