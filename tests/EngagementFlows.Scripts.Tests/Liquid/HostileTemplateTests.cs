using EngagementFlows.Scripts.Liquid;
using static EngagementFlows.Scripts.Tests.Liquid.Rendering;

namespace EngagementFlows.Scripts.Tests.Liquid;

/// <summary>Templates that want to run for ever, fill the memory or break the stack: each ends soon, with the fault of the budget that it spent.</summary>
public sealed class HostileTemplateTests
{
    private const long MostBytes = 32 * 1024 * 1024;

    // Generous beside the promised second: the machine that runs the tests may be busy.

    private static readonly PlainObject Model = new()
    {
        ["list"] = new PlainList(Enumerable.Range(0, 1000).Select(i => (object?)(long)i)),
        ["text"] = new string('x', 10_000),
        ["blank_lines"] = new string('\n', 100_000),
        ["open"] = string.Concat(Enumerable.Repeat("<script", 50_000)),
    };

    public static TheoryData<string, string> Battery => new()
    {
        { "{% for i in (1..1000000) %}{% for j in (1..1000000) %}{% endfor %}{% endfor %}", "Steps" },
        { "{% for i in (1..1000000) %}{% for j in (1..1000000) %}{% if i == j and j contains i %}{{ i | plus: j }}{% endif %}{% endfor %}{% endfor %}", "Steps" },
        { "{% for i in (1..1000000000) %}x{% endfor %}", "ArrayLength" },
        { "{% for i in (-9223372036854775808..9223372036854775807) %}x{% endfor %}", "ArrayLength" },
        { "{{ (1..100000000) | join }}", "ArrayLength" },
        { "{{ (1..1000000) | sort | reverse | uniq | size }}", "AllocatedBytes" },
        { "{% assign s = 'x' %}{% for i in (1..64) %}{% assign s = s | append: s %}{% endfor %}", "StringLength" },
        { "{% assign s = text %}{% for i in (1..1000000) %}{% assign s = s | upcase %}{% endfor %}", "AllocatedBytes" },
        { "{% assign s = 'x' %}{% for i in (1..64) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}", "StringLength" },
        { "{% for i in (1..1000000) %}{{ text }}{% endfor %}", "OutputLength" },
        { "{% for i in (1..1000) %}{% capture s %}{% for j in (1..400) %}{{ text }}{% endfor %}{% endcapture %}{% endfor %}", "AllocatedBytes" },
        { "{{ text | replace: 'x', text }}", "StringLength" },
        { "{{ text | replace: '', text }}", "StringLength" },
        { "{% assign l = text | split: '' %}{{ l | join: text }}", "StringLength" },
        { "{% assign l = list %}{% for i in (1..64) %}{% assign l = l | concat: l %}{% endfor %}", "ArrayLength" },
        { "{% assign l = list %}{% for i in (1..64) %}{% assign l = l | push: l %}{{ l | json }}{% endfor %}", "OutputLength" },
        { "{% assign l = list %}{% for i in (1..1000000) %}{% assign l = l | push: l %}{% endfor %}", "AllocatedBytes" },
        { "{% assign l = list %}{% for i in (1..10000) %}{% assign l = '' | split: ',' | push: l %}{% endfor %}{{ l }}", "Nesting" },
        { "{% assign l = list %}{% for i in (1..10000) %}{% assign l = '' | split: ',' | push: l %}{% endfor %}{{ l | json }}", "Nesting" },
        { "{% for i in (1..1000000) %}{% cycle i: 'a' %}{% assign s = list | group_by: 'size' %}{% endfor %}", "AllocatedBytes" },
        { "{% for i in (1..1000000) %}{{ list | sort | uniq | size }}{% endfor %}", "AllocatedBytes" },
        { "{% for i in (1..1000000) %}{% if list contains text %}{% endif %}{% endfor %}", "Steps" },
        { "{% assign s = text | append: 'y' %}{% for i in (1..1000000) %}{% if text contains s %}{% endif %}{% if text == s %}{% endif %}{% endfor %}", "Steps" },
        { "{% assign f = '%c%c%c%c%c%c%c%c' %}{% for i in (1..64) %}{% assign f = f | append: f %}{{ 0 | date: f | size }}{% endfor %}", "AllocatedBytes" },
        { "{% for i in (1..100000) %}{{ blank_lines | newline_to_br | strip_html | escape | url_encode | size }}{% endfor %}", "AllocatedBytes" },
        { "{% for i in (1..100000) %}{{ open | strip_html | size }}{% endfor %}", "AllocatedBytes" },
        { "{% assign n = 10 %}{% for i in (1..1000000) %}{% assign n = n | times: n %}{% for j in (1..1000) %}{% assign m = n | modulo: 7 | divided_by: 3.1 %}{% endfor %}{% endfor %}", "Steps" },
        { "{{ 1 | divided_by: 0 }}", "RangeError" },
        { "{{ 'no*base64' | base64_decode }}", "TypeError" },
        { "{{ list | slice: 9999999999999999999999 }}", "RangeError" },
        { "{{ 0 | date: '%999999999Y' | size }}{% for i in (1..10000000) %}{% endfor %}", "ArrayLength" },
    };

