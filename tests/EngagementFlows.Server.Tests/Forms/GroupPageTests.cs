using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Forms;

/// <summary>Lists in forms on the client's and the staff's page, without any script.</summary>
public sealed class GroupPageTests(RegisterFixture house) : IClassFixture<RegisterFixture>
{
    [Fact]
    public async Task Register_Prefilled_IsCorrectedRowByRowAndAnsweredOnce()
    {
        (Guid link, HttpClient browser, string form, IDocument page) = await OpenAsync();
        page.QuerySelector("input[name='q.goals.0.goal']")!.GetAttribute("value").Should().Be("<script>alert(1)</script> & light", "it is escaped on the page");
        page.QuerySelectorAll("main script").Should().BeEmpty();
        page.QuerySelectorAll(".group-row > legend").Select(legend => legend.TextContent).Should().Equal(Language(page, "Goal 1", "目标 1"), Language(page, "Goal 2", "目标 2"));

        page = await PressAsync(browser, form, page, "add:goals", ("q.goals.1.goal", "Quieter rooms"), ("q.pain", "Noise"));
        page.QuerySelectorAll(".group-row").Should().HaveCount(3);
        page.QuerySelector("#row-goals\\.2")!.HasAttribute("autofocus").Should().BeTrue();
        page.QuerySelector("#form-status")!.TextContent.Should().BeOneOf("Goal 3 was added.", "已添加：目标 3。");
        page.QuerySelector("input[name='q.goals.1.goal']")!.GetAttribute("value").Should().Be("Quieter rooms");
        page = await PressAsync(browser, form, page, "remove:goals.0");
        page.QuerySelectorAll(".group-row").Should().HaveCount(2);
        page.QuerySelector("textarea[name='q.pain']")!.TextContent.Should().Be("Noise");
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open", "no button of a group answers");

        page = await PressAsync(browser, form, page, "send", HttpStatusCode.UnprocessableEntity, ("q.goals.1.goal", "=1+1"), ("q.goals.1.by", "soon"));
        IElement fault = page.QuerySelector("#faults li")!;
        fault.QuerySelector("a")!.GetAttribute("href").Should().Be("#question-goals.1.by");
        fault.TextContent.Should().ContainAny("Goal 2: By when", "目标 2：期限");
        page.QuerySelector("[id='question-goals.1.by']")!.ClassName.Should().Contain("has-fault");

        using HttpResponseMessage sent = await PostAsync(browser, form, page, "send", ("q.goals.1.by", "2026-12-24"));
        using HttpResponseMessage again = await PostAsync(browser, form, page, "send");
        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        (await again.Content.ReadAsStringAsync()).Should().ContainAny("You have answered already", "您已经回复过了");
        (await house.Postgres.ScalarAsync<string>("select answers->'goals' #>> '{1,goal}' from form_answer where id = $1", link)).Should().Be("=1+1");
        (await house.Postgres.ScalarAsync<string>(
            "select string_agg(question || ' ' || row_number || ' ' || coalesce(text_value, date_value::text), '; ' order by ordinal) from form_answer_value where form_answer_id = $1 and row_number is not null", link))
            .Should().Be("goals.goal 1 Quieter rooms; goals.by 1 2026-12-01; goals.goal 2 =1+1; goals.by 2 2026-12-24");
    }

    [Fact]
    public async Task QuestionOfARow_AppearsByItsAnswerAndIsThenAsked()
    {
        (_, HttpClient browser, string form, IDocument page) = await OpenAsync();

        page = await PressAsync(browser, form, page, "send", HttpStatusCode.OK, ("q.goals.1.scope", "out"));

        page.QuerySelectorAll("textarea[name$='.why']").Select(field => field.GetAttribute("name")).Should().Equal("q.goals.1.why");
        page.QuerySelectorAll(".has-fault").Should().BeEmpty("it was not shown before");
        page = await PressAsync(browser, form, page, "send", HttpStatusCode.UnprocessableEntity);
        page.QuerySelectorAll("#faults a").Should().ContainSingle().Which.GetAttribute("href").Should().Be("#question-goals.1.why");
    }

