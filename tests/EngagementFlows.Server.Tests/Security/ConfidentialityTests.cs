using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>A personnel file is read by three persons: every address, as everybody, against a firm in whose one file a secret word stands in every field.</summary>
public sealed partial class ConfidentialityTests(PersonnelFileFixture house) : IClassFixture<PersonnelFileFixture>
{
    // Lists with every way in which they can be narrowed, and words that find the secret.
    private const string Narrowed = "q=Zq7&search=Zq7&all=true&state=open&status=suspended";

    [Fact]
    public async Task EveryAddress_ForWhoeverIsNoReader_HoldsNothingOfTheFile()
    {
        IReadOnlyList<(string Kind, Guid Id)> ids = await OnePerKindAsync();
        string[] lists = [.. Routes("GET").Where(route => !route.Contains("guid", StringComparison.Ordinal)).SelectMany(route => new[] { Filled(route, Guid.Empty), $"{Filled(route, Guid.Empty)}?{Narrowed}" }), .. ByQuery(ids)];
        foreach ((string name, HttpClient client) in await StrangersAsync())
        {
            foreach (string address in lists)
                await ReadsNothingAsync(name, client, address);
        }

        foreach ((string name, HttpClient client) in await StrongestAsync())
        {
            foreach (string route in Routes("GET").Where(TakesId))
            {
                foreach ((string kind, Guid id) in ids)
                    (await ReadsNothingAsync(name, client, Filled(route, id))).Should().BeOneOf(Closed, $"GET {route} of {kind} {id} as {name}");
            }
        }
    }

    // What the walk above does not find is there to be found: it is the rule that hides it, in every list.
    [Fact]
    public async Task EveryList_WithoutTheRule_WouldShowTheFile()
    {
        HttpClient everything = (await house.SignInAsync([.. StaffRoles.All])).Client;
        string[] rule = (await house.Postgres.ScalarAsync<string[]>("select array_agg(pg_get_functiondef(oid)) from pg_proc where proname in ('engagement_is_open_to', 'instance_is_open_to') and pronamespace = current_schema()::regnamespace"))!;
        await house.Postgres.ExecuteAsync("create or replace function engagement_is_open_to(engagement uuid, person uuid) returns boolean language sql stable parallel safe as 'select true'");
        await house.Postgres.ExecuteAsync("create or replace function instance_is_open_to(instance uuid, correlation text, person uuid) returns boolean language sql stable parallel safe as 'select true'");
        try
        {
            foreach (string address in (string[])
                [
                    "/", "/instances", "/incidents", "/mailbox", "/search?q=Zq7", "/calendars/provisional", "/cases", "/api/cases", "/meetings", "/api/meetings", $"/clients/{house.Firm}",
                    "/api/instances", "/api/incidents", "/api/mails", "/api/tasks?all=true", "/api/clocks", "/api/calendars/provisional", $"/api/clients/{house.Firm}", $"/api/promises/figures?engagementId={house.File}",
                ])
            {
                (await everything.GetStringAsync(address)).Should().Contain(PersonnelFileFixture.Secret, address);
            }
        }
        finally
        {
            foreach (string function in rule)
                await house.Postgres.ExecuteAsync(function);
        }

        (await everything.GetStringAsync("/api/mails")).Should().NotContain(PersonnelFileFixture.Secret);
    }

