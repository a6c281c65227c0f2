using System.Text.RegularExpressions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Expressions;

/// <summary>What the editor completes is what scripts find.</summary>
public sealed class ScriptDeclarationsTests
{
    // Names that only say what to do instead.
    private static readonly string[] NotOffered = ["getConfig", "createEventTriggerUrl", "Random"];

    [Fact]
    public void Of_NoDefinition_DeclaresTheNamesThatEveryScriptFinds()
    {
        IEnumerable<string> declared = Regex.Matches(ScriptDeclarations.Of(null, "en"), @"^declare (?:function|const) (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        declared.Should().BeEquivalentTo(ScriptSurface.Globals.Keys.Except(NotOffered));
    }

    [Fact]
    public void Of_NoDefinition_DeclaresTheMembersOfOurTypes()
    {
        foreach (ScriptType type in ScriptValueTypes.All)
        {
            IEnumerable<string> statics = type.Statics.Keys.Concat(ScriptValueTypes.IsDate(type.Name) ? ["Now", "UtcNow", "Today"] : []).Where(name => char.IsUpper(name[0]));
            IEnumerable<string> members = type.Getters.Keys.Concat(type.Methods.Keys).Where(name => char.IsLower(name[0]));
            foreach (string name in statics.Concat(members))
                ScriptTypeDeclarations.Text.Should().MatchRegex($@"\b{name}\b", type.Name);
        }
    }

    [Fact]
    public void Of_InChinese_ExplainsInChinese() =>
        ScriptTypeDeclarations.Functions.Should().OnlyContain(function => Regex.IsMatch(function.Comment.ZhCn, "[\u4e00-\u9fff]") && !Regex.IsMatch(function.Comment.En, "[\u4e00-\u9fff]"));
}