    [Fact]
    public async Task RowsAtTheirLimit_CannotGrow()
    {
        (_, HttpClient browser, string form, IDocument page) = await OpenAsync();
        for (int press = 0; press < 4; press++)
            page = await PressAsync(browser, form, page, "add:goals");

        page.QuerySelectorAll(".group-row").Should().HaveCount(4);
        page.QuerySelector("button[value='add:goals']").Should().BeNull();
        page.QuerySelector(".group")!.TextContent.Should().ContainAny("No more than 4", "最多可填写 4 项");
    }

    [Fact]
    public async Task AddingARow_WithoutThePagesToken_IsRefusedAndBeginsAnew()
    {
        (Guid link, HttpClient browser, string form, IDocument page) = await OpenAsync();
        page.QuerySelector("input[name='__RequestVerificationToken']")!.Remove();

        using HttpResponseMessage answer = await PostAsync(browser, form, page, "add:goals");

        ((int)answer.StatusCode).Should().BeInRange(400, 499);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");
    }

    [Fact]
    public async Task Minutes_OfAMemberOfStaff_OfferTheStaffAndKeepWhatWasTyped()
    {
        Guid task = await OpenTaskAsync();
        IDocument page = await house.ReadAsync($"/inbox/{task}");
        page.QuerySelector("input[name='q.actions.0.what']")!.GetAttribute("value").Should().Be("Measure the hall");
        string[] offered = [.. page.QuerySelectorAll("select[name='q.actions.0.owner'] option").Select(option => option.GetAttribute("value")!).Where(value => value.Length > 0)];
        offered.Should().BeEquivalentTo(await ListAsync("select email from person where is_active"));
        page.QuerySelectorAll("select[name='q.chair'] option[value]").Select(option => option.GetAttribute("value")).Where(value => value!.Length > 0)
            .Should().BeEquivalentTo(await ListAsync("select email from person where is_active and 'architect' = any(roles)"));

        page = await PressAsync(house.Staff, $"/inbox/{task}", page, "add:actions", ("q.actions.0.owner", offered[0]), ("comment", "Soon"));
        page.QuerySelectorAll(".group-row").Should().HaveCount(2);
        page.QuerySelector("#comment")!.TextContent.Should().Be("Soon");
        page.QuerySelector($"select[name='q.actions.0.owner'] option[value='{offered[0]}']")!.HasAttribute("selected").Should().BeTrue();
        page = await PressAsync(house.Staff, $"/inbox/{task}", page, "outcome=Done", ("q.actions.1.what", "Draw"), ("q.actions.1.owner", "nobody@firm.example"));
        page.QuerySelector(".fault")!.TextContent.Should().Contain("Action 2: Draw: Who: Please choose one of the answers offered.");
        (await house.Postgres.ScalarAsync<string>("select state from task where id = $1", task)).Should().Be("open");

        using HttpResponseMessage done = await PostAsync(house.Staff, $"/inbox/{task}", page, "outcome=Done", ("q.actions.1.owner", offered[^1]));
        ((int)done.StatusCode).Should().BeInRange(300, 399);
        (await house.Postgres.ScalarAsync<string>("select answers::text from form_answer where id = $1", task)).Should().Contain(offered[^1]);
        IDocument read = await house.ReadAsync($"/inbox/{task}");
        string name = (await house.Postgres.ScalarAsync<string>($"select name from person where email = '{offered[^1]}'"))!;
        read.QuerySelector(".answer-table")!.TextContent.Should().Contain(name).And.NotContain(offered[^1], "people are read by their names");
    }

