using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Forms;

/// <summary>Answers that stand in a form when it is opened.</summary>
public sealed class FormPrefillTests
{
    private static readonly FormDefinition Form = MinutesForm.Read();

    [Fact]
    public void Fit_AnswersOfTheForm_AreKeptWithoutNothingAndTimesOfDay()
    {
        PlainObject given = FormPrefill.Read(
            new PlainObject
            {
                ["signed"] = null,
                ["actions"] = new PlainList([new PlainObject { ["what"] = "Measure", ["due"] = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero), ["rooms"] = new PlainList(["1"]), ["state-Comment"] = "half" }]),
            },
            out _)!;

        PlainObject? fitted = FormPrefill.Fit(Form, given, out string? fault);

        fault.Should().BeNull();
        AnswerJson.Write(fitted!).Should().Be("""{"actions":[{"what":"Measure","due":"2026-03-03","rooms":["1"],"state-Comment":"half"}]}""");
    }

    [Theory]
    [InlineData("""{"goal": "x"}""", "does not ask 'goal'. It asks signed, actions, thanks.")]
    [InlineData("""{"actions": [{"what": "a"}, {"who": "x"}]}""", "does not ask 'actions.1.who'. It asks actions.1.what")]
    [InlineData("""{"actions": "x"}""", "'actions' is a group")]
    [InlineData("""{"actions": [{},{},{},{},{},{}]}""", "has 6 rows; the form takes at most 5")]
    [InlineData("""{"signed": {"a": 1}}""", "'signed' is a list, an object or nothing")]
    [InlineData("""{"thanks": ["a"]}""", "'thanks' is a list")]
    [InlineData("""{"thanks": "a\u0000b"}""", "control character U+0000")]
    public void Fit_WhatTheFormDoesNotAsk_IsSaidClearly(string prefill, string words)
    {
        FormPrefill.Fit(Form, AnswerJson.Read(prefill)!, out string? fault).Should().BeNull();
        fault.Should().Contain(words);
    }

    [Fact]
    public void Fit_AnswerThatWouldNotBeTaken_IsShownAllTheSame() =>
        FormPrefill.Fit(Form, new() { ["actions"] = new PlainList([new PlainObject { ["what"] = new string('x', 100), ["due"] = "1999-01-01" }]) }, out _).Should().NotBeNull();

    [Theory]
    [InlineData("[1]", "must be an object")]
    [InlineData("nonsense", "must be an object")]
    public void Execute_PrefillThatIsNoObject_FaultsTheActivity(string prefill, string words) =>
        Open(prefill).Should().Throw<ActivityFaultException>().WithMessage($"*'prefill'*{words}*");

    [Fact]
    public void Execute_PrefillBeyondTheLimit_FaultsTheActivity() =>
        Open(new PlainObject { ["thanks"] = new string('x', FormPrefill.MaxBytes) }).Should().Throw<ActivityFaultException>().WithMessage("*at most 262144 are allowed*");

    [Fact]
    public void Execute_PrefillWithoutForm_FaultsTheActivity() =>
        new Action(() => new AssignTask().Execute(new FakeContext(new() { ["title"] = "Fill", ["prefill"] = new PlainObject() }))).Should().Throw<ActivityFaultException>().WithMessage("*'form' names none*");

    [Fact]
    public void Execute_Prefill_GoesWithTaskAndLink()
    {
        PlainObject inputs = new() { ["title"] = "Fill", ["form"] = "forms/a.json", ["mail"] = "ask", ["prefill"] = """{"goal":"light"}""" };

        new AssignTask().Execute(new FakeContext(inputs)).Effects.OfType<TaskOpened>().Single().Prefill!["goal"].Should().Be("light");
        new RequestApproval().Execute(new FakeContext(inputs)).Effects.OfType<TaskOpened>().Single().Prefill!["goal"].Should().Be("light");
        new AskClient().Execute(new FakeContext(inputs)).Effects.OfType<LinkIssued>().Single().Prefill!["goal"].Should().Be("light");
    }

    private static Action Open(object prefill) => () => new AssignTask().Execute(new FakeContext(new() { ["title"] = "Fill", ["form"] = "forms/a.json", ["prefill"] = prefill }));
}
