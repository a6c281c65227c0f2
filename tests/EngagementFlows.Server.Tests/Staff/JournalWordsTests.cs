using EngagementFlows.Engagements;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Instances;

namespace EngagementFlows.Server.Tests.Staff;

public sealed class JournalWordsTests
{
    private static readonly ActivityCatalog Activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);

    public static TheoryData<string> Outcomes() =>
        [.. Activities.All.SelectMany(activity => activity.Descriptor.Outcomes).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void OutcomeWords_OfEveryOutcomeThatATypeHas_AreInBothLanguages(string outcome)
    {
        LocalizedText words = OutcomeWords.Of(outcome);

        words.En.Should().NotMatchRegex("[\u4e00-\u9fff]").And.NotBeEmpty();
        words.ZhCn.Should().MatchRegex("[\u4e00-\u9fff]");
    }

    [Fact]
    public void Say_ActivityWithoutATextOfItsOwn_IsCalledByItsTypeInTheReadersLanguage()
    {
        JournalEntry entry = new("Ask1", "EngagementFlows.RequestApproval", Guid.Empty, "Completed", ["Approved"]);

        Words(Language.English).Say(entry).Should().Be("Request approval (Ask1): done, went on with “Approved”");
        Words(Language.Chinese).Say(entry).Should().Be($"{Activities.Find("EngagementFlows.RequestApproval")!.Descriptor.DisplayName.ZhCn}（Ask1）：完成，走向“已批准”");
    }

    [Fact]
    public void Say_ActivityWithADisplayText_KeepsTheAuthorsWords()
    {
        const string json = """{ "definitionId": "d", "id": "d1", "version": 1, "root": { "id": "Line1", "type": "Elsa.WriteLine", "metadata": { "displayText": "Say hello" } } }""";
        WorkflowDefinition definition = DefinitionReader.Read(json, Activities).Definition!;

        new JournalWords(definition, Activities, ReaderOf(Language.Chinese)).Say(new("Line1", "Elsa.WriteLine", Guid.Empty, "Completed")).Should().Be("Say hello：完成");
    }

    [Fact]
    public void Say_ActivityNamedInBothLanguages_IsCalledAsTheReaderCallsIt()
    {
        const string json = """
            { "definitionId": "d", "id": "d1", "version": 1, "root": { "id": "Line1", "type": "Elsa.WriteLine",
              "metadata": { "displayText": "Greet" }, "customProperties": { "displayName": { "en": "Say hello", "zh-CN": "打招呼" } } } }
            """;
        WorkflowDefinition definition = DefinitionReader.Read(json, Activities).Definition!;
        JournalEntry entry = new("Line1", "Elsa.WriteLine", Guid.Empty, "Completed");

        new JournalWords(definition, Activities, ReaderOf(Language.English)).Say(entry).Should().StartWith("Say hello");
        new JournalWords(definition, Activities, ReaderOf(Language.Chinese)).Say(entry).Should().StartWith("打招呼");
    }

    private static JournalWords Words(Language language) => new(null, Activities, ReaderOf(language));

    private static Reader ReaderOf(Language language) => new(language, TimeZoneInfo.Utc, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
