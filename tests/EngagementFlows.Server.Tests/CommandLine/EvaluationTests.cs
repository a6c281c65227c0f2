using EngagementFlows.Scripts;
using EngagementFlows.Server.CommandLine;

namespace EngagementFlows.Server.Tests.CommandLine;

public sealed class EvaluationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 5, 7, TimeSpan.Zero);

    private static readonly EvaluationRequest Defaults = new() { Source = "", Language = EvaluationRequest.JavaScript, Variables = new PlainObject { ["Amount"] = 120L } };

    [Theory]
    [InlineData("""{"name":"a","source":"1 + 1"}""", """{"name":"a","value":2}""")]
    [InlineData("""{"source":"getVariable('Amount') > 100 && variables.Amount === Amount && getAmount() === 120"}""", """{"name":null,"value":true}""")]
    [InlineData("""{"name":"b","source":"setVariable('Amount', 7); Amount","variables":{"Amount":1}}""", """{"name":"b","value":7}""")]
    [InlineData("""{"name":"c","source":"print('x'); print(2); ({a: [1, undefined, null, 'é', NaN, -0, 1e21], f() {}})"}""", """{"name":"c","value":{"a":[1,null,null,"é",null,0,1E+21]},"printed":["x","2"]}""")]
    [InlineData("""{"name":"d","source":"new Date()"}""", """{"name":"d","value":"2026-03-03T09:05:07.000Z"}""")]
    [InlineData("""{"name":"e","source":"twice(21)","prelude":"function twice(x) {\n return 2 * x }"}""", """{"name":"e","value":42}""")]
    [InlineData("""{"name":"f","source":"'\\ud83d\\ude00\\ud800\\n'"}""", """{"name":"f","value":"😀\ud800\n"}""")]
    [InlineData("""{"name":"g","language":"liquid","source":"{{ Variables.Amount | plus: 1 }}{{ Amount }}{{ Nobody }}"}""", """{"name":"g","value":"121120"}""")]
    [InlineData("""{"name":"h","language":"liquid","source":"{{ 'now' | date: '%F %T' }}"}""", """{"name":"h","value":"2026-03-03 09:05:07"}""")]
    [InlineData("""{"name":"j","source":"[toJson({a: 1}), TimeSpan.FromHours(2), isNullOrEmpty(''), parseGuid('6f9619ff-8b86-d011-b42d-00c04fc964ff')]"}""", """{"name":"j","value":["{\"a\":1}","02:00:00",true,"6f9619ff-8b86-d011-b42d-00c04fc964ff"]}""")]
    [InlineData("""{"name":"i","source":"undefined"}""", """{"name":"i","value":null}""")]
    public void Answer_Request_GivesItsValue(string line, string expected) => Evaluation.Answer(line, Defaults, Now).Should().Be(expected);

    [Theory]
    [InlineData("""{"name":"a","source":"\n  null.x"}""", "TypeError", 2)]
    [InlineData("""{"name":"a","source":"Amuont + 1"}""", "ReferenceError", 1)]
    [InlineData("""{"name":"a","source":"\n getCorrelationId()"}""", "TypeError", 2)]
    [InlineData("""{"name":"a","source":"throw new RangeError('no')"}""", "RangeError", 1)]
    [InlineData("""{"name":"a","source":"while (true) {}"}""", "Steps", 1)]
    [InlineData("""{"name":"a","source":"1 +"}""", "Syntax", 1)]
    [InlineData("""{"name":"a","source":"x","prelude":"\n\n"}""", "ReferenceError", 1)]
    [InlineData("""{"name":"a","source":"{% if %}","language":"liquid"}""", "Syntax", 1)]
    [InlineData("""{"name":"a","source":"\n{{ 1 | divided_by: 0 }}","language":"liquid"}""", "RangeError", 2)]
    [InlineData("""{"name":"a","source":1}""", "Request", 1)]
    [InlineData("""{"name":"a"}""", "Request", 1)]
    [InlineData("""{"name":"a","source":"1","language":"lua"}""", "Request", 1)]
    [InlineData("""{"name":"a","source":"1","sauce":"2"}""", "Request", 1)]
    [InlineData("[1]", "Request", 1)]
    [InlineData("no json", "Request", 1)]
    public void Answer_Fault_GivesKindAndPlace(string line, string kind, int faultLine)
    {
        using System.Text.Json.JsonDocument answer = System.Text.Json.JsonDocument.Parse(Evaluation.Answer(line, Defaults, Now));

        System.Text.Json.JsonElement fault = answer.RootElement.GetProperty("fault");
        fault.GetProperty("kind").GetString().Should().Be(kind);
        fault.GetProperty("line").GetInt32().Should().Be(faultLine);
        fault.GetProperty("column").GetInt32().Should().BePositive();
        fault.GetProperty("message").GetString().Should().NotBeNullOrEmpty();
        answer.RootElement.TryGetProperty("value", out _).Should().BeFalse();
    }

    [Fact]
    public void Answer_OneRequestAfterAnother_SeesNothingOfIt()
    {
        Evaluation.Answer("""{"source":"variables.Amount = 1; globalThis.x = 5"}""", Defaults, Now);

        Evaluation.Answer("""{"name":"n","source":"variables.Amount + typeof x"}""", Defaults, Now).Should().Be("""{"name":"n","value":"120undefined"}""");
    }
}
