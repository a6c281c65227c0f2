using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;

namespace EngagementFlows.Engine.Tests.Instances;

/// <summary>What must not outlive its instance is told of its end; and an effect answers what is asked about it in the same burst.</summary>
public sealed class LastingEffectTests
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InstanceRunner _runner = new(EngineSettings.Default);

    private static ActivityCatalog Activities { get; } = new([.. ElsaActivities.All, new Light(), new Look()]);

    [Fact]
    public void Run_ToTheEndInOneBurst_TellsTheEndOnce() =>
        Start(LightOn).Changes.Single().Effects.Should().Equal(new Lit("hall"), new InstanceEnded());

    [Fact]
    public void Run_ToTheEndInALaterBurst_StillKnows()
    {
        InstanceChange first = Start(LightOn, Wait).Changes.Single();
        first.Effects.Should().Equal(new Lit("hall"));

        Transition second = _runner.Run(
            Catalogue(LightOn, Wait), [first.Instance], new BookmarkResumed(Id, first.BookmarksMade.Single().Id, new()), Now.AddDays(1));

        second.Changes.Single().Instance.Status.Should().Be(InstanceStatus.Finished);
        second.Changes.Single().Effects.Should().Equal(new InstanceEnded());
    }

    [Fact]
    public void Run_Cancelled_TellsTheEnd()
    {
        InstanceChange first = Start(LightOn, Wait).Changes.Single();

        Transition second = _runner.Run(Catalogue(LightOn, Wait), [first.Instance], new CancelRequested(Id, null, null), Now.AddDays(1));

        second.Changes.Single().Effects.Should().Equal(new InstanceEnded());
    }

    [Fact]
    public void Run_WithoutSuchEffects_TellsNothing() => Start(Wait).Changes.Single().Effects.Should().BeEmpty();

    [Fact]
    public void Ask_AboutWhatTheSameBurstDid_IsAnsweredByIt() =>
        Start(LightOn, """{ "id": "Look", "type": "Test.Look" }""").Changes.Single().Effects.OfType<LineWritten>().Should().ContainSingle().Which.Text.Should().Be("hall is lit");

    [Fact]
    public void Ask_AboutWhatNothingDid_AsksTheDomain() => Start("""{ "id": "Look", "type": "Test.Look" }""").Asked.Should().Be(new LightAsked());

    private const string LightOn = """{ "id": "Light", "type": "Test.Light" }""";
    private const string Wait = """{ "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Dawn" } } }""";

    private Transition Start(params string[] activities) => _runner.Run(Catalogue(activities), [], new StartRequested(Id, "flow"), Now);

    private static DefinitionCatalogue Catalogue(params string[] activities) => DefinitionCatalogue.Create(
        Activities, [DefinitionReader.Read(Flows.Json($$"""{ "id": "Main", "type": "Elsa.Sequence", "activities": [{{string.Join(",", activities)}}] }"""), Activities).Definition!]);

    private sealed record Lit(string Room) : LastingEffect;

    private sealed record LightAsked : Question<string>
    {
        public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
        {
            answer = effects.OfType<Lit>().LastOrDefault()?.Room;
            return answer is not null;
        }
    }

    private sealed class Light() : Activity(new ActivityDescriptor
    {
        TypeName = "Test.Light",
        Category = new("Test", "测试"),
        DisplayName = new("Light", "灯"),
        Description = new("Switches the light on.", "开灯。"),
    })
    {
        public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done.With(new Lit("hall"));
    }

    private sealed class Look() : Activity(new ActivityDescriptor
    {
        TypeName = "Test.Look",
        Category = new("Test", "测试"),
        DisplayName = new("Look", "看"),
        Description = new("Looks where light is.", "看哪里有灯。"),
    })
    {
        public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done.With(new LineWritten($"{context.Ask(new LightAsked())} is lit"));
    }
}
