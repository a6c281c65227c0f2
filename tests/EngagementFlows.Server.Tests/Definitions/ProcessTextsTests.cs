using EngagementFlows.Server.CommandLine;
using EngagementFlows.Server.Definitions;

namespace EngagementFlows.Server.Tests.Definitions;

public sealed class ProcessTextsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("process-mails").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Validate_NoMails_HasNoFault() => Faults().Should().BeEmpty();

    [Fact]
    public void Validate_GoodMail_HasNoFault()
    {
        Write("a.en.md", "---\nsubject: Hi\n---\nDear {{ Name }}");
        Write("a.zh-CN.md", "---\nsubject: 您好\n---\n{{ Name }}：");
        Write("a.sample.json", """{"Name":"Ann"}""");

        Faults().Should().BeEmpty();
    }

    [Fact]
    public void Validate_FaultyMails_AreAllReported()
    {
        Write("a.en.md", "---\nsubject: Hi\n---\nDear {{ Nmae }}");
        Write("a.sample.json", """{"Name":"Ann"}""");
        Write("b.en.md", "x");
        Write("c.en.md", "x");
        Write("c.sample.json", "{\n x");
        Write("d.md", "x");

        Faults().Should().Equal(
            "mail/d.md: The file's name does not say name and language: write welcome.en.md or welcome.zh-CN.md.",
            "mail/a.zh-CN.md: Mail 'a' has no text in 'zh-CN': add the file.",
            "mail/a.en.md(4): The sample model has no 'Nmae'. There are: Name.",
            "mail/b.sample.json: Mail 'b' has no sample model: add the file, with every name that the mail reads.",
            "mail/c.sample.json(2): The sample model is no JSON");
    }

    [Fact]
    public void Validate_FaultyForm_IsReportedByItsFile()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "forms"));
        File.WriteAllText(Path.Combine(_folder, "forms", "intake.json"), "[]");

        Faults().Should().Equal("forms/intake.json: form: The file does not hold a JSON object. Export the form from the SurveyJS creator as JSON.");
    }

    [Fact]
    public void ValidateCommand_ChecksMailsAndFormsInsideAnArchive()
    {
        string archive = Path.Combine(_folder, "flows.zip");
        File.WriteAllBytes(archive, DefinitionArchiveTests.Zip(("a/a.json", Api.ApiFixture.Ending("a")), ("a/mail/x.en.md", "---\nsubject: Hi\n---\nHello"), ("a/forms/f.json", "[]")));
        StringWriter output = new();

        int code = ValidateCommand.Run([archive], output);

        code.Should().Be(1);
        output.ToString().Should().ContainAll("flows.zip/a/a.json: fault: mail/x.sample.json: Mail 'x' has no sample model", "fault: forms/f.json: form: The file does not hold");
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mail"));
        File.WriteAllText(Path.Combine(_folder, "mail", name), text);
    }

    // What the framework says about JSON is not ours to fix.
    private IEnumerable<string> Faults() => ProcessTexts.Validate(WorkflowFolder.AssetsBeside(Path.Combine(_folder, "a.json"))).Select(fault => fault.ToString().Split(": '")[0]);
}
