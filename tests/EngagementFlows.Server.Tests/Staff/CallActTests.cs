using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>A person decides about an outside call of which nobody knows whether it happened: once, with a reason, and the flow goes on.</summary>
public sealed class CallActTests(CallActTests.Fixture server) : IClassFixture<CallActTests.Fixture>
{
    private HttpClient Operator => server.Program(StaffRoles.Operator);

    [Theory]
    [InlineData("happened", 200, "accepted", "On200")]
    [InlineData("happened", 404, "accepted", "On404")]
    [InlineData("happened", 503, "accepted", "Other")]
    [InlineData("let-be", null, "rejected", "NoLine")]
    public async Task Settle_OnThePage_EndsTheCallAndTheFlowGoesOn(string decision, int? status, string ends, string way)
    {
        (Guid instance, Guid call) = await UncertainAsync();
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);

        using HttpResponseMessage answer = await SettleAsync(person, instance, call, decision, status);

        answer.Headers.Location!.OriginalString.Should().Be($"/instances/{instance}");
        (await person.GetStringAsync($"/instances/{instance}")).Should().Contain("Noted: the flow goes on.");
        await FinishedByAsync(instance, way);
        (await StateAsync(call)).Should().Be(ends);
        (await AuditedAsync(call)).Should().Be(1);
        server.LetGo();
    }

    [Fact]
    public async Task Settle_CallAgain_MakesTheCallAndTheFlowGoesOnWithItsAnswer()
    {
        (Guid instance, Guid call) = await UncertainAsync();
        server.Answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);

        (await SettleAsync(person, instance, call, "again", null)).Dispose();

        await FinishedByAsync(instance, "On404");
        (await StateAsync(call)).Should().Be("accepted");
        (await server.Postgres.ScalarAsync<int>("select attempt from outbox where id = $1", call)).Should().Be(2);
        server.Answer = null;
        server.LetGo();
    }

    [Fact]
    public async Task Settle_TwoPeopleAtOnce_OneDecidesAndTheFlowGoesOnOnce()
    {
        (Guid instance, Guid call) = await UncertainAsync();

        HttpResponseMessage[] answers = await Task.WhenAll(
            Operator.PostAsync($"api/instances/{instance}/calls/{call}/settle", ApiFixture.Json("""{"decision":"happened","status":200,"attempt":1,"reason":"One."}""")),
            Operator.PostAsync($"api/instances/{instance}/calls/{call}/settle", ApiFixture.Json("""{"decision":"let-be","attempt":1,"reason":"Other."}""")));

        answers.Select(answer => answer.StatusCode).Should().BeEquivalentTo([HttpStatusCode.NoContent, HttpStatusCode.Conflict]);
        await FinishedByAsync(instance, answers[0].StatusCode == HttpStatusCode.NoContent ? "On200" : "NoLine");
        (await AuditedAsync(call)).Should().Be(1);
        server.LetGo();
    }

    [Theory]
    [InlineData("""{"decision":"happened","attempt":1,"reason":"No status."}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"decision":"happened","status":99,"attempt":1,"reason":"No status."}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"decision":"burn","attempt":1,"reason":"I want to."}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"decision":"let-be","attempt":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"decision":"let-be","attempt":7,"reason":"I saw another attempt."}""", HttpStatusCode.Conflict)]
    public async Task Settle_ByTheApi_WhatCannotBe_ChangesNothing(string body, HttpStatusCode expected)
    {
        (Guid instance, Guid call) = await UncertainAsync();

        using HttpResponseMessage answer = await Operator.PostAsync($"api/instances/{instance}/calls/{call}/settle", ApiFixture.Json(body));

        answer.StatusCode.Should().Be(expected);
        (await StateAsync(call)).Should().Be("uncertain");
        (await AuditedAsync(call)).Should().Be(0);
        await CleanAsync(instance, call);
    }

    [Fact]
    public async Task Settle_AfterTheFlowHasEnded_IsNotedButNeverCalledAgain()
    {
        (Guid instance, Guid call) = await UncertainAsync();
        await CancelAsync(instance);

        using HttpResponseMessage again = await Operator.PostAsync($"api/instances/{instance}/calls/{call}/settle", ApiFixture.Json("""{"decision":"again","attempt":1,"reason":"Too late."}"""));
        using HttpResponseMessage noted = await Operator.PostAsync($"api/instances/{instance}/calls/{call}/settle", ApiFixture.Json("""{"decision":"let-be","attempt":1,"reason":"They say no."}"""));

        again.StatusCode.Should().Be(HttpStatusCode.Conflict);
        noted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await server.Postgres.ScalarAsync<long>("select count(*) from inbox where instance_id = $1", instance)).Should().Be(0);
        server.LetGo();
    }

    [Theory]
    [InlineData("en", "It happened: go on with this status", "Call again", "It did not happen: go on without it")]
    [InlineData("zh-CN", "已发生：以此状态码继续", "重新调用", "未发生：不再调用并继续")]
    public async Task Page_OfAnInstanceWithAnUncertainCall_OffersTheWays(string language, params string[] ways)
    {
        (Guid instance, Guid call) = await UncertainAsync();
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (HttpClient auditor, _) = await server.SignInAsync(StaffRoles.Auditor);
        using HttpRequestMessage request = new(HttpMethod.Get, $"/instances/{instance}");
        request.Headers.Add("Cookie", $"ef-language={language}");
        using HttpResponseMessage answer = await person.SendAsync(request);

        IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
        IDocument read = await HouseFixture.ParseAsync(await auditor.GetStringAsync($"/instances/{instance}"));
        JsonElement listed = await Operator.GetFromJsonAsync<JsonElement>($"api/instances/{instance}/calls");
        string home = await person.GetStringAsync("/");

        page.QuerySelectorAll("form[action$='/settle'] button").Select(button => button.TextContent).Should().Equal(ways);
        read.QuerySelectorAll("form[action$='/settle']").Should().BeEmpty();
        read.Body!.TextContent.Should().Contain("Did this call happen?");
        listed.GetProperty("items")[0].GetProperty("id").GetGuid().Should().Be(call);
        home.Should().Contain("Outside calls of which nobody knows whether they happened");
        await CleanAsync(instance, call);
    }

    private static Task<HttpResponseMessage> SettleAsync(HttpClient person, Guid instance, Guid call, string decision, int? status) => ServerFixture.PostFormAsync(
        person, $"/instances/{instance}", $"/instances/{instance}/calls/{call}/settle", new() { ["decision"] = decision, ["status"] = $"{status}", ["attempt"] = "1", ["reason"] = "I asked them." });

    /// <summary>Starts a flow whose call hangs, and takes the call's lease away as if its process had died.</summary>
    private async Task<(Guid Instance, Guid Call)> UncertainAsync()
    {
        using HttpResponseMessage started = await Operator.PostAsync("api/instances", ApiFixture.Json("""{"definitionId":"calling"}"""));
        Guid instance = (await ApiFixture.ReadAsync(started)).GetProperty("instance").GetProperty("id").GetGuid();
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select coalesce((select state || case when state = 'sending' then '' else ' ' || coalesce(answer, '') end from outbox where instance_id = $1), 'none')", instance), "sending");
        Guid call = await server.Postgres.ScalarAsync<Guid>("select id from outbox where instance_id = $1", instance);
        await server.Postgres.ExecuteAsync("update outbox set state = 'uncertain', lease_owner = null, lease_expires_at = null, ended_at = now() where id = $1", call);
        return (instance, call);
    }

    private async Task CleanAsync(Guid instance, Guid call)
    {
        await server.Postgres.ExecuteAsync("update outbox set state = 'rejected' where id = $1", call);
        await CancelAsync(instance);
        server.LetGo();
    }

    private async Task CancelAsync(Guid instance)
    {
        using HttpResponseMessage answer = await Operator.PostAsync($"api/instances/{instance}/cancel", ApiFixture.Json("""{"reason":"The test is over."}"""));
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task FinishedByAsync(Guid instance, string way)
    {
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance), "finished");
        (await Operator.GetStringAsync($"api/instances/{instance}/journal")).Should().Contain($"\"{way}\"");
    }

    private Task<string?> StateAsync(Guid call) => server.Postgres.ScalarAsync<string>("select state from outbox where id = $1", call);

    private Task<long> AuditedAsync(Guid call) =>
        server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'CallSettled' and subject = $1 and detail->>'reason' <> ''", $"call/{call}");

    /// <summary>A server with one flow that calls somebody who lets in and says nothing, unless he is given an answer to say.</summary>
    public sealed class Fixture : ServerFixture
    {
        private readonly TcpListener _peer = Listener();
        private readonly ConcurrentBag<TcpClient> _held = [];

        public string? Answer { get; set; }

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Outbound:AllowedHosts"] = "127.0.0.1:*",
            ["EngagementFlows:Outbound:PrivateHosts"] = "127.0.0.1:*",
            ["EngagementFlows:Outbound:MaxCallsPerHost"] = "64",
        };

        /// <summary>Hangs up on all who are held.</summary>
        public void LetGo()
        {
            while (_held.TryTake(out TcpClient? client))
                client.Dispose();
        }

        public override async Task DisposeAsync()
        {
            _peer.Stop();
            LetGo();
            await base.DisposeAsync();
        }

        private static TcpListener Listener() => new(IPAddress.Loopback, 0);

        protected override Task BeforeStartAsync()
        {
            _peer.Start();
            _ = ServeAsync();
            return Task.CompletedTask;
        }

        protected override void WriteFiles(string folder)
        {
            _peer.Start();
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", "calling")).FullName;
            File.WriteAllText(Path.Combine(process, "calling.json"), ApiFixture.Definition("calling", $$"""
                { "id": "Call", "type": "Elsa.SendHttpRequest", "url": "http://127.0.0.1:{{((IPEndPoint)_peer.LocalEndpoint).Port}}/order", "method": "POST", "content": "one",
                  "expectedStatusCodes": [
                    { "statusCode": 200, "activity": { "id": "On200", "type": "Elsa.WriteLine", "text": "200" } },
                    { "statusCode": 404, "activity": { "id": "On404", "type": "Elsa.WriteLine", "text": "404" } } ],
                  "unmatchedStatusCode": { "id": "Other", "type": "Elsa.WriteLine", "text": "other" },
                  "failedToConnect": { "id": "NoLine", "type": "Elsa.WriteLine", "text": "no line" } }
                """));
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    TcpClient client = await _peer.AcceptTcpClientAsync();
                    _held.Add(client);
                    if (Answer is { } answer)
                        await SayAsync(client, answer);
                }
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The fixture ends.
            }
        }

        private static async Task SayAsync(TcpClient client, string answer)
        {
            try
            {
                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // He hung up, or was let go: the next caller is heard all the same.
            }
        }
    }
}
