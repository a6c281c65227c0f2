using System.Reflection;
using System.Text.RegularExpressions;
using EngagementFlows.Engine;
using EngagementFlows.Server.Staff;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Every word on a page is there in both languages.</summary>
public sealed partial class TextTests
{
    public static TheoryData<string, string> Texts()
    {
        TheoryData<string, string> data = [];
        foreach (PropertyInfo property in Properties())
            data.Add(property.DeclaringType!.Name, property.Name);
        return data;
    }

    [Fact]
    public void Tables_OfThePages_AreFound() => Properties().Should().HaveCountGreaterThan(150);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_InBothLanguages_IsWhole(string table, string name)
    {
        LocalizedText text = (LocalizedText)Properties().Single(property => property.DeclaringType!.Name == table && property.Name == name).GetValue(null)!;

        text.En.Should().NotBeNullOrWhiteSpace();
        text.ZhCn.Should().NotBeNullOrWhiteSpace();
        // A language button speaks the other language.
        if (name is not ("OtherLanguage" or "Masked" or "ClosedOn"))
        {
            text.En.Should().NotMatchRegex("[\u4e00-\u9fff]");
            text.ZhCn.Should().MatchRegex("[\u4e00-\u9fff]");
        }

        Placeholders(text.ZhCn).Should().BeEquivalentTo(Placeholders(text.En), "both languages fill the same places");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_InChinese_HasChinesePunctuation(string table, string name)
    {
        LocalizedText text = (LocalizedText)Properties().Single(property => property.DeclaringType!.Name == table && property.Name == name).GetValue(null)!;

        text.ZhCn.Should().NotMatchRegex("[\u4e00-\u9fff][,;!?]");
        text.En.Should().NotContain("!");
        text.ZhCn.Should().NotContain("！");
    }

    private static IEnumerable<PropertyInfo> Properties() => typeof(StaffUrls).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Texts", StringComparison.Ordinal))
        .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(property => property.PropertyType == typeof(LocalizedText));

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