    [Theory]
    [MemberData(nameof(Battery))]
    public void Render_HostileTemplate_EndsWithItsFault(string source, string kind)
    {
        LiquidTemplate template = LiquidTemplate.Prepare(source, LiquidOptions.Elsa);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Action render = () => template.Render(LiquidScope.Of(Model), Context);

        render.Should().Throw<ScriptException>().Which.Fault.Kind.Should().Be(kind);
        if (kind is not ("Steps" or "Nesting"))
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(8 * MostBytes, "what is counted must be near what is used, short-lived objects aside");
    }

    [Fact]
    public void Render_PartialThatRendersItself_EndsAtTheNestingBudget()
    {
        LiquidOptions options = new() { Partials = new Dictionary<string, string> { ["a"] = "{% if true %}{% render 'b' %}{% endif %}", ["b"] = "{% render 'a' for (1..3) as x %}" } };

        Faults("{% render 'a' %}", null, options).Should().ContainSingle().Which.Kind.Should().Be("Nesting");
    }

    [Fact]
    public void Render_PartialThatRendersItselfTwice_EndsAtTheStepBudget()
    {
        LiquidOptions options = new() { Partials = new Dictionary<string, string> { ["a"] = "{% if n > 0 %}{% assign m = n | minus: 1 %}{% render 'a', n: m %}{% render 'a', n: m %}{% endif %}" } };

        Faults("{% render 'a', n: 60 %}", null, options).Should().ContainSingle().Which.Kind.Should().BeOneOf("Steps", "OutputLength", "AllocatedBytes");
    }

    public static TheoryData<string, string> DeepSources => new()
    {
        { string.Concat(Enumerable.Repeat("{% if true %}", 20_000)), "Nesting" },
        { string.Concat(Enumerable.Repeat("{% for i in x %}", 10_000)), "Nesting" },
        { "{% liquid\n" + string.Concat(Enumerable.Repeat("if true\n", 20_000)) + "%}", "Nesting" },
        { "{{ " + string.Concat(Enumerable.Repeat("a[", 50_000)) + " }}", "Nesting" },
        { "{{ " + string.Concat(Enumerable.Repeat("(1..", 50_000)) + " }}", "Nesting" },
        { "{{ a" + string.Concat(Enumerable.Repeat(".a", 50_000)) + " }}", "Nesting" },
        { string.Concat(Enumerable.Repeat("{% capture x %}", 10_000)), "Nesting" },
        { new string('x', 300_000), "SourceLength" },
    };

    [Theory]
    [MemberData(nameof(DeepSources))]
    public void Prepare_DeepSource_IsAFault(string source, string kind) => Faults(source).Should().ContainSingle().Which.Kind.Should().Be(kind);

    [Theory]
    [InlineData("{% if 1", " and 1", " %}y{% endif %}", "y")]
    [InlineData("{{ 'a'", " | upcase", " }}", "A")]
    [InlineData("{% if ", "not ", "x %}{% else %}n{% endif %}", null)]
    [InlineData("{% case 1 %}{% when 2", ", 2", " %}{% else %}e{% endcase %}", "e")]
    [InlineData("{% if false %}", "{% elsif false %}", "{% else %}e{% endif %}", "e")]
    [InlineData("{% cycle 1", ", 2", " %}", "1")]
    [InlineData("{{ x ", "{{ x ", "}}", null)]
    [InlineData("", "{%", "", null)]
    [InlineData("", "{{", "", null)]
    [InlineData("{{ '", "\\", "' }}", null)]
    [InlineData("", "{{ \\' }}", "", null)]
    [InlineData("", "{{ a }}\n", "", null)]
    [InlineData("", "{% raw %}", "", null)]
    [InlineData("", "{% comment %}", "", null)]
    [InlineData("", "{% endif %}", "", null)]
    public void Render_LongSource_EndsSoon(string begin, string repeated, string end, string? expected)
    {
        string source = begin + string.Concat(Enumerable.Repeat(repeated, 10_000)) + end;

        string? actual = CorpusTests.RenderOrRefuse(source, [], LiquidOptions.Elsa);
        if (expected is not null)
            actual.Should().Be(expected);
    }

    [Fact]
    public void Render_ManyFaults_ReportsAHundred() => Faults(string.Concat(Enumerable.Repeat("{% nosuch %}", 5000))).Should().HaveCount(100);

    [Fact]
    public void Render_DataThatHoldsItself_IsAFault()
    {
        PlainList loop = [];
        loop.Add(loop);

        Faults("{{ v }}", new PlainObject { ["v"] = loop })[0].Kind.Should().Be("Nesting");
        Faults("{{ v | json }}", new PlainObject { ["v"] = loop })[0].Kind.Should().Be("Nesting");
        Render("{{ v == v }}", new PlainObject { ["v"] = loop }).Should().BeOneOf("true", "false");
    }

    [Fact]
    public void Render_LongTemplateOnSmallStack_DoesNotOverflow()
    {
        string source = string.Concat(Enumerable.Repeat("{% if true %}{% for i in (1..1) %}{% capture c %}", 80)) + "x";
        source += string.Concat(Enumerable.Repeat("{% endcapture %}{{ c }}{% endfor %}{% endif %}", 80));
        string? result = null;
        Thread thread = new(() => result = CorpusTests.RenderOrRefuse(source, [], LiquidOptions.Elsa) ?? "refused", 256 * 1024);
        thread.Start();
        thread.Join();

        result.Should().BeOneOf("x", "refused");
    }
}
