using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;

namespace EngagementFlows.Engine.Tests.Expressions;

public sealed class ScriptSurfaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 20, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("DateTime.UtcNow.toISOString()", "2026-03-02T20:30:00.000Z")]
    [InlineData("DateTimeOffset.Now.toISOString()", "2026-03-02T20:30:00.000Z")]
    [InlineData("DateTime.utcNow.getTime() === Date.now()", "True")]
    [InlineData("DateTime.Today.toISOString()", "2026-03-02T16:00:00.000Z")]
    [InlineData("DateTime.UnixEpoch.getTime()", "0")]
    [InlineData("DateTime.MinValue.getUTCFullYear()", "1")]
    [InlineData("new DateTime(2026, 3, 2).toISOString()", "2026-03-02T00:00:00.000Z")]
    [InlineData("TimeSpan.MaxValue.Days", "10675199")]
    [InlineData("TimeSpan.FromHours(36).ToString()", "1.12:00:00")]
    [InlineData("Guid.Empty.ToString()", "00000000-0000-0000-0000-000000000000")]
    [InlineData("Guid.NewGuid().ToString().length", "36")]
    [InlineData("Guid.NewGuid().ToString() === Guid.NewGuid().ToString()", "False")]
    public void Evaluate_StaticMember_IsThere(string script, string expected) => Evaluate(script).Should().Be(expected);

    [Theory]
    [InlineData("getConfig('ConnectionStrings')", "*'getConfig' is not offered here.*input*")]
    [InlineData("createEventTriggerUrl('Go')", "*'createEventTriggerUrl' is not offered here.*AskClient*")]
    [InlineData("new Random().Next()", "*Random*")]
    [InlineData("Random()", "*Math.random()*")]
    public void Evaluate_WhatIsNotOffered_SaysWhatToDoInstead(string script, string expected) => Evaluate(script).Should().Match(expected);

    // The text that the script gives, or what failed.
    private static string Evaluate(string script)
    {
        string root = $$"""{ "id": "Line", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": {{JsonSerializer.Serialize(script)}} } } }""";
        InstanceRunner runner = new(EngineSettings.Default with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai") });
        InstanceChange change = runner.Run(Flows.Catalogue(Flows.Of(root)), [], new StartRequested(new Guid("0198c0de-0000-7000-8000-000000000001"), "flow"), Now).Changes[0];
        return change.IncidentsOpened.Count > 0 ? change.IncidentsOpened[0].Innermost : change.Journal.Single(entry => entry.Event == "Line").Text!;
    }
}
