using System.Text;
using AngleSharp.Dom;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Looking changes nothing, and what clients write stays text.</summary>
public sealed class ReadingTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string Payload = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}javascript:";

    [Fact]
    public async Task Get_OfEveryPage_ChangesNothing()
    {
        (_, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, _) = await house.OpenLinkAsync(address);
        string before = await SnapshotAsync();

        foreach (string path in await PathsAsync())
        {
            (await house.Staff.GetAsync(path)).Dispose();
            (await house.Staff.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))).Dispose();
        }

        foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options })
        {
            (await browser.SendAsync(new HttpRequestMessage(method, form))).Dispose();
            (await browser.SendAsync(new HttpRequestMessage(method, form + "/decline"))).Dispose();
            (await house.Anonymous().SendAsync(new HttpRequestMessage(method, address))).Dispose();
        }

        (await SnapshotAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Text_OfClients_IsTextOnEveryPage()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        await house.Postgres.ExecuteAsync(
            """
            with e as (select e.client_id, e.contact_id, e.id from link l join engagement e on e.id = l.engagement_id where l.id = $1),
                 a as (update client set name = $2, industry = $2 where id in (select client_id from e)),
                 b as (update contact set name = $2, phone = '<b>1</b>' where id in (select contact_id from e)),
                 c as (update engagement set title = $2 where id in (select id from e)),
                 d as (update link set message = $2 where id = $1)
            select 1
            """,
            link, Payload);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        await ShouldBeHarmlessAsync(form, html);
        using HttpResponseMessage sent = await HouseFixture.AnswerAsync(browser, form, html, goals: Payload);
        sent.Headers.Location!.OriginalString.Should().EndWith("?sent");
        await ShouldBeHarmlessAsync(form, await browser.GetStringAsync(form));

        int seen = 0;
        foreach (string path in await PathsAsync())
        {
            using HttpResponseMessage answer = await house.Staff.GetAsync(path);
            string page = await answer.Content.ReadAsStringAsync();
            if (await ShouldBeHarmlessAsync(path, page))
                seen++;
        }

        seen.Should().BeGreaterThan(4, "the payload must have been on pages for this to prove something");
    }

    private static async Task<bool> ShouldBeHarmlessAsync(string path, string html)
    {
        IDocument page = await HouseFixture.ParseAsync(html);
        page.QuerySelectorAll("script").Should().NotContain(script => !script.HasAttribute("src") || script.TextContent.Length > 0, path);
        page.QuerySelectorAll("img[src=x]").Should().BeEmpty(path);
        page.All.SelectMany(element => element.Attributes).Should().NotContain(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal), path);
        page.QuerySelectorAll("[href^='javascript:'], [src^='javascript:']").Should().BeEmpty(path);
        return page.DocumentElement.TextContent.Contains("alert(1)", StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> PathsAsync()
    {
        List<string> paths = ["/", "/inbox", "/clients", "/mailbox", "/instances", "/incidents", "/definitions", "/more", "/search?q=alert", "/sign-in", "/set-password", "/problem"];
        await using Npgsql.NpgsqlCommand command = house.Postgres.DataSource.CreateCommand(
            """
            (select '/clients/' || client_id from engagement order by title limit 3) union all
            (select '/instances/' || id from instance order by id limit 3) union all
            (select '/instances/' || instance_id from link order by state, id limit 3) union all
            (select '/mailbox/' || id from mail order by id desc limit 3) union all
            (select '/mailbox/' || id || '/html' from mail order by id desc limit 3) union all
            (select '/inbox/' || id from task order by id limit 3) union all
            (select '/tasks/' || id from task order by id limit 1) union all
            (select '/definitions/' || id from definition limit 1)
            """);
        await using Npgsql.NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            paths.Add(reader.GetString(0));
        return paths;
    }

    // Every row of every table, but for the counters of openings and what other loops of the server do by themselves.
    private async Task<string> SnapshotAsync()
    {
        string[] tables = ["instance", "bookmark", "incident", "task", "client", "contact", "engagement", "person", "timeline_entry", "form_answer", "mail", "audit", "definition", "account", "account_link"];
        StringBuilder text = new();
        foreach (string table in tables)
            text.Append(table).Append(await house.Postgres.ScalarAsync<string>($"select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from {table} t")).Append('\n');
        text.Append(await house.Postgres.ScalarAsync<string>("select string_agg(id::text || state || coalesce(closed_at::text, ''), ',' order by id) from link"));
        return text.ToString();
    }
}
