using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.CommandLine;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Definitions;

/// <summary>Published flows and their files: the list tells where they part, and the files follow on request.</summary>
public sealed class FlowFilesTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private string Folder => house.Services.GetRequiredService<ServerOptions>().WorkflowsFolder;

    [Fact]
    public async Task Published_ThenWrittenBack_TheListTellsBoth()
    {
        string file = Path.Combine(Folder, "needs-analysis", "needs-analysis.json");
        string version = await PublishedAsync((await File.ReadAllTextAsync(file)).Replace("10 working days", "8 working days", StringComparison.Ordinal));

        string before = await FileOfAsync("needs-analysis");
        using HttpResponseMessage written = await ServerFixture.PostFormAsync(house.Staff, $"/definitions/{version}", $"/definitions/{version}/export", []);
        string notice = await house.Staff.GetStringAsync(written.Headers.Location);
        string after = await FileOfAsync("needs-analysis");
        DateTime then = File.GetLastWriteTimeUtc(file);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, $"/definitions/{version}", $"/definitions/{version}/export", []);

        before.Should().Be("differs");
        after.Should().Be("as published");
        notice.Should().ContainAny("needs-analysis.json");
        (await File.ReadAllTextAsync(file)).Should().Contain("8 working days");
        File.GetLastWriteTimeUtc(file).Should().Be(then, "what is the same is not written");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'DefinitionExported' and subject = $1", $"version/{version}")).Should().Be(2);
        (await FileOfAsync("client-intake")).Should().Be("as published", "the files were loaded at the start");
    }

    [Fact]
    public async Task Command_WritesAllPublishedFlowsIntoAnotherFolder_AsTheyCanBeLoaded()
    {
        string target = Directory.CreateTempSubdirectory("engagementflows-export-").FullName;
        try
        {
            StringWriter output = new();
            int code = await ExportCommand.RunAsync(Settings(), ["plan-approval", "client-intake"], target, output, new StringWriter(), CancellationToken.None);
            IReadOnlyList<ProcessFiles> flows = WorkflowFolder.Read(target);

            code.Should().Be(0);
            flows.Select(flow => flow.Name).Should().Equal("client-intake", "plan-approval");
            flows.Should().OnlyContain(flow => flow.Assets.Keys.Any(path => path.StartsWith("mail/")));
            output.ToString().Should().Contain("client-intake version 1: written: ").And.Contain("mail/welcome.zh-CN.md");
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }

    [Fact]
    public async Task Command_UnknownFlow_WritesNothingAndNamesThePublishedOnes()
    {
        StringWriter errors = new();

        int code = await ExportCommand.RunAsync(Settings(), ["plan-aproval"], Path.Combine(Path.GetTempPath(), "never-made"), new StringWriter(), errors, CancellationToken.None);

        code.Should().Be(1);
        errors.ToString().Should().Contain("plan-aproval").And.Contain("plan-approval").And.Contain("Nothing was written");
        Directory.Exists(Path.Combine(Path.GetTempPath(), "never-made")).Should().BeFalse();
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("客户")]
    public async Task Write_AnIdThatIsNoFolderName_IsRefused(string id)
    {
        StoredDefinition version = new("v", id, 1, null, "published", "", "{}", DateTimeOffset.UnixEpoch, "somebody", null, null, null, IsDrawn: false, 0, []);

        Func<Task> write = () => house.Services.GetRequiredService<FlowFiles>().WriteAsync(version, folder: null, CancellationToken.None);

        (await write.Should().ThrowAsync<FlowFileException>()).WithMessage($"*'{id}'*");
    }

    private SettingArguments Settings() => SettingArguments.Take([$"--ConnectionStrings:EngagementFlows={house.Postgres.ConnectionString}", $"--EngagementFlows:WorkflowsFolder={Folder}"]);

    private async Task<string> PublishedAsync(string json)
    {
        using HttpResponseMessage imported = await house.Program(StaffRoles.Operator).PostAsync("api/definitions/import", ApiFixture.Json(json));
        string version = (await ApiFixture.ReadAsync(imported)).GetProperty("versionId").GetString()!;
        (await house.Program(StaffRoles.Operator).PostAsync($"api/definitions/versions/{version}/submit", null)).EnsureSuccessStatusCode();
        (await house.Program(StaffRoles.Administrator).PostAsync($"api/definitions/versions/{version}/publish", null)).EnsureSuccessStatusCode();
        return version;
    }

    private async Task<string> FileOfAsync(string flow)
    {
        IDocument list = await house.ReadAsync("/definitions");
        IElement row = list.QuerySelectorAll("tbody tr").Single(one => one.QuerySelector(".sub")?.TextContent == flow && one.TextContent.Contains("Published", StringComparison.Ordinal));
        return row.QuerySelectorAll("td")[^1].TextContent.Trim();
    }
}
