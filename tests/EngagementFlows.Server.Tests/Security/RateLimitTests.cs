using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>A program that asks without end is told when to come back, and nobody else notices it.</summary>
public sealed class RateLimitTests(RateLimitTests.Fixture server) : IClassFixture<RateLimitTests.Fixture>
{
    private const int PerCaller = 12;
    private const int PerAddress = 6;

    [Fact]
    public async Task Key_OverItsLimit_IsToldWhenToComeBack_AndOthersGoOn()
    {
        (int served, HttpResponseMessage refused) = await AskUntilRefusedAsync(server.Program(StaffRoles.Operator), "api/instances?limit=1", HttpStatusCode.OK);
        using HttpResponseMessage other = await server.Program(StaffRoles.Auditor).GetAsync("api/instances?limit=1");
        string answer = await refused.Content.ReadAsStringAsync();

        served.Should().Be(PerCaller);
        int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture).Should().BeInRange(1, 60);
        refused.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        await ProblemExamples.CheckAsync(429, answer);
        other.StatusCode.Should().Be(HttpStatusCode.OK, "another key has a count of its own");
    }

    [Fact]
    public async Task Person_IsCountedByHimself_AndHisPagesAreNot()
    {
        (HttpClient one, _) = await server.SignInAsync(StaffRoles.Operator);
        (HttpClient other, _) = await server.SignInAsync(StaffRoles.Operator);

        (int served, _) = await AskUntilRefusedAsync(one, "api/definitions?limit=1", HttpStatusCode.OK);
        using HttpResponseMessage page = await one.GetAsync("instances");
        using HttpResponseMessage colleague = await other.GetAsync("api/definitions?limit=1");

        served.Should().Be(PerCaller);
        page.StatusCode.Should().Be(HttpStatusCode.OK, "a person's own clicks are no program");
        colleague.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_IsCountedByHisAddress_WhateverKeyHeTries()
    {
        HttpClient guesser = server.Anonymous();
        int refused = 0;
        for (int guess = 0; guess < PerAddress * 2; guess++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, guess % 2 == 0 ? "api/instances" : "elsa/api/workflow-definitions");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"guess-{guess}-0123456789abcdefghijklmnopqrstuvwxyz");
            using HttpResponseMessage answer = await guesser.SendAsync(request);
            answer.StatusCode.Should().BeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests);
            refused += answer.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
        }

        using HttpResponseMessage hook = await guesser.PostAsync("hooks/anything", null);
        using HttpResponseMessage program = await server.Program(StaffRoles.Architect).GetAsync("api/instances?limit=1");

        refused.Should().Be(PerAddress);
        hook.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        program.StatusCode.Should().Be(HttpStatusCode.OK, "who has a key is not counted with the guessers of his address");
    }

    [Theory]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    public async Task Health_IsNeverLimited(string path)
    {
        for (int ask = 0; ask < PerCaller * 3; ask++)
        {
            using HttpResponseMessage answer = await server.Anonymous().GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Document_SaysOfEachOperationThatItMayBeRefused()
    {
        JsonElement document = JsonDocument.Parse(await server.Program(StaffRoles.Administrator).GetStringAsync("openapi/v1.json")).RootElement;

        IEnumerable<string> silent = from path in document.GetProperty("paths").EnumerateObject()
                                     from operation in path.Value.EnumerateObject()
                                     where operation.Value.GetProperty("responses").TryGetProperty("429", out _) == path.Name.StartsWith("/health/", StringComparison.Ordinal)
                                     select $"{operation.Name} {path.Name}";

        silent.Should().BeEmpty();
    }

    private static async Task<(int Served, HttpResponseMessage Refused)> AskUntilRefusedAsync(HttpClient client, string path, HttpStatusCode otherwise)
    {
        for (int served = 0; served < PerCaller * 3; served++)
        {
            HttpResponseMessage answer = await client.GetAsync(path);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return (served, answer);
            answer.StatusCode.Should().Be(otherwise);
            answer.Dispose();
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Api:RequestsPerMinute"] = $"{PerCaller}",
            ["EngagementFlows:Api:AnonymousRequestsPerMinute"] = $"{PerAddress}",
        };
    }
}
