using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;

namespace EngagementFlows.Engine.Tests.Instances;

/// <summary>An activity may ask the domain: the run stops at the question and begins anew with the answer.</summary>
public sealed class QuestionTests
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Two = """
        { "id": "Main", "type": "Elsa.Sequence", "activities": [
            { "id": "Before", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'before ' + Math.random()" } } },
            { "id": "First", "type": "Test.Weather", "town": { "typeName": "String", "expression": { "type": "Literal", "value": "Berlin" } } },
            { "id": "Second", "type": "Test.Weather", "town": { "typeName": "String", "expression": { "type": "Literal", "value": "Wuhan" } } } ] }
        """;

    private readonly InstanceRunner _runner = new(EngineSettings.Default);
    private readonly DefinitionCatalogue _catalogue = DefinitionCatalogue.Create(Activities, [DefinitionReader.Read(Flows.Json(Two), Activities).Definition!]);

    private static ActivityCatalog Activities { get; } = new([.. ElsaActivities.All, new Weather()]);

    [Fact]
    public void Run_UnansweredQuestion_ChangesNothingAndTellsIt()
    {
        Transition transition = Run(null);

        transition.Kind.Should().Be(TransitionKind.Asking);
        transition.Asked.Should().Be(new WeatherAsked("Berlin"));
        transition.Changes.Should().BeEmpty();
    }

    [Fact]
    public void Run_WithTheAnswers_IsAsIfItHadNeverStopped()
    {
        Dictionary<Question, object?> answers = new() { [new WeatherAsked("Berlin")] = "rain" };
        Run(answers).Asked.Should().Be(new WeatherAsked("Wuhan"), "the first one is answered");
        answers[new WeatherAsked("Wuhan")] = "sun";

        InstanceChange change = Run(answers).Changes.Single();

        change.Instance.Status.Should().Be(InstanceStatus.Finished);
        change.Effects.OfType<LineWritten>().Select(line => line.Text).Skip(1).Should().Equal("Berlin: rain", "Wuhan: sun");
        InstanceChange again = Run(answers).Changes.Single();
        again.Effects.Should().Equal(change.Effects, "the same answers give the same run");
        again.Instance.State.ToArray().Should().Equal(change.Instance.State.ToArray());
    }

    [Fact]
    public void Run_Unanswerable_IsAnIncidentWithTheReason()
    {
        InstanceChange change = Run(new() { [new WeatherAsked("Berlin")] = new Unanswerable("Nobody has looked out of the window.") }).Changes.Single();

        change.IncidentsOpened.Should().ContainSingle().Which.Message.Should().Contain("Activity 'First': Nobody has looked");
        change.Effects.OfType<LineWritten>().Should().ContainSingle("what went before stays");
    }

    private Transition Run(Dictionary<Question, object?>? answers) =>
        _runner.Run(_catalogue, [], new StartRequested(Id, "flow"), Now, answers is null ? null : new Hindsight { Answers = answers });

    private sealed record WeatherAsked(string Town) : Question<string>;

    private sealed class Weather() : Activity(new ActivityDescriptor
    {
        TypeName = "Test.Weather",
        Category = new("Test", "测试"),
        DisplayName = new("Weather", "天气"),
        Description = new("Tells the weather.", "播报天气。"),
        Inputs = [new("town", "String", new("Town", "城市"), new("Where.", "何处。"))],
    })
    {
        public override ActivityResult Execute(ActivityContext context) =>
            ActivityResult.Done.With(new LineWritten($"{context.Text("town")}: {context.Ask(new WeatherAsked(context.Text("town")!))}"));
    }
}