    [Fact]
    public async Task EveryAct_OfWhoeverIsNoReader_FindsNothing()
    {
        IReadOnlyList<(string Kind, Guid Id)> ids = await OnePerKindAsync();
        SortedDictionary<string, string> before = await DatabaseDump.ReadAsync(house.Postgres, withCounters: false);
        foreach ((string name, HttpClient client) in await StrongestAsync())
        {
            foreach (string method in (string[])["POST", "PUT", "DELETE"])
            {
                // Administrators mend incidents unseen, by a form of ours; here it lacks its token.
                foreach (string route in Routes(method).Where(route => TakesId(route) && route != "/incidents/{id:guid}/act"))
                {
                    foreach ((string kind, Guid id) in ids)
                    {
                        using HttpRequestMessage request = new(new HttpMethod(method), Filled(route, id));
                        request.Content = route.StartsWith("/api/", StringComparison.Ordinal) || route.StartsWith("/elsa/", StringComparison.Ordinal) ? ApiFixture.Json("{}") : new FormUrlEncodedContent([]);
                        using HttpResponseMessage answer = await client.SendAsync(request);
                        Status(answer).Should().BeOneOf(Closed, $"{method} {route} of {kind} {id} as {name}");
                    }
                }
            }
        }

        SortedDictionary<string, string> after = await DatabaseDump.ReadAsync(house.Postgres, withCounters: false);
        foreach (string table in (string[])["task", "instance", "engagement", "internal_engagement", "incident", "meeting", "engagement_case", "document_version"])
            after[table].Should().Be(before[table], table);
    }

    [Fact]
    public async Task Readers_SeeTheFile_AndWhatHangsOnIt()
    {
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select id from instance where definition_id = 'file-task'");
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where engagement_id is not null limit 1");
        foreach ((HttpClient client, _) in house.Readers)
        {
            foreach (string address in (string[])
                ["/", $"/clients/{house.Firm}?engagement={house.File}", $"/instances/{instance}", $"/mailbox/{mail}", "/mailbox", "/instances", "/incidents", $"/api/instances/{instance}", $"/api/mails/{mail}", $"/api/clients/{house.Firm}"])
            {
                using HttpResponseMessage answer = await client.GetAsync(address);
                answer.StatusCode.Should().Be(HttpStatusCode.OK, address);
                (await answer.Content.ReadAsStringAsync()).Should().Contain(PersonnelFileFixture.Secret, address);
            }
        }

        (await house.Readers[0].Client.GetStringAsync("/inbox")).Should().Contain(PersonnelFileFixture.Secret);
        (await house.Readers[0].Client.GetStringAsync("/clients")).Should().NotContain(house.Firm.ToString(), "the firm is no client of its own");
    }

    [Fact]
    public async Task Mails_OfTheFile_GoToItsReadersAlone()
    {
        string[] addresses = (await house.Postgres.ScalarAsync<string[]>("select array(select distinct recipient from mail where engagement_id is not null or instance_id is not null)"))!;
        string[] readers = [.. house.Readers.Select(reader => $"{reader.PersonId:N}@example.com")];
        addresses.Should().NotBeEmpty().And.BeSubsetOf(readers);
        string[] incidents = (await house.Postgres.ScalarAsync<string[]>("select array(select message || innermost from incident)"))!;
        incidents.Should().Contain(message => message.Contains("'x@x.example'") && message.Contains("its readers alone"));
        incidents.Should().Contain(message => message.Contains("'role:operator' means people who must not read"));
    }

