using EngagementFlows.Scripts.Liquid;
using static EngagementFlows.Scripts.Tests.Liquid.Rendering;

namespace EngagementFlows.Scripts.Tests.Liquid;

public sealed class LiquidTemplateTests
{
    private static readonly PlainObject Model = new()
    {
        ["Variables"] = new PlainObject { ["Amount"] = 150L, ["Items"] = new PlainList { "a", "b" } },
        ["client"] = new PlainObject { ["name"] = "Hua Yu & <Sons>", ["phone"] = null },
        ["CorrelationId"] = "c-1",
    };

    [Fact]
    public void Render_MemberOfObject_IsWritten() => Render("{{ Variables.Amount }}/{{ CorrelationId }}", Model).Should().Be("150/c-1");

    [Fact]
    public void Render_ConditionAsOutput_WritesTrueOrFalse() => Render("{{ Variables.Amount > 100 }}{{ Variables.Amount == 1 }}", Model).Should().Be("truefalse");

    [Fact]
    public void Render_UnknownName_WritesNothing() => Render("[{{ Nobody.x }}]", Model).Should().Be("[]");

    [Fact]
    public void Render_UnknownNameAndStrict_NamesTheNearest()
    {
        ScriptFault fault = Faults("Dear\n{{ cleint.name }}", Model, Strict).Should().ContainSingle().Which;

        fault.Should().BeEquivalentTo(new { Kind = "ReferenceError", Line = 2, Column = 4 });
        fault.Message.Should().Be("'cleint' is not defined. Did you mean 'client'?");
    }

    [Fact]
    public void Render_UnknownMemberAndStrict_NamesTheNearest() =>
        Faults("{{ client.nmae }}", Model, Strict)[0].Message.Should().Be("'client' has no member 'nmae'. Did you mean 'name'?");

    [Fact]
    public void Render_StrictButAskedFor_IsNoFault() =>
        Render("{% if fax %}x{% endif %}{{ client.fax | default: '-' }}{% if client.fax == blank %}!{% endif %}{% unless a.b and c %}?{% endunless %}", Model, Strict)
            .Should().Be("-!?");

    [Fact]
    public void Render_UnknownFilter_PassesTheValueAndWarns()
    {
        LiquidTemplate template = LiquidTemplate.Prepare("{{ 'a' | upcsae }}", LiquidOptions.Elsa);

        template.Render(LiquidScope.Of([]), Context).Should().Be("a");
        template.Warnings.Should().ContainSingle().Which.Message.Should().Be("Filter 'upcsae' is not known. Did you mean 'upcase'? Its value passes unchanged.");
    }

    [Fact]
    public void Prepare_UnknownFilterAndStrict_IsAFault() => Faults("{{ 'a' | upcsae }}", null, Strict).Should().ContainSingle().Which.Kind.Should().Be("Syntax");

    [Fact]
    public void Prepare_SeveralFaults_ReportsAllWithTheirPlaces()
    {
        IReadOnlyList<ScriptFault> faults = Faults("{% if %}\n{{ a | }}\n{% nosuch %}{% endif %}\n{% for x of xs %}{% endfor %}{{ 'a }}\n{% endif %}{{ b");

        faults.Select(fault => (fault.Line, fault.Kind)).Should().Equal(
            (1, "Syntax"), (2, "Syntax"), (3, "Syntax"), (4, "Syntax"), (4, "Syntax"), (5, "Syntax"), (5, "Syntax"));
    }

    [Fact]
    public void Render_HtmlEncoding_EncodesAllButRaw()
    {
        LiquidOptions html = new() { Encode = LiquidEncoding.Html };

        Render("<p>{{ client.name }}</p>{{ client.name | raw }}", Model, html).Should().Be("<p>Hua Yu &amp; &lt;Sons&gt;</p>Hua Yu & <Sons>");
        Render("{% capture x %}<b>{{ client.name }}</b>{% endcapture %}{{ x }}{% echo x %}{{ x | upcase }}", Model, html)
            .Should().Be("<b>Hua Yu &amp; &lt;Sons&gt;</b><b>Hua Yu &amp; &lt;Sons&gt;</b>&lt;B&gt;HUA YU &amp;AMP; &amp;LT;SONS&amp;GT;&lt;/B&gt;");
        Render("{{ t | newline_to_br }}", new() { ["t"] = "<\n>" }, html).Should().Be("&lt;<br />\n&gt;");
    }

    [Fact]
    public void Render_ValueThatLooksLikeATemplate_StaysText() => Render("{{ v }}", new() { ["v"] = "{{ 7 | times: 7 }}{% raw %}" }).Should().Be("{{ 7 | times: 7 }}{% raw %}");

    [Fact]
    public void Paths_Template_NamesWhatItReads()
    {
        LiquidTemplate template = LiquidTemplate.Prepare(
            "{{ client.contact.name }}{% assign y = client.x %}{{ y.z }}{% for i in items %}{{ i.a }}{{ forloop.index }}{% endfor %}{{ map[key].v }}", LiquidOptions.Elsa);

        template.Paths.Select(path => path.ToString()).Should().Equal("client.contact.name", "client.x", "items", "key", "map");
    }

    [Fact]
    public void Render_DateOfTheContext_IsInItsZone()
    {
        ScriptContext context = Context with { Zone = TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), "+8", "+8"), Culture = "zh-CN" };

        Render("{{ 'now' | date: '%Y年%-m月%-d日（%a） %H:%M %z' }}", null, null, context).Should().Be("2026年3月3日（周二） 17:05 +0800");
    }

    [Fact]
    public void Render_PlainValues_AreWrittenExactly() =>
        Render("{{ d }}|{{ m }}|{{ t }}|{{ s }}|{{ g }}|{{ b }}|{{ o }}", new()
        {
            ["d"] = 1e21,
            ["m"] = 12.50m,
            ["t"] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            ["s"] = TimeSpan.FromHours(26),
            ["g"] = Guid.Empty,
            ["b"] = new byte[] { 1, 2 },
            ["o"] = new PlainObject { ["a"] = new PlainList { 1L, null, "x" } },
        }).Should().Be("1e+21|12.5|2026-01-02 02:04:05Z|1.02:00:00|00000000-0000-0000-0000-000000000000|AQI=|{\"a\":[1,null,\"x\"]}");
}
