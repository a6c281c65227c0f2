using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Workflows;

/// <summary>What every process of the repository must be: valid, in both languages, with everything that it names.</summary>
public sealed class ProcessFolderTests
{
    private static readonly MailFrame Frame = new("Linden & Partner", "Mia Novak", "+49 30 5550 112", "mia.novak@linden.example") { Now = FakeContext.Start };

    public static TheoryData<string> Processes { get; } = [.. ProcessFolder.All().Select(process => process.Name)];

    [Theory]
    [MemberData(nameof(Processes))]
    public void Definition_OfEveryProcess_HasNoFaults(string process)
    {
        WorkflowDefinition definition = ProcessFolder.Of(process).Definition();

        definition.DefinitionId.Should().Be(process, "the file's name is the definition's id");
        DefinitionValidator.Validate(definition, DefinitionCatalogue.Create(ProcessFolder.Activities, [definition])).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Words_OfEveryProcess_AreInBothLanguages(string process)
    {
        WorkflowDefinition definition = ProcessFolder.Of(process).Definition();

        IEnumerable<LocalizedText?> words = [definition.DisplayName, definition.Description, .. definition.Root.Children.Select(node => node.DisplayName)];
        words.Where(text => text is null || !IsInBoth(text)).Should().BeEmpty();
        // What a type's own outcomes are called is said elsewhere; here are those that this flow's author named.
        definition.Root.Connections.Where(connection => !connection.Source.Activity!.Descriptor.Outcomes.Contains(connection.Port)).Select(connection => connection.Port).Distinct()
            .Where(outcome => definition.OutcomeNames.GetValueOrDefault(outcome) is not { } name || !IsInBoth(name)).Should().BeEmpty();
        definition.OutcomeNames.Keys.Should().BeSubsetOf(definition.Root.Connections.Select(connection => connection.Port), "there is nothing else to name");

        static bool IsInBoth(LocalizedText text) => text.ZhCn.Any(unit => unit >= 0x4E00) && text.En.All(unit => unit < 0x3000);
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Forms_OfEveryProcess_CanBeCheckedByTheServer(string process)
    {
        ProcessFolder folder = ProcessFolder.Of(process);

        folder.Files("forms", "*.json").SelectMany(file => FormReader.Read(folder.Text($"forms/{file}")).Faults).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Mails_OfEveryProcess_RenderInBothLanguagesFromTheirSample(string process)
    {
        ProcessFolder folder = ProcessFolder.Of(process);

        foreach (string sample in folder.Files("mail", "*.sample.json"))
        {
            string name = sample[..^".sample.json".Length];
            PlainObject model = AnswerJson.Read(folder.Text($"mail/{sample}"))!;
            Dictionary<string, string> sources = Languages.All.ToDictionary(language => language, language => folder.Text($"mail/{name}.{language}.md"));
            MailValidation.Validate(name, sources, Languages.All, model, Frame).Should().BeEmpty();
            foreach (string language in Languages.All)
            {
                ComposedMail mail = MailComposer.Compose(MailTemplateSet.Parse(name, sources), language, model, Frame);
                mail.Language.Should().Be(language);
                mail.Text.Should().NotContain("{{").And.NotContain("{%").And.Contain("Mia Novak");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Definition_EveryMailAndForm_IsThereWithItsSample(string process)
    {
        ProcessFolder folder = ProcessFolder.Of(process);
        string[] templates = [.. folder.Files("mail", "*.md")];
        using JsonDocument json = JsonDocument.Parse(folder.Text($"{process}.json"));

        foreach (JsonElement activity in json.RootElement.GetProperty("root").GetProperty("activities").EnumerateArray())
        {
            foreach (string mail in new[] { "template", "mail", "reminderMail" }.Select(input => Literal(activity, input)).OfType<string>())
            {
                templates.Should().Contain([$"{mail}.en.md", $"{mail}.zh-CN.md"]);
                folder.Files("mail", "*.json").Should().Contain($"{mail}.sample.json");
            }

            // A standing link shows a form of the flow that it starts.
            ProcessFolder owner = Literal(activity, "definition") is { } other ? ProcessFolder.Of(other) : folder;
            if (Literal(activity, "form") is { } form)
                owner.Files("forms", "*.json").Select(file => $"forms/{file}").Should().Contain(form);
        }
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Cases_OfEveryProcess_ComeOutAsExpected(string process)
    {
        ProcessFolder folder = ProcessFolder.Of(process);
        string[] files = [.. folder.Files("cases", "*.json")];
        files.Should().NotBeEmpty("a process without a case is not tried");
        CasePlayer player = new(ProcessFolder.Activities, TimeZoneInfo.Utc);

        foreach (string file in files)
        {
            RehearsalCase played = RehearsalCase.Load(Path.Combine(folder.Path, "cases", file));
            CaseComparison.Differences(played, played.Expected!, player.Play(played)).Should().BeEmpty($"of {file}");
        }
    }

    private static string? Literal(JsonElement activity, string input) =>
        activity.TryGetProperty(input, out JsonElement wired) && wired.GetProperty("expression").GetProperty("type").GetString() == "Literal"
            ? wired.GetProperty("expression").GetProperty("value").GetString()
            : null;
}