    [Fact]
    public async Task Administrator_SeesThatAnIncidentIsThere_AndTriesAgainUnseen()
    {
        (HttpClient administrator, _) = await house.SignInAsync(StaffRoles.Administrator);
        (HttpClient @operator, _) = await house.SignInAsync(StaffRoles.Operator);
        Guid incident = await house.Postgres.ScalarAsync<Guid>("select c.id from incident c join instance i on i.id = c.instance_id where i.definition_id = 'file-outside'");

        string page = await administrator.GetStringAsync("/incidents");
        page.Should().Contain($"/incidents/{incident}/act").And.NotContain(PersonnelFileFixture.Secret);
        (await @operator.GetStringAsync("/incidents")).Should().NotContain(incident.ToString());
        using HttpResponseMessage done = await ServerFixture.PostFormAsync(administrator, "/incidents", $"/incidents/{incident}/act", new() { ["act"] = "retry" });
        done.Headers.Location!.OriginalString.Should().Be("/incidents");
        (await administrator.GetStringAsync("/incidents")).Should().NotContain(PersonnelFileFixture.Secret);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'IncidentRetried'")).Should().BePositive();
        using HttpResponseMessage set = await ServerFixture.PostFormAsync(administrator, "/incidents", $"/incidents/{incident}/act", new() { ["act"] = "set", ["variable"] = "A", ["value"] = "1", ["reason"] = "why" });
        set.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task StartsAndEvents_OfAStranger_DoNotReachTheFile()
    {
        (HttpClient stranger, _) = await house.SignInAsync(StaffRoles.Operator);
        foreach (string id in (string[])[house.File.ToString(), house.File.ToString("N"), house.File.ToString("B").ToUpperInvariant()])
        {
            foreach (string address in (string[])["api/instances", "api/instances/dispatch"])
            {
                using HttpResponseMessage started = await stranger.PostAsJsonAsync(address, new { definitionId = "file-task", correlationId = id });
                started.StatusCode.Should().Be(HttpStatusCode.NotFound);
            }

            using HttpResponseMessage told = await stranger.PostAsJsonAsync("api/events", new { name = "Go", correlationId = id });
            told.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        Guid[] instances = (await house.Postgres.ScalarAsync<Guid[]>("select array(select id from instance)"))!;
        using HttpResponseMessage bulk = await stranger.PostAsJsonAsync("api/instances/bulk", new { act = "cancel", ids = instances, reason = "why" });
        (await bulk.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("matched").GetInt64().Should().Be(0);
    }

    [Fact]
    public async Task HttpEndpoints_OfWhoeverIsNoReader_NeitherStartNorResumeForTheFile()
    {
        HttpClient reader = house.Readers[0].Client;
        HttpClient[] strangers = [(await house.SignInAsync(StaffRoles.Operator)).Client, house.Program(StaffRoles.Operator)];
        foreach (HttpClient stranger in strangers)
        {
            foreach (string key in (string[])["D", "N", "X"])
                (await PostAsync(stranger, "http/file-starts", house.File.ToString(key))).Should().Be(HttpStatusCode.NotFound, key);
        }

        (await house.Postgres.ScalarAsync<long>("select count(*) from instance where definition_id = 'file-http'")).Should().Be(0);
        (await PostAsync(reader, "http/file-starts", house.File.ToString())).Should().Be(HttpStatusCode.Accepted);
        foreach (HttpClient stranger in strangers)
        {
            (await PostAsync(stranger, "http/file-waits", key: null)).Should().Be(HttpStatusCode.NotFound);
            (await PostAsync(stranger, "http/file-waits", house.File.ToString())).Should().Be(HttpStatusCode.NotFound);
        }

        (await house.Postgres.ScalarAsync<string>("select status from instance where definition_id = 'file-http'")).Should().Be("suspended");
        (await PostAsync(reader, "http/file-waits", key: null)).Should().Be(HttpStatusCode.Accepted);
        (await house.Postgres.ScalarAsync<string>("select status from instance where definition_id = 'file-http'")).Should().Be("finished");
    }

    [Fact]
    public async Task Schedules_ForAFile_AreMadeAndRunByItsReadersAlone()
    {
        (HttpClient administrator, _) = await house.SignInAsync(StaffRoles.Administrator);
        (HttpClient stranger, _) = await house.SignInAsync(StaffRoles.Operator);
        (HttpClient reviewers, Guid reviewer) = await house.SignInAsync(StaffRoles.Operator);
        (_, Guid person) = await house.SignInAsync(StaffRoles.AccountManager);
        (_, Guid third) = await house.SignInAsync(StaffRoles.Architect);
        using HttpResponseMessage opened = await PersonnelFileFixture.OpenAsync(administrator, person, reviewer, third);
        Guid file = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("engagementId").GetGuid();

        foreach (string key in (string[])["D", "N", "X"])
        {
            foreach (HttpClient client in (HttpClient[])[stranger, house.Program(StaffRoles.Operator)])
            {
                using HttpResponseMessage refused = await client.PostAsJsonAsync("api/schedules", Schedule(file.ToString(key)));
                refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, key);
                (await refused.Content.ReadAsStringAsync()).Should().Contain("or you may not see it");
            }
        }

        using HttpResponseMessage made = await reviewers.PostAsJsonAsync("api/schedules", Schedule(file.ToString()));
        made.StatusCode.Should().Be(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        string address = made.Headers.Location!.OriginalString;
        using HttpResponseMessage run = await stranger.PostAsync($"{address}/run", null);
        run.StatusCode.Should().Be(HttpStatusCode.NotFound);
        string page = address.Replace("/api", "", StringComparison.Ordinal);
        using HttpResponseMessage byPage = await ServerFixture.PostFormAsync(stranger, page, $"{page}/act", new() { ["act"] = "run" });
        (await stranger.GetStringAsync(page)).Should().Contain("an engagement that you may not see");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'ScheduleRun'")).Should().Be(0);
        (await ActAsync(stranger, $"{address}/pause", 1)).Should().Be(HttpStatusCode.OK, "that it rests harms nobody");
        (await ActAsync(stranger, $"{address}/resume", 2)).Should().Be(HttpStatusCode.NotFound, "it would start something in the file");
        using HttpResponseMessage onPage = await ServerFixture.PostFormAsync(stranger, page, $"{page}/act", new() { ["act"] = "resume", ["revision"] = "2" });
        (await house.Postgres.ScalarAsync<string>("select state from recurring_schedule where correlation_id = $1", file.ToString())).Should().Be("paused");
        (await ActAsync(reviewers, $"{address}/resume", 2)).Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage byReader = await reviewers.PostAsync($"{address}/run", null);
        byReader.StatusCode.Should().Be(HttpStatusCode.Accepted);

        static async Task<HttpStatusCode> ActAsync(HttpClient client, string act, int revision)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, act) { Headers = { { "If-Match", $"\"{revision}\"" } } };
            using HttpResponseMessage answer = await client.SendAsync(request);
            return answer.StatusCode;
        }

        static object Schedule(string correlationId) => new { name = $"for {correlationId}", eventName = "Nobody waits for it", correlationId, kind = "interval", expression = "2 hours", zone = "UTC" };
    }

    [Fact]
    public async Task File_OpenedTwice_IsOne_AndNobodyLetsHimselfIn()
    {
        (HttpClient administrator, Guid self) = await house.SignInAsync(StaffRoles.Administrator);
        (_, Guid person) = await house.SignInAsync(StaffRoles.AccountManager);
        (HttpClient before, Guid reviewer) = await house.SignInAsync(StaffRoles.Architect);
        (HttpClient after, Guid successor) = await house.SignInAsync(StaffRoles.Architect);
        (_, Guid third) = await house.SignInAsync(StaffRoles.Architect);

        using HttpResponseMessage first = await PersonnelFileFixture.OpenAsync(administrator, person, reviewer, third);
        using HttpResponseMessage second = await PersonnelFileFixture.OpenAsync(administrator, person, successor, third);
        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        string firstText = await first.Content.ReadAsStringAsync();
        (await second.Content.ReadAsStringAsync()).Should().Be(firstText, "the file is there already and stays as it is");
        using HttpResponseMessage oneself = await administrator.PostAsJsonAsync($"api/people/{person}/personnel-file/readers", new { reviewer = self, third });
        oneself.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using HttpResponseMessage own = await PersonnelFileFixture.OpenAsync(administrator, reviewer, reviewer, third);
        own.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        using HttpResponseMessage nobody = await PersonnelFileFixture.OpenAsync(administrator, reviewer, third, third: null);
        nobody.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "no setting names a third person here");

        JsonElement file = JsonDocument.Parse(firstText).RootElement;
        string address = $"/clients/{file.GetProperty("clientId").GetGuid()}?engagement={file.GetProperty("engagementId").GetGuid()}";
        (await before.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage changed = await ServerFixture.PostFormAsync(administrator, $"/people/{person}", $"/people/{person}/personnel-file/readers", new() { ["reviewer"] = successor.ToString(), ["third"] = third.ToString() });
        changed.StatusCode.Should().Be(HttpStatusCode.Found);
        (await before.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await after.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act in ('InternalEngagementOpened', 'ReadersChanged') and subject = $1", $"engagement/{file.GetProperty("engagementId").GetGuid()}")).Should().Be(2);
    }

    [Fact]
    public async Task Programs_WhateverTheirRole_NeitherOpenNorChangeAFile()
    {
        HttpClient program = house.Program(StaffRoles.Administrator);
        (_, Guid person) = await house.SignInAsync(StaffRoles.AccountManager);
        (_, Guid friend) = await house.SignInAsync(StaffRoles.Architect);
        Guid about = house.Readers[0].PersonId, third = house.Readers[2].PersonId;

        using HttpResponseMessage opened = await PersonnelFileFixture.OpenAsync(program, person, friend, third);
        using HttpResponseMessage changed = await program.PostAsJsonAsync($"api/people/{about}/personnel-file/readers", new { reviewer = friend, third });

        opened.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        changed.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await changed.Content.ReadAsStringAsync()).Should().Contain("never a program");
        (await ReadersAsync(person)).Should().BeNull("no file was opened");
        (await ReadersAsync(about)).Should().BeEquivalentTo(house.Readers.Select(reader => reader.PersonId));
    }

    [Fact]
    public async Task WhoReadsAFile_ThoughAnAdministrator_DoesNotSayWhoReadsItWithHim()
    {
        (HttpClient administrator, _) = await house.SignInAsync(StaffRoles.Administrator);
        (HttpClient personsOwn, Guid person) = await house.SignInAsync(StaffRoles.Administrator);
        (HttpClient reviewers, Guid reviewer) = await house.SignInAsync(StaffRoles.Administrator);
        (HttpClient thirds, Guid third) = await house.SignInAsync(StaffRoles.Administrator);
        (_, Guid friend) = await house.SignInAsync(StaffRoles.Architect);

        using HttpResponseMessage own = await PersonnelFileFixture.OpenAsync(personsOwn, person, friend, third);
        own.StatusCode.Should().Be(HttpStatusCode.Forbidden, "nobody chooses who reviews him");
        (await ReadersAsync(person)).Should().BeNull();
        using HttpResponseMessage opened = await PersonnelFileFixture.OpenAsync(administrator, person, reviewer, third);
        opened.StatusCode.Should().Be(HttpStatusCode.OK);
        foreach ((HttpClient client, Guid newReviewer, Guid newThird) in ((HttpClient, Guid, Guid)[])[(personsOwn, friend, third), (reviewers, reviewer, friend), (thirds, friend, third)])
        {
            using HttpResponseMessage refused = await client.PostAsJsonAsync($"api/people/{person}/personnel-file/readers", new { reviewer = newReviewer, third = newThird });
            refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync()).Should().Contain("Another administrator must do it");
            using HttpResponseMessage byPage = await ServerFixture.PostFormAsync(
                client, $"/people/{person}", $"/people/{person}/personnel-file/readers", new() { ["reviewer"] = newReviewer.ToString(), ["third"] = newThird.ToString() });
            byPage.StatusCode.Should().Be(HttpStatusCode.Found);
            (await client.GetStringAsync($"/people/{person}")).Should().Contain("or one that he reads. Another administrator must do it.");
        }

        (await ReadersAsync(person)).Should().BeEquivalentTo([person, reviewer, third]);
        using HttpResponseMessage changed = await administrator.PostAsJsonAsync($"api/people/{person}/personnel-file/readers", new { reviewer = friend, third });
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ReadersAsync(person)).Should().BeEquivalentTo([person, friend, third]);
    }

    // Refused for his role, or as if there were nothing; a page sends whoever is not signed in to the door.
    private static readonly HttpStatusCode[] Closed = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized];

    private static HttpStatusCode Status(HttpResponseMessage answer) =>
        answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true ? HttpStatusCode.Unauthorized : answer.StatusCode;

    private static async Task<HttpStatusCode> ReadsNothingAsync(string name, HttpClient client, string address)
    {
        using HttpResponseMessage answer = await client.GetAsync(address);
        string text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()) + answer.Headers;
        // What was asked for is told back at times; nothing else of it is.
        text.Replace(address, "", StringComparison.Ordinal).Should().NotContain(PersonnelFileFixture.Secret, $"GET {address} as {name}");
        return Status(answer);
    }

    // Lists that are asked for by an id in their query, wherever one is taken.
    private static IEnumerable<string> ByQuery(IReadOnlyList<(string Kind, Guid Id)> ids)
    {
        Guid file = ids.First(one => one.Kind == "file").Id, firm = ids.First(one => one.Kind == "firm").Id, instance = ids.First(one => one.Kind == "instance").Id;
        return from address in (string[])["/api/mails", "/api/tasks", "/api/instances", "/api/incidents", "/api/clocks", "/api/links", "/api/promises/figures", "/api/calendars/firm/due", "/inbox"]
               from query in (string[])[$"engagementId={file}&all=true&by=engagement", $"clientId={firm}", $"instanceId={instance}&all=true", $"correlationId={file}"]
               select $"{address}?{query}";
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string address, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = ApiFixture.Json("{}") };
        if (key is not null)
            request.Headers.Add("X-Correlation-Id", key);
        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<Guid[]?> ReadersAsync(Guid person) => house.Postgres.ScalarAsync<Guid[]>("select (select readers from internal_engagement where kind = 'personnel' and person_id = $1)", person);

    // The children and the mails are known by no key of their own: those are looked for.
    private async Task<IReadOnlyList<(string Kind, Guid Id)>> OnePerKindAsync() =>
        [.. (await house.IdsAsync()).Reverse().DistinctBy(one => one.Kind), ("child", await house.Postgres.ScalarAsync<Guid>("select id from instance where correlation_id is null"))];

    // Whom roles and scopes would let in everywhere.
    private async Task<List<(string Name, HttpClient Client)>> StrongestAsync() =>
        [.. (await StrangersAsync()).Where(stranger => stranger.Name is "everything" or "key acting for a reader")];

    private async Task<List<(string Name, HttpClient Client)>> StrangersAsync()
    {
        List<(string, HttpClient)> strangers = [("nobody", house.Anonymous()), ("everything", (await house.SignInAsync([.. StaffRoles.All])).Client)];
        foreach (string role in StaffRoles.All)
        {
            strangers.Add((role, (await house.SignInAsync(role)).Client));
            strangers.Add(($"key of {role}", house.Program(role)));
        }

        // A key that acts for a reader is no reader: its secret lies in another system.
        (string? secret, _) = await house.Services.GetRequiredService<KeyDesk>().MakeAsync(
            new($"acting-{TimeOrderedId.Create(TimeProvider.System.GetUtcNow()):N}", ApiScopes.All, house.Readers[0].PersonId, Days: null), "test", CancellationToken.None);
        HttpClient acting = house.Anonymous();
        acting.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        strangers.Add(("key acting for a reader", acting));
        return strangers;
    }

    private static bool TakesId(string route) => route.Contains("guid", StringComparison.Ordinal) && !route.StartsWith("/c/", StringComparison.Ordinal) && !route.StartsWith("/people/", StringComparison.Ordinal) && !route.StartsWith("/api/people/", StringComparison.Ordinal);

    private IEnumerable<string> Routes(string method) =>
        (from source in house.Services.GetServices<EndpointDataSource>()
         from endpoint in source.Endpoints.OfType<RouteEndpoint>()
         where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) ?? method == "GET"
         select "/" + endpoint.RoutePattern.RawText!.Trim('/')).Distinct();

    private static string Filled(string route, Guid id) => Part().Replace(route, part =>
        part.Value.Contains("guid", StringComparison.Ordinal) ? id.ToString()
        : part.Value.Contains(":int", StringComparison.Ordinal) ? "1"
        : part.Value.Contains("efinitionId", StringComparison.Ordinal) ? "file-task"
        : "file-task-v1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Part();
}