    [Fact]
    public async Task Publication_OfAClientsFormThatAsksForStaff_IsRefused()
    {
        DefinitionDesk desk = house.Services.GetRequiredService<DefinitionDesk>();
        Engine.Definitions.WorkflowDefinition definition = desk.Check(System.Text.Encoding.UTF8.GetBytes(RegisterFixture.Flow.Replace("\"register\"", "\"leaky\"").Replace("register-v1", "leaky-v1"))).Definition!;
        await using Npgsql.NpgsqlConnection connection = await house.Services.GetRequiredService<Postgres.FlowsDatabase>().Queries.OpenConnectionAsync();
        await using Npgsql.NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        Dictionary<string, byte[]> files = new[] { ("forms/register.json", RegisterFixture.MinutesForm), ("mail/ask.en.md", RegisterFixture.Mail), ("mail/ask.zh-CN.md", RegisterFixture.MailZh) }
            .ToDictionary(file => file.Item1, file => System.Text.Encoding.UTF8.GetBytes(file.Item2));
        (string version, _) = await desk.StoreAsync(transaction, definition, files, "ann", default);
        await transaction.CommitAsync();

        DeskAnswer answer = await desk.SubmitAsync(version, "ann", default);

        answer.Outcome.Should().Be(DeskOutcome.Faulty);
        answer.Faults.Should().ContainSingle().Which.Should().Match<Engine.Definitions.DefinitionFault>(fault => fault.ActivityId == "Ask" && fault.Field == "form" && fault.Message.Contains("clients must not see who works here"));
    }

    private async Task<(Guid Link, HttpClient Browser, string Form, IDocument Page)> OpenAsync()
    {
        Guid instance = await house.StartAsync();
        Guid link = await house.Postgres.ScalarAsync<Guid>("select id from link where instance_id = $1", instance);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(house.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link));
        return (link, browser, form, await HouseFixture.ParseAsync(html));
    }

    private async Task<Guid> OpenTaskAsync()
    {
        (Guid link, HttpClient browser, string form, IDocument page) = await OpenAsync();
        using HttpResponseMessage sent = await PostAsync(browser, form, page, "send");
        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        return await house.Postgres.ScalarAsync<Guid>("select t.id from task t join link l on l.instance_id = t.instance_id where l.id = $1", link);
    }

    private async Task<string[]> ListAsync(string sql) => (await house.Postgres.ScalarAsync<string[]>($"select array({sql})"))!;

    private static string Language(IDocument page, string english, string chinese) => page.DocumentElement.GetAttribute("lang") == "en" ? english : chinese;

    private static async Task<IDocument> PressAsync(HttpClient browser, string address, IDocument page, string button, params (string Name, string Value)[] typed) =>
        await PressAsync(browser, address, page, button, HttpStatusCode.OK, typed);

    private static async Task<IDocument> PressAsync(HttpClient browser, string address, IDocument page, string button, HttpStatusCode expected, params (string Name, string Value)[] typed)
    {
        using HttpResponseMessage answer = await PostAsync(browser, address, page, button, typed);
        string html = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(expected, html.Length < 2000 ? html : html[..2000]);
        return await HouseFixture.ParseAsync(html);
    }

    // What a browser sends: every field of the form as it stands, what was typed in its place, and the button.
    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, IDocument page, string button, params (string Name, string Value)[] typed)
    {
        Dictionary<string, string> values = typed.ToDictionary(field => field.Name, field => field.Value);
        List<KeyValuePair<string, string>> fields = [];
        foreach (IElement field in page.QuerySelectorAll("form[data-form] input[name], form[data-form] textarea[name], form[data-form] select[name]"))
        {
            string name = field.GetAttribute("name")!;
            if (values.ContainsKey(name))
                continue;
            if (field is IHtmlInputElement { Type: "radio" or "checkbox" } && !field.HasAttribute("checked"))
                continue;
            fields.Add(new(name, field switch { IHtmlTextAreaElement area => area.TextContent, IHtmlSelectElement select => select.Value ?? "", _ => field.GetAttribute("value") ?? "" }));
        }

        fields.AddRange(values);
        fields.Add(button.Split('=') is [string act, string value] ? new(act, value) : new("go", button));
        using FormUrlEncodedContent content = new(fields);
        return await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, address) { Content = content }, browser));
    }
}
