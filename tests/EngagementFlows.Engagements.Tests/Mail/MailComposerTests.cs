using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class MailComposerTests
{
    private const string English = """
        ---
        subject: "{{ Firm.Name }}: please tell us about {{ Engagement.Title }}"
        ---
        Dear {{ Contact.Name }},

        we are ready to begin **{{ Engagement.Title }}** and need a few answers from you.

        [Open the form]({{ Link }})

        What we ask for:

        {% for item in Data.Items -%}
        - {{ item }}
        {% endfor %}

        More about us is on [our page](https://firm.example/about?from={{ Contact.Name }}).
        {% if Message != blank %}
        > {{ Message }}
        {% endif %}
        """;

    private const string Chinese = """
        ---
        subject: 请填写“{{ Engagement.Title }}”信息表
        ---
        {{ Contact.Name }}：

        您好！为启动**{{ Engagement.Title }}**，请您填写一份简短的信息表。

        [填写信息表]({{ Link }})
        """;

    private static readonly MailFrame Frame = new("Northwind & Partners", "Li Lei", "+86 21 5555 0100", "li.lei@firm.example")
    {
        DueAt = new DateTimeOffset(2026, 3, 6, 10, 0, 0, TimeSpan.Zero),
        Zone = TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), "+8", "+8"),
        Now = new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero),
    };

    private static readonly MailTemplateSet Welcome = MailTemplateSet.Parse("welcome", new Dictionary<string, string> { ["en"] = English, ["zh-CN"] = Chinese });

    [Fact]
    public void Compose_English_GivesTheLetterInBothParts()
    {
        ComposedMail mail = MailComposer.Compose(Welcome, "en", Model(), Frame);

        mail.Subject.Should().Be("Northwind & Partners: please tell us about Site plan");
        mail.Text.Should().Be("""
            Dear Ann,

            we are ready to begin Site plan and need a few answers from you.

            Open the form:
            https://link.invalid/0190f3c2-1111-7000-8000-000000000001

            What we ask for:

            - size
            - budget

            More about us is on our page.
            our page:
            https://firm.example/about?from=Ann

            Please answer by Fri 6 Mar 2026, 18:00.

            Kind regards,

            Li Lei
            Northwind & Partners

            You can simply reply to this mail: li.lei@firm.example
            Phone: +86 21 5555 0100

            """);
        IHtmlDocument html = new HtmlParser().ParseDocument(mail.Html);
        html.QuerySelectorAll("td.button a").Should().ContainSingle().Which.GetAttribute("href").Should().Be("https://link.invalid/0190f3c2-1111-7000-8000-000000000001");
        html.QuerySelectorAll("li").Select(item => item.TextContent).Should().Equal("size", "budget");
        html.QuerySelector("strong")!.TextContent.Should().Be("Site plan");
        html.DocumentElement.GetAttribute("lang").Should().Be("en");
        html.Body!.TextContent.Should().Contain("Please answer by Fri 6 Mar 2026, 18:00.").And.Contain("Northwind & Partners");
    }

    [Fact]
    public void Compose_Chinese_FollowsTheHabitsOfChineseLetters()
    {
        ComposedMail mail = MailComposer.Compose(Welcome, "zh-CN", Model(title: "华宇设计（二期）"), Frame);

        mail.Subject.Should().Be("请填写“华宇设计（二期）”信息表");
        mail.Text.Should().Be("""
            Ann：

            您好！为启动华宇设计（二期），请您填写一份简短的信息表。

            填写信息表：
            https://link.invalid/0190f3c2-1111-7000-8000-000000000001

            敬请于2026年3月6日（周五）18:00前答复。

            此致
            敬礼

            Northwind & Partners
            Li Lei
            2026年3月3日

            直接回复本邮件即可联系我们：li.lei@firm.example
            电话：+86 21 5555 0100

            """);
        // The emphasis holds although the value ends in a full-width bracket.
        new HtmlParser().ParseDocument(mail.Html).QuerySelector("strong")!.TextContent.Should().Be("华宇设计（二期）");
        mail.Html.Should().Contain("lang=\"zh-CN\"").And.Contain("line-height:1.7").And.Contain("PingFang SC").And.NotContain("!</p>");
    }

    [Fact]
    public void Compose_Mail_IsLightAndFetchesNothing()
    {
        string html = MailComposer.Compose(Welcome, "en", Model(), Frame).Html;

        System.Text.Encoding.UTF8.GetByteCount(html).Should().BeLessThan(8 * 1024);
        IHtmlDocument document = new HtmlParser().ParseDocument(html);
        document.QuerySelectorAll("img, script, link, iframe, form, object, video").Should().BeEmpty();
        html.Should().NotContainAny("url(", "@import", "@font-face").And.Contain("prefers-color-scheme:dark").And.Contain("max-width:600px");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("**bold** _it_ `code` ~~x~~")]
    [InlineData("[click](https://evil.example)")]
    [InlineData("![x](https://evil.example/a.png)")]
    [InlineData("<https://evil.example>")]
    [InlineData("https://evil.example")]
    [InlineData("# Heading\n\n- item\n\n1. one\n\n> quote\n\n    code\n\n---")]
    [InlineData("a\n===\nb\n---\n```\nx\n```")]
    [InlineData("&lt;b&gt; &amp; &#60; \\* \\\\")]
    [InlineData("](https://evil.example) [x]: https://evil.example")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("{{ Firm.Name }}{% raw %}")]
    [InlineData("</td></tr></table><h1>x")]
    [InlineData("|a|b|\n|-|-|\n|1|2|")]
    [InlineData("😀 中文（全角）、“引号”")]
    public void Compose_ValueThatLooksLikeMarkup_StaysText(string value)
    {
        PlainObject model = Model(title: value);
        model["Message"] = value;
        ((PlainObject)model["Data"]!)["Items"] = new PlainList { value };

        ComposedMail mail = MailComposer.Compose(Welcome, "en", model, Frame);

        IHtmlDocument html = new HtmlParser().ParseDocument(mail.Html);
        IHtmlDocument plain = new HtmlParser().ParseDocument(MailComposer.Compose(Welcome, "en", WithMessage(Model(), "x"), Frame).Html);
        html.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).Should().Equal(plain.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        html.QuerySelectorAll("li").Should().ContainSingle().Which.TextContent.Should().Be(value.Replace("\n", "", StringComparison.Ordinal));
        html.All.Select(element => element.LocalName).Where(name => name is not ("br" or "li"))
            .Should().Equal(plain.All.Select(element => element.LocalName).Where(name => name is not ("br" or "li")));
        html.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Name).Should().NotContain(name => name.StartsWith("on", StringComparison.Ordinal));
        mail.Text.Replace("\n  ", "\n", StringComparison.Ordinal).Should().Contain("- " + value);
        mail.Subject.Should().NotContain("\n");
    }

    [Fact]
    public void Compose_ValueWithSteeringCharacters_LosesThem()
    {
        ComposedMail mail = MailComposer.Compose(Welcome, "en", Model(title: "a\u202Eb\0c\u2028d\re\u2066f"), Frame);

        mail.Subject.Should().EndWith("about abc d ef");
        mail.Text.Should().Contain("begin abc\nd\nef and need");
    }

    [Fact]
    public void Compose_ValueInsideAnAddress_StaysItsPart()
    {
        PlainObject model = Model();
        ((PlainObject)model["Contact"]!)["Name"] = "A&B #1 / 王?x=1";

        MailComposer.Compose(Welcome, "en", model, Frame).Text.Should().Contain("https://firm.example/about?from=A%26B%20%231%20%2F%20王%3Fx%3D1\n");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/relative")]
    [InlineData("https://a.example/ x")]
    [InlineData("https://a.example/\"onclick")]
    public void Compose_AddressThatIsNone_IsAFault(string address)
    {
        PlainObject model = Model();
        model["Link"] = address;
        Action compose = () => MailComposer.Compose(Welcome, "en", model, Frame);

        compose.Should().Throw<MailTemplateException>().Which.Faults.Should().ContainSingle().Which.Message.Should().StartWith("A link leads to '");
    }

    [Fact]
    public void Compose_NameThatTheModelLacks_IsAFaultWithItsPlace()
    {
        PlainObject model = Model();
        model.Remove("Link");
        model["Links"] = "x";
        Action compose = () => MailComposer.Compose(Welcome, "zh-CN", model, Frame);

        compose.Should().Throw<MailTemplateException>().Which.Faults.Should().ContainSingle()
            .Which.ToString().Should().Be("mail/welcome.zh-CN.md(8): 'Link' is not defined. Did you mean 'Links'?");
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh-cn", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("en-GB", "en")]
    [InlineData("de", "en")]
    [InlineData(null, "en")]
    public void In_AnyLanguage_FallsBackToTheNearest(string? language, string expected) => Welcome.In(language).Language.Should().Be(expected);

    [Fact]
    public void In_OnlyOneLanguage_IsThatOne() =>
        MailTemplateSet.Parse("x", new Dictionary<string, string> { ["zh-CN"] = Chinese }).In("en").Language.Should().Be("zh-CN");

    [Fact]
    public void Compose_CapturedAndFilteredValue_StaysText()
    {
        const string Source = "---\nsubject: s\n---\n{% capture x %}*a* {{ v }}{% endcapture %}{{ x }}\n\n{{ x | upcase }}\n\n{{ v | raw }} `{{ v }}`\n\n    {{ v }}\n";
        MailTemplateSet set = MailTemplateSet.Parse("x", new Dictionary<string, string> { ["en"] = Source });

        IHtmlDocument html = new HtmlParser().ParseDocument(MailComposer.Compose(set, "en", new PlainObject { ["v"] = "_<b>_" }, Frame).Html);

        html.QuerySelectorAll("em").Select(element => element.TextContent).Should().Equal("a", "<b>");
        html.QuerySelectorAll("p").Select(element => element.TextContent).Skip(1).Take(3).Should().Equal("a _<b>_", "*A* _<B>_", "<b> _<b>_");
        html.QuerySelector("pre")!.TextContent.Should().Be("_<b>_");
    }

    [Fact]
    public void Compose_Lists_AreLaidOutInText()
    {
        const string Source = "---\nsubject: s\n---\n## Steps\n\n1. one\n2. two\n   - inner\n   - more [there](https://a.example)\n\n* loose\n\n* second\n\n  para\n\n***\n\nhard\\\nbreak <https://b.example/x>\n";
        MailTemplateSet set = MailTemplateSet.Parse("x", new Dictionary<string, string> { ["en"] = Source });

        MailComposer.Compose(set, "en", [], Frame with { DueAt = null }).Text.Split("\n\nKind regards")[0].Should().Be("""
            Steps

            1. one
            2. two
               - inner
               - more there
                 there:
                 https://a.example

            - loose

            - second

              para

            ----

            hard
            break https://b.example/x
            """);
    }

    [Fact]
    public void Day_Instant_IsWrittenAsLettersDo()
    {
        const string Source = "---\nsubject: '{{ T | day }}'\n---\n{{ T | day_time }} {{ S | day }}\n";
        MailTemplateSet set = MailTemplateSet.Parse("x", new Dictionary<string, string> { ["en"] = Source, ["zh-CN"] = Source });
        PlainObject model = new() { ["T"] = new DateTimeOffset(2026, 3, 3, 18, 5, 0, TimeSpan.Zero), ["S"] = "2026-03-03T18:05:00Z" };

        MailComposer.Compose(set, "en", model, Frame).Should().Match<ComposedMail>(mail => mail.Subject == "Wed 4 Mar 2026" && mail.Text.StartsWith("Wed 4 Mar 2026, 02:05 Wed 4 Mar 2026\n"));
        MailComposer.Compose(set, "zh", model, Frame).Should().Match<ComposedMail>(mail => mail.Subject == "2026年3月4日（周三）" && mail.Text.StartsWith("2026年3月4日（周三）02:05 2026年3月4日（周三）\n"));
    }

    private static PlainObject WithMessage(PlainObject model, string message)
    {
        model["Message"] = message;
        return model;
    }

    private static PlainObject Model(string title = "Site plan") => new()
    {
        ["Firm"] = new PlainObject { ["Name"] = "Northwind & Partners" },
        ["Contact"] = new PlainObject { ["Name"] = "Ann" },
        ["Engagement"] = new PlainObject { ["Title"] = title },
        ["Link"] = "https://link.invalid/0190f3c2-1111-7000-8000-000000000001",
        ["Message"] = null,
        ["Data"] = new PlainObject { ["Items"] = new PlainList { "size", "budget" } },
    };
}
