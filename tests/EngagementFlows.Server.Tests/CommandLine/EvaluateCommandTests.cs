using System.Diagnostics;
using System.Text;

namespace EngagementFlows.Server.Tests.CommandLine;

/// <summary>Runs the executable as people and suites do.</summary>
public sealed class EvaluateCommandTests
{
    [Fact]
    public async Task Evaluate_Expression_PrintsItsValueOnly()
    {
        (int code, string output, _) = await RunAsync("", "evaluate", "({ 名: Amount * 2 })", "--variables", """{"Amount": 21}""");

        code.Should().Be(0);
        output.Should().Be("{\"名\":42}\n");
    }

    [Fact]
    public async Task Evaluate_LiquidAtAnInstant_PrintsItsText()
    {
        (int code, string output, _) = await RunAsync("", "evaluate", "{{ 'now' | date: '%F' }}", "--language", "liquid", "--now", "2026-03-03T09:00:00Z");

        code.Should().Be(0);
        output.Should().Be("\"2026-03-03\"\n");
    }

    [Fact]
    public async Task Evaluate_FaultyExpression_SaysWhereOnStandardError()
    {
        (int code, string output, string errors) = await RunAsync("", "evaluate", "1 +\n");

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith("Syntax at line ");
    }

    [Fact]
    public async Task Evaluate_Lines_AnswersEachLine()
    {
        const string Input = """
            {"name":"one","source":"print('é'); 1"}

            nonsense
            {"name":"two","source":"{{ x }}","language":"liquid","variables":{"x":"y"}}
            """;

        (int code, string output, _) = await RunAsync(Input, "evaluate", "--lines");

        code.Should().Be(0);
        string[] lines = output.Split('\n');
        lines.Should().HaveCount(4);
        lines[0].Should().Be("""{"name":"one","value":1,"printed":["é"]}""");
        lines[1].Should().Contain("\"kind\":\"Request\"");
        lines[2].Should().Be("""{"name":"two","value":"y"}""");
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("evaluate", "1", "--lines")]
    [InlineData("evaluate", "1", "--variables", "[]")]
    [InlineData("evaluate", "1", "--variables", "{")]
    [InlineData("evaluate", "1", "--now", "yesterday")]
    [InlineData("evaluate", "1", "--language", "lua")]
    public async Task Evaluate_WrongArguments_EndsWithOne(params string[] arguments)
    {
        (int code, _, string errors) = await RunAsync("", arguments);

        code.Should().Be(1);
        errors.Should().NotBeEmpty();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "EngagementFlows.Server.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process server = Process.Start(start)!;
        Task<string> output = server.StandardOutput.ReadToEndAsync();
        Task<string> errors = server.StandardError.ReadToEndAsync();
        await server.StandardInput.WriteAsync(input);
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        return (server.ExitCode, await output, await errors);
    }
}
