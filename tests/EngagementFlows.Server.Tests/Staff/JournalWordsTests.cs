using EngagementFlows.Engagements;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Definitions;
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

    [Fact]
    public void Say_ActivitiesThatTheirAuthorDidNotName_AreCalledByTheirTypeAndNumbered()
    {
        const string json = """
            { "definitionId": "d", "id": "d1", "version": 1, "root": { "id": "all", "type": "Elsa.Sequence", "activities": [
              { "id": "a1b2c3d4e5", "name": "WriteLine1", "type": "Elsa.WriteLine" },
              { "id": "f6a7b8c9d0", "type": "Elsa.SetName" },
              { "id": "0a1b2c3d4e", "name": "WriteLine2", "type": "Elsa.WriteLine" },
              { "id": "5f6a7b8c9d", "type": "Elsa.WriteLine", "metadata": { "displayText": "Say hello" } } ] } }
            """;
        WorkflowDefinition definition = DefinitionReader.Read(json, Activities).Definition!;
        string line = Activities.Find("Elsa.WriteLine")!.Descriptor.DisplayName.ZhCn;

        NameIn(Language.English, "a1b2c3d4e5").Should().Be("Write line 1");
        NameIn(Language.English, "0a1b2c3d4e").Should().Be("Write line 2");
        NameIn(Language.English, "5f6a7b8c9d").Should().Be("Say hello");
        NameIn(Language.English, "f6a7b8c9d0").Should().Be(Activities.Find("Elsa.SetName")!.Descriptor.DisplayName.En, "there is one of its kind");
        NameIn(Language.Chinese, "0a1b2c3d4e").Should().Be($"{line}2");
        NameIn(Language.English, "gone").Should().Be("gone");

        string NameIn(Language language, string id) => new ActivityNames(definition, ReaderOf(language)).Of(id);
    }

    [Fact]
    public void Fault_IsToldWithTheNamesThatItsReaderKnows_AndTouchesNoOtherWords()
    {
        const string json = """
            { "definitionId": "d", "id": "d1", "version": 1, "root": { "id": "all", "type": "Elsa.Flowchart", "start": "one", "activities": [
              { "id": "one", "type": "Elsa.WriteLine", "customProperties": { "displayName": { "en": "Greet", "zh-CN": "问候" } } },
              { "id": "two", "type": "Elsa.WriteLine" } ],
              "connections": [ { "source": { "activity": "one", "port": "two" }, "target": { "activity": "two" } } ] } }
            """;
        WorkflowDefinition definition = DefinitionReader.Read(json, Activities).Definition!;
        DefinitionFault fault = DefinitionValidator.Validate(definition, DefinitionCatalogue.Create(Activities, [])).Single(found => found.Field == "connections");

        new ActivityNames(definition, ReaderOf(Language.English)).Say(fault).Should().StartWith("The connection from 'Greet' to 'Write line' leaves by the port 'two'");
        new ActivityNames(definition, ReaderOf(Language.Chinese)).Say(fault).Should().StartWith("从“问候”到“写一行”的连线使用出口“two”");
    }

    private static JournalWords Words(Language language) => new(null, Activities, ReaderOf(language));

    private static Reader ReaderOf(Language language) => new(language, TimeZoneInfo.Utc, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
