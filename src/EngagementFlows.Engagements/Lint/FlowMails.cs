using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Rules about the mails of a flow: each in both languages, and reading only what there is. Pure.</summary>
internal static class FlowMails
{
    private const string DataName = "Data";
    private static readonly string[] OfLoops = ["CurrentValue", "CurrentIndex"];

    public static IEnumerable<DefinitionFault> Check(WorkflowDefinition definition, ActivityNode node, IReadOnlyDictionary<string, byte[]> assets)
    {
        foreach (InputDescriptor input in node.Activity?.Descriptor.Inputs ?? [])
        {
            // A name that is only known when the flow runs is checked then.
            if (input.OfferedFrom != OfferedLists.Mails || FlowFacts.Constant(node, input.Name) is not { } mail)
                continue;
            foreach (DefinitionFault fault in Check(definition, node, input.Name, mail, assets))
                yield return fault;
        }
    }

    private static IEnumerable<DefinitionFault> Check(WorkflowDefinition definition, ActivityNode node, string field, string mail, IReadOnlyDictionary<string, byte[]> assets)
    {
        foreach (string language in Languages.All)
        {
            string path = $"mail/{mail}.{language}.md";
            if (!assets.TryGetValue(path, out byte[]? text))
            {
                yield return Finding.Blocks(LintRules.MailWithoutLanguage, node, field, new(
                    $"The activity {node} sends the mail '{mail}', and '{path}' is missing: a client who reads that language would get nothing. Add the file.",
                    $"活动{node}发送邮件“{mail}”，但缺少“{path}”：使用该语言的客户将收不到邮件。请补充该文件。"));
                continue;
            }

            foreach (string name in Undefined(definition, path, language, text))
            {
                yield return Finding.Blocks(LintRules.UndefinedVariable, node, field, new(
                    $"The mail '{path}', which the activity {node} sends, reads 'Data.{name}', but the flow has no variable and no input of that name. Declare it, or correct the mail.",
                    $"活动{node}发送的邮件“{path}”引用了“Data.{name}”，但流程没有同名的变量或输入。请声明，或更正邮件。"));
            }
        }
    }

    private static IEnumerable<string> Undefined(WorkflowDefinition definition, string path, string language, byte[] text)
    {
        MailTemplate template;
        try
        {
            template = MailTemplate.Parse(path, language, AssetText.Of(text));
        }
        catch (MailTemplateException)
        {
            // What is wrong with the mail itself is told where mails are checked.
            return [];
        }

        string[] known = [.. FlowFacts.Variables(definition).Select(variable => variable.Name), .. definition.Inputs.Select(input => input.Name), .. OfLoops];
        return template.Paths
            .Where(read => read.Members.Count > 1 && read.Members[0] == DataName)
            .Select(read => read.Members[1])
            .Distinct(StringComparer.Ordinal)
            .Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase) && !VariableUse.IsSetByScript(definition, name));
    }
}
