using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.AcceptanceTests.WholeEngagement;

/// <summary>One engagement from the line of a CSV file to its second quarterly review, at two servers, of which one is killed with an answer in its hands and one ends in order.</summary>
/// <remarks>
/// Both servers are whole hosts in this process, as the built program makes them: each with its container, its connections, its loops and its Kestrel. What is played is the clock alone, which
/// no process of its own would let a test move.
/// </remarks>
public sealed class When_an_engagement_runs_for_half_a_year(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Client = "ann.birch@birchhall.example";
    private const string Line = $"""
        external_id,client,industry,tier,contact,email,phone,language,zone,engagement,owner,architect
        C-2001,Birch & Hall Ltd,Publishing,1,Ann Birch,{Client},+44 20 5550 2001,en,Europe/London,Reading rooms,mia.novak@linden.example,li.wei@linden.example
        """;

    // Instant (UTC), recipient, template; within a minute by name, since two servers send at once.
    private const string Mails = """
        2026-03-02 09:00 ann.birch ask
        2026-03-02 09:00 ann.birch welcome
        2026-03-03 10:00 ann.birch confirm
        2026-03-03 10:00 ann.birch interview
        2026-03-03 10:00 ann.birch invitation
        2026-03-03 10:00 li.wei meeting-invited
        2026-03-03 10:00 li.wei task-assigned
        2026-03-03 10:00 mia.novak meeting-invited
        2026-03-03 10:00 mia.novak task-assigned
        2026-03-16 10:00 ann.birch meeting-reminder
        2026-03-16 10:00 li.wei meeting-reminder
        2026-03-16 10:00 mia.novak meeting-reminder
        2026-03-17 11:30 mia.novak task-assigned
        2026-03-18 09:00 ann.birch agreement
        2026-03-19 10:00 ann.birch plan
        2026-03-19 10:00 ann.birch signed
        2026-03-19 10:00 clara.brandt task-assigned
        2026-03-19 10:00 li.wei task-assigned
        2026-03-19 10:00 mia.novak task-assigned
        2026-03-20 10:00 ann.birch approved
        2026-03-20 10:00 ann.birch link-code
        2026-06-15 09:00 ann.birch agenda
        2026-06-15 09:00 li.wei meeting-invited
        2026-06-15 09:00 mia.novak meeting-invited
        2026-06-19 09:00 ann.birch meeting-reminder
        2026-06-19 09:00 li.wei meeting-reminder
        2026-06-19 09:00 mia.novak meeting-reminder
        2026-06-22 10:00 mia.novak task-assigned
        2026-06-22 12:00 ann.birch minutes
        2026-06-22 12:00 ann.birch minutes
        2026-06-22 12:00 li.wei task-assigned
        2026-06-22 12:00 mia.novak task-assigned
        2026-07-06 08:00 ann.birch acknowledged
        2026-07-06 08:00 mia.novak task-assigned
        2026-07-06 13:00 li.wei task-assigned
        2026-07-06 14:00 ann.birch solution
        2026-07-07 09:00 ann.birch mediated
        2026-07-07 09:00 ann.birch mediation
        2026-07-07 09:00 clara.brandt task-assigned
        2026-07-08 09:00 ann.birch closed
        2026-07-08 09:00 mia.novak task-assigned
        2026-08-03 09:00 ann.birch change
        2026-08-03 09:00 clara.brandt task-assigned
        2026-08-03 09:00 li.wei task-assigned
        2026-08-03 09:00 mia.novak task-assigned
        2026-08-04 09:00 ann.birch changed
        2026-08-04 09:00 ann.birch link-code
        2026-08-04 09:00 clara.brandt task-assigned
        2026-08-04 09:00 li.wei task-assigned
        2026-08-04 09:00 mia.novak task-assigned
        2026-09-14 09:00 ann.birch agenda
        2026-09-14 09:00 li.wei meeting-invited
        2026-09-14 09:00 mia.novak meeting-invited
        2026-09-18 09:00 ann.birch meeting-reminder
        2026-09-18 09:00 li.wei meeting-reminder
        2026-09-18 09:00 mia.novak meeting-reminder
        2026-09-21 10:00 mia.novak task-assigned
        2026-09-21 12:00 ann.birch minutes
        2026-09-21 12:00 li.wei task-assigned
        """;

    [Fact]
    public async Task Should_send_each_mail_once_and_keep_every_promise_of_the_store()
    {
        await using PlayedFirm firm = await PlayedFirm.OpenAsync(
            postgres, "client-intake", "needs-analysis", "plan-approval", "periodic-review", "complaint-escalation", "change-request");
        PlayedServer first = await firm.StartServerAsync("flows_first");
        PlayedServer second = await firm.StartServerAsync("flows_second");

        string engagement = await ImportAsync(firm, first);
        await TakeOnAsync(firm, first, second);
        await UnderstandAsync(firm, first, second);
        await PlanAsync(firm, first, second);
        await DeliverAsync(firm, first, engagement);
        await ReviewAsync(firm, first, second);
        PlayedServer third = await ComplainAsync(firm, first, second, engagement);
        await ChangeAsync(firm, second, third, engagement);
        await second.StopAsync();
        await ReviewAgainAsync(firm, third);

        await CheckMailsAsync(firm);
        await CheckRecordsAsync(firm, third);
        (await firm.ViolationsAsync()).Should().BeEmpty();
    }

    private static async Task CheckMailsAsync(PlayedFirm firm)
    {
        IReadOnlyList<string> sent = await firm.LinesAsync(
            """
            select to_char(o.ended_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || split_part(m.recipient, '@', 1) || ' ' || m.template
            from mail m join outbox o on o.kind = 'mail' and o.effect_key = m.effect_key
            where o.state = 'accepted'
            order by date_trunc('minute', o.ended_at), m.recipient, m.template
            """);
        sent.Should().Equal(Mails.ReplaceLineEndings("\n").Split('\n'));
        (await firm.EndMailAsync()).Should().BeEmpty("the mail server took nothing that the database does not know of");
        firm.Letters.Should().HaveCount(sent.Count);
        firm.Letters.Select(letter => letter.MessageId).Should().OnlyHaveUniqueItems();
        firm.Letters.Select(letter => letter.EffectKey).Should().BeEquivalentTo(await firm.LinesAsync("select effect_key from outbox where kind = 'mail'"), "each mail was taken once, and none besides");
    }

    private static async Task CheckRecordsAsync(PlayedFirm firm, PlayedServer server)
    {
        (await firm.LinesAsync("select regexp_replace(kind, '^change-.*', 'change') || ' ' || number || ' ' || state || coalesce(' ' || frozen_by, '') from document_version order by proposed_at, kind, number"))
            .Should().Equal(
                "needs 1 frozen Ann Birch", "plan 1 frozen Ann Birch", "review 1 replaced", "review 2 frozen Ann Birch", "change 1 frozen Ann Birch", "plan 2 frozen clara.brandt@linden.example", "review 3 frozen Ann Birch");
        (await firm.LinesAsync("select stage from engagement")).Should().Equal("delivery");
        (await firm.LinesAsync("select definition_version_id || ' ' || status from instance where open_incidents = 0 order by created_at, id")).Should().Equal(
            "client-intake-v1 finished", "needs-analysis-v1 finished", "plan-approval-v1 finished", "periodic-review-v1 finished", "periodic-review-v1 finished",
            "complaint-escalation-v1 finished", "change-request-v1 finished", "periodic-review-v1 suspended");
        (await firm.LinesAsync("select name || ' ' || first_planned_on || ' ' || planned_on || coalesce(' ' || reached_on, '') from milestone order by planned_on")).Should().Equal(
            "Design agreed 2026-04-30 2026-04-30 2026-04-29", "Drawings ready 2026-05-29 2026-05-29 2026-06-05", "Handed over 2026-09-30 2026-11-30");
        (await firm.LinesAsync("select c.state || ', ' || c.class || ', ' || c.outcome || ', ' || c.satisfaction || ', ' || c.lesson || ', ' || p.name from engagement_case c join person p on p.id = c.owner_id"))
            .Should().Equal("closed, high, accepted after mediation, 4, Tell the client a week before., Clara Brandt");
        (await firm.LinesAsync("select name || ' ' || is_kept from clock")).Should().Equal(["answer false"], "the architect answered after the four working hours that were promised");

        JsonElement[] figures = [.. await FiguresAsync(firm, server)];
        figures.Should().HaveCount(2);
        Count(figures[0], "promises", "broken").Should().Be(0);
        (Count(figures[0], "milestones", "inTime"), Count(figures[0], "milestones", "late"), Count(figures[0], "milestones", "ahead")).Should().Be((1, 1, 1));
        Count(figures[0], "meetings", "held").Should().Be(1, "the needs meeting");
        (Count(figures[1], "promises", "kept"), Count(figures[1], "promises", "broken")).Should().Be((0, 1));
        (Count(figures[1], "milestones", "ahead"), Count(figures[1], "milestones", "moved")).Should().Be((1, 1));
        (Count(figures[1], "complaints", "opened"), Count(figures[1], "complaints", "closed"), Count(figures[1], "complaints", "open")).Should().Be((1, 1, 0));
        Count(figures[1], "changes", "decided").Should().Be(1);
        Count(figures[1], "meetings", "held").Should().Be(1, "the first review");
        Count(figures[1], "satisfaction", "mean").Should().Be(4);
    }

    /// <summary>Reads what the reviews that were held put before the client, the first one first.</summary>
    private static async Task<IEnumerable<JsonElement>> FiguresAsync(PlayedFirm firm, PlayedServer server)
    {
        using HttpClient http = PlayedFirm.Staff(server, "mia.novak");
        List<JsonElement> figures = [];
        foreach (string review in await firm.LinesAsync("select id::text from instance where definition_id = 'periodic-review' and finished_at is not null order by finished_at"))
            figures.Add((await http.GetFromJsonAsync<JsonElement>($"api/instances/{review}")).GetProperty("variables").GetProperty("Figures"));
        return figures;
    }

    private static decimal Count(JsonElement figures, string group, string figure) => figures.GetProperty(group).GetProperty(figure).GetDecimal();

    private static async Task<string> ImportAsync(PlayedFirm firm, PlayedServer server)
    {
        using ByteArrayContent file = new(Encoding.UTF8.GetBytes(Line));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        JsonElement import = await firm.PostAsync(server, "mia.novak", "api/clients/imports?fileName=clients.csv", file);
        import.GetProperty("made").GetInt32().Should().Be(1, $"{import}");
        await firm.PostAsync(server, "mia.novak", $"api/clients/imports/{import.GetProperty("id").GetGuid()}/confirm?startFlows=true", null);
        return (await firm.LinesAsync("select id::text from engagement")).Should().ContainSingle().Subject;
    }

    private static async Task TakeOnAsync(PlayedFirm firm, PlayedServer first, PlayedServer second)
    {
        await firm.PassUntilAsync(At("2026-03-03 10:00"));
        await AnswerAsync(firm, second, new()
        {
            ["projectType"] = ["interior"],
            ["siteKnown"] = ["true"],
            ["siteAddress"] = ["12 Gower Street, London"],
            ["area"] = ["420"],
            ["goals"] = ["Brighter rooms for sixty readers."],
            ["priorities"] = ["quality", "time"],
            ["budget"] = ["100k-500k"],
            ["decisionMaker"] = ["Ann Birch, director"],
        });
        await firm.CompleteAsync(first, "mia.novak", "Check the client's brief", "Complete");
        await firm.CompleteAsync(second, "li.wei", "Decide whether we take the project on", "Approved");
    }

    private static async Task UnderstandAsync(PlayedFirm firm, PlayedServer first, PlayedServer second)
    {
        await AnswerAsync(firm, first, new() { ["answer"] = ["accept"] });
        await AnswerAsync(firm, second, new() { ["better"] = ["A quiet place to read."] });
        await firm.PassUntilAsync(At("2026-03-18 09:00"));
        await firm.CompleteAsync(first, "mia.novak", "Write the needs down", "Held", new
        {
            summary = "Sixty readers need quiet.",
            goals = new[] { new { goal = "Less noise", indicator = "Sound level at the desks", target = "45 dB at most", until = "2026-09-30" } },
            scopeIn = new[] { new { what = "Both reading rooms" } },
        });
        await firm.PassUntilAsync(At("2026-03-19 10:00"));
        await AnswerAsync(firm, second, new() { ["answer"] = ["agree"] });
    }

    private static async Task PlanAsync(PlayedFirm firm, PlayedServer first, PlayedServer second)
    {
        await firm.CompleteAsync(first, "mia.novak", "Write the plan", "Done", Plan("2026-09-30"));
        await firm.CompleteAsync(second, "clara.brandt", "Approve the plan", "Approved");
        await firm.CompleteAsync(first, "li.wei", "Approve the plan", "Approved");
        await firm.PassUntilAsync(At("2026-03-20 10:00"));
        await ApproveAsync(firm, second);
    }

    private static async Task DeliverAsync(PlayedFirm firm, PlayedServer server, string engagement)
    {
        await firm.PassUntilAsync(At("2026-04-29 12:00"));
        await ReachAsync(firm, server, engagement, "Design agreed");
        // Planned for the end of May.
        await firm.PassUntilAsync(At("2026-06-05 12:00"));
        await ReachAsync(firm, server, engagement, "Drawings ready");
    }

    private static async Task ReviewAsync(PlayedFirm firm, PlayedServer first, PlayedServer second)
    {
        await firm.PassUntilAsync(At("2026-06-16 10:00"));
        await AnswerAsync(firm, second, new() { ["answer"] = ["accept"] });
        await firm.PassUntilAsync(At("2026-06-22 12:00"));
        await firm.CompleteAsync(first, "mia.novak", "Write the minutes", "Held", Minutes("The drawings were late."));
        await AnswerAsync(firm, second, new() { ["answer"] = ["correct"], ["remarks"] = ["By a week, not more."] });
        await firm.CompleteAsync(second, "mia.novak", "Correct the minutes", "Done", Minutes("The drawings were late by a week."));
        await firm.CompleteAsync(second, "li.wei", "Send the new dates", "Done");
        await firm.PassUntilAsync(At("2026-06-23 12:00"));
        await AnswerAsync(firm, first, new() { ["answer"] = ["confirm"] });
    }

    private async Task<PlayedServer> ComplainAsync(PlayedFirm firm, PlayedServer first, PlayedServer second, string engagement)
    {
        await firm.PassUntilAsync(At("2026-07-06 08:00"));
        await StartAsync(firm, first, "mia.novak", "complaint-escalation", engagement, new()
        {
            ["Subject"] = "The scaffold blocks the entrance",
            ["Description"] = "And nobody told us.",
            ["Class"] = "high",
            ["RaisedBy"] = "Ann Birch",
        });
        await firm.PassUntilAsync(At("2026-07-06 14:00"));
        await firm.CompleteAsync(second, "li.wei", "Answer the complaint and propose a solution", "Done", new { solution = "We move it by Friday." });
        await firm.PassUntilAsync(At("2026-07-07 09:00"));
        await RejectWhileKilledAsync(firm, first, second);
        PlayedServer third = await firm.StartServerAsync("flows_third");
        await firm.CompleteAsync(third, "clara.brandt", "Mediate between the client and us", "Done", new { solution = "It is moved tonight, and a tenth of the fee less." });
        await firm.PassUntilAsync(At("2026-07-08 09:00"));
        await AnswerAsync(firm, second, new() { ["answer"] = ["accept"], ["satisfaction"] = ["4"] });
        await firm.CompleteAsync(third, "mia.novak", "Write down what we learn from the complaint", "Done", new { lesson = "Tell the client a week before." });
        return third;
    }

    /// <summary>The client does not accept, and the server that has the answer dies before its commit.</summary>
    private async Task RejectWhileKilledAsync(PlayedFirm firm, PlayedServer dying, PlayedServer other)
    {
        string token = await LatestLinkAsync(firm);
        Dictionary<string, string[]> no = new() { ["answer"] = ["reject"], ["reason"] = ["Friday is too late."] };
        using (ClientBrowser browser = new(dying.Address))
        {
            await browser.OpenAsync(token);
            await using NpgsqlConnection holder = await postgres.DataSource.OpenConnectionAsync();
            await using NpgsqlTransaction held = await holder.BeginTransactionAsync();
            await using (NpgsqlCommand hold = new("select count(*) from (select from link where state = 'open' for update) locked", holder, held))
                await hold.ExecuteScalarAsync();
            Task<bool> answering = browser.SendAsync(no);
            await Eventually.TrueAsync(() => postgres.ScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and usename = $1 and wait_event_type = 'Lock')", dying.User));

            await dying.KillAsync(postgres.DataSource);

            await FluentActions.Awaiting(() => answering).Should().ThrowAsync<HttpRequestException>("nobody is there to thank the client");
            await held.RollbackAsync();
        }

        (await firm.LinesAsync("select l.state from link l join mail m on m.link_id = l.id order by m.sequence desc limit 1")).Should().Equal(["open"], "nothing of the answer was committed");
        using ClientBrowser again = new(other.Address);
        await again.OpenAsync(token);
        (await again.SendAsync(no)).Should().BeTrue();
        await firm.SettleAsync();
    }

    private static async Task ChangeAsync(PlayedFirm firm, PlayedServer second, PlayedServer third, string engagement)
    {
        await firm.PassUntilAsync(At("2026-08-03 09:00"));
        await StartAsync(firm, third, "mia.novak", "change-request", engagement, new() { ["Title"] = "A third room", ["Motive"] = "More readers" });
        await firm.CompleteAsync(second, "mia.novak", "Describe the change and its impact", "Done", new
        {
            title = "A third room",
            motive = "More readers",
            description = "The store becomes a reading room.",
            cost = 90000,
            currency = "GBP",
            days = 40,
            architecture = "A new opening in a wall that carries.",
            touched = new[] { new { architect = "clara.brandt@linden.example" } },
        });
        await firm.CompleteAsync(third, "li.wei", "Approve the change", "Approved");
        await firm.CompleteAsync(second, "clara.brandt", "Approve the change", "Approved");
        await firm.PassUntilAsync(At("2026-08-04 09:00"));
        await ApproveAsync(firm, third);
        await firm.CompleteAsync(second, "mia.novak", "Write the change into the plan", "Done", Plan("2026-11-30"));
        await firm.CompleteAsync(third, "li.wei", "Approve the changed plan", "Approved");
        await firm.CompleteAsync(second, "clara.brandt", "Approve the changed plan", "Approved");
    }

    private static async Task ReviewAgainAsync(PlayedFirm firm, PlayedServer server)
    {
        await firm.PassUntilAsync(At("2026-09-15 10:00"));
        await AnswerAsync(firm, server, new() { ["answer"] = ["accept"] });
        await firm.PassUntilAsync(At("2026-09-21 12:00"));
        await firm.CompleteAsync(server, "mia.novak", "Write the minutes", "Held", Minutes("The third room begins."));
        await firm.CompleteAsync(server, "li.wei", "Send the new dates", "Done");
        await AnswerAsync(firm, server, new() { ["answer"] = ["confirm"] });
    }

    private static async Task StartAsync(PlayedFirm firm, PlayedServer server, string person, string process, string engagement, Dictionary<string, string> input)
    {
        using JsonContent body = JsonContent.Create(new { definitionId = process, correlationId = engagement, input });
        await firm.PostAsync(server, person, "api/instances", body);
    }

    private static async Task AnswerAsync(PlayedFirm firm, PlayedServer server, Dictionary<string, string[]> answers)
    {
        using ClientBrowser browser = new(server.Address);
        await browser.OpenAsync(await LatestLinkAsync(firm));
        (await browser.SendAsync(answers)).Should().BeTrue();
        await firm.SettleAsync();
    }

    /// <summary>The client approves, with the code from the mailbox.</summary>
    private static async Task ApproveAsync(PlayedFirm firm, PlayedServer server)
    {
        using ClientBrowser browser = new(server.Address);
        await browser.OpenAsync(await LatestLinkAsync(firm));
        (await browser.SendAsync(new Dictionary<string, string[]> { ["answer"] = ["approve"] })).Should().BeFalse("whoever has the letter alone cannot bind the client");
        await browser.AskForCodeAsync();
        await firm.SettleAsync();
        await browser.ConfirmAsync(firm.Letters.Last(letter => letter.To == Client && letter.Code is not null).Code!);
        await firm.SettleAsync();
    }

    private static async Task ReachAsync(PlayedFirm firm, PlayedServer server, string engagement, string name)
    {
        string milestone = (await firm.LinesAsync($"select id::text from milestone where name = '{name}'")).Should().ContainSingle().Subject;
        using JsonContent body = JsonContent.Create(new { });
        await firm.PostAsync(server, "li.wei", $"api/engagements/{engagement}/milestones/{milestone}/reached", body);
    }

    /// <summary>Returns the link of the client's newest question. Letters that went out at one instant may have come in any order, and some carry the standing link for complaints.</summary>
    private static async Task<string> LatestLinkAsync(PlayedFirm firm)
    {
        IReadOnlyList<string> asked = await firm.LinesAsync("select m.effect_key from mail m join link l on l.id = m.link_id where l.state = 'open' order by m.sequence desc limit 1");
        string key = asked.Should().ContainSingle("the client is asked something").Subject;
        return firm.Letters.Should().ContainSingle(letter => letter.To == Client && letter.EffectKey == key).Subject.Link!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static object Plan(string handover) => new
    {
        summary = "Two reading rooms, made quiet.",
        phases = new[]
        {
            new { title = "Design", architect = "li.wei@linden.example", from = "2026-03-23", until = "2026-05-29" },
            new { title = "Build", architect = "clara.brandt@linden.example", from = "2026-06-01", until = handover },
        },
        milestones = new[]
        {
            new { title = "Design agreed", due = "2026-04-30" },
            new { title = "Drawings ready", due = "2026-05-29" },
            new { title = "Handed over", due = handover },
        },
        deliverables = new[] { new { title = "Drawings" } },
        rhythm = "quarterly",
    };

    private static object Minutes(string points) => new
    {
        present = "Ann Birch, Mia Novak, Li Wei",
        points,
        actions = new[] { new { what = "Send the new dates", who = "li.wei@linden.example", until = "2026-09-30" } },
    };
}
