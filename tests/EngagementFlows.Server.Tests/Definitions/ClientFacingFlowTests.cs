using System.Net;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Lint;
using EngagementFlows.Server.CommandLine;
using EngagementFlows.Server.Tests.Api;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Definitions;

/// <summary>The rules for flows that face clients stand wherever a definition is checked: they block submitting and publishing, and are told by API and command line.</summary>
public sealed class ClientFacingFlowTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private HttpClient Program => server.Program(StaffRoles.Operator);

    [Fact]
    public async Task Validate_OverTheApi_NamesTheRulesInBothLanguages()
    {
        using HttpResponseMessage answer = await Program.PostAsync("api/definitions/validate", Json(Endless("endless-validated")));
        JsonElement check = await ReadAsync(answer);

        check.GetProperty("canBePublished").GetBoolean().Should().BeFalse();
        JsonElement fault = check.GetProperty("faults").EnumerateArray().Single();
        fault.GetProperty("rule").GetString().Should().Be(LintRules.WaitWithoutTimeOut);
        fault.GetProperty("activityId").GetString().Should().Be("Work");
        fault.GetProperty("field").GetString().Should().Be("dueIn");
        fault.GetProperty("messageZh").GetString().Should().StartWith("活动“完成工作”（Work）等待").And.Contain("期限");
    }

    [Fact]
    public async Task Submit_OfAFlowThatLeavesClientsWaiting_IsRefusedWithAllFindings()
    {
        using HttpResponseMessage imported = await Program.PostAsync("api/definitions/import", Json(Endless("endless")));
        string version = (await ReadAsync(imported)).GetProperty("versionId").GetString()!;

        using HttpResponseMessage submitted = await Program.PostAsync($"api/definitions/versions/{version}/submit", null);

        submitted.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ReadAsync(submitted)).GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("rule").GetString()).Should()
            .Equal([LintRules.MailWithoutLanguage, LintRules.MailWithoutLanguage, LintRules.WaitWithoutTimeOut], "now that it is stored, its mails are known to be missing");
        (await server.Postgres.ScalarAsync<string>($"select state from definition where id = '{version}'")).Should().Be("draft");
    }

    [Fact]
    public async Task Validate_OfALinkThatStartsNothingYet_Warns()
    {
        using HttpResponseMessage answer = await Program.PostAsync("api/definitions/validate", Json(Definition("offers", """
            { "id": "Main", "type": "Elsa.Sequence", "version": 1, "activities": [
              { "id": "Keep", "type": "EngagementFlows.OfferStandingLink", "version": 1, "definition": "not-there", "form": "forms/complaint.json", "label": "Complain", "labelZh": "投诉" },
              { "id": "Self", "type": "EngagementFlows.OfferStandingLink", "version": 1, "definition": "offers", "form": "forms/again.json", "label": "Again", "labelZh": "再来" } ] }
            """)));
        JsonElement check = await ReadAsync(answer);

        check.GetProperty("canBePublished").GetBoolean().Should().BeTrue();
        JsonElement warning = check.GetProperty("faults").EnumerateArray().Single();
        (warning.GetProperty("activityId").GetString(), warning.GetProperty("field").GetString()).Should().Be(("Keep", "definition"));
        warning.GetProperty("message").GetString().Should().Contain("'not-there', and no flow of that id is published");
        warning.GetProperty("messageZh").GetString().Should().Contain("尚未发布");
    }

    [Fact]
    public void Validate_OnTheCommandLine_FailsByTheRules()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("engagementflows-lint-").FullName, "endless.json");
        File.WriteAllText(file, Endless("endless"));
        using StringWriter output = new();

        int code = ValidateCommand.Run([file], output);

        code.Should().Be(1);
        output.ToString().Should().Contain("fault: [Work.dueIn] The activity 'Do the work' (Work) waits for a member of staff without a due date").And.Contain("'mail/hello.zh-CN.md' is missing");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static string Endless(string definitionId) => Definition(definitionId, """
        { "id": "Main", "type": "Elsa.Sequence", "version": 1, "activities": [
          { "id": "Mail", "type": "EngagementFlows.SendClientMail", "version": 1, "template": "hello" },
          { "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "Do it", "titleZh": "去做",
            "customProperties": { "displayName": { "en": "Do the work", "zh-CN": "完成工作" } } } ] }
        """);
}
