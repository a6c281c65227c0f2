using System.Globalization;
using EngagementFlows.Engine.Activities.Events;
using EngagementFlows.Engine.Activities.Http;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Scheduling;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Finds the triggers of definitions. Their inputs are evaluated at publication: no instance exists, so variables and inputs are null.</summary>
internal static class TriggerReader
{
    /// <summary>Returns the triggers of all published versions; those that cannot be evaluated are left out and reported by the validator.</summary>
    public static IReadOnlyList<Trigger> ReadAll(DefinitionCatalogue catalogue)
    {
        List<Trigger> triggers = [];
        foreach (WorkflowDefinition definition in catalogue.All)
        {
            if (ReferenceEquals(catalogue.Published(definition.DefinitionId), definition))
                Read(definition, catalogue, triggers, []);
        }

        // The order of a hash table is nobody's promise; events start instances in the order of ids.
        triggers.Sort((one, other) => string.CompareOrdinal(one.DefinitionId, other.DefinitionId));
        return triggers;
    }

    /// <summary>Adds the triggers of a definition to <paramref name="triggers"/>, and to <paramref name="faults"/> what keeps one from working.</summary>
    public static void Read(WorkflowDefinition definition, DefinitionCatalogue catalogue, List<Trigger> triggers, List<DefinitionFault> faults)
    {
        foreach (ActivityNode node in definition.Root.SelfAndDescendants())
        {
            if (node is { CanStartWorkflow: true, Activity.Descriptor.Kind: "Trigger" })
                Read(definition, node, catalogue, triggers, faults);
        }
    }

    private static void Read(WorkflowDefinition definition, ActivityNode node, DefinitionCatalogue catalogue, List<Trigger> triggers, List<DefinitionFault> faults)
    {
        InstanceRun run = new()
        {
            Burst = new Burst(catalogue, catalogue.Settings, DateTimeOffset.UnixEpoch),
            Definition = definition,
            InstanceId = Guid.Empty,
            Secret = InstanceSecret.Derive(catalogue.Settings.Key.Span, Guid.Empty),
        };
        run.Root = run.CreateRoot(Guid.Empty);
        ActivityExecution execution = run.Create(node, run.Root, Guid.Empty);
        try
        {
            InputEvaluation.Evaluate(execution);
            foreach (string key in Keys(execution))
                triggers.Add(new(definition.DefinitionId, definition.Id, node.Id, node.TypeName, key, definition.Options.Activation));
        }
        catch (Exception failure) when (failure is EvaluationException or FormatException)
        {
            faults.Add(new(FaultSeverity.Refused, node.Id, node.Activity!.Descriptor.Inputs[0].Name, $"The trigger {node} cannot be published. {(failure.InnerException ?? failure).Message}")
            {
                Chinese = $"触发器{node}无法发布：其输入须在发布时即可求值，此时变量与输入都没有值。{(failure.InnerException ?? failure).Message}",
            });
        }
    }

    private static IEnumerable<string> Keys(ActivityExecution execution)
    {
        switch (execution.Node.TypeName)
        {
            case EventRouting.BookmarkName:
                string? name = execution.Text("eventName");
                return [string.IsNullOrEmpty(name) ? throw new FormatException("The name of the starting event is empty. It must be known at publication, when variables and inputs have no value.") : name];
            case "Elsa.Timer":
                TimeSpan interval = execution.Span("interval") ?? TimeSpan.FromMinutes(1);
                return [interval > TimeSpan.Zero ? interval.ToString("c", CultureInfo.InvariantCulture) : throw new FormatException($"The interval '{interval}' would start instances without end; it must be more than zero.")];
            case "Elsa.Cron":
                string text = execution.Text("cronExpression") ?? string.Empty;
                return CronExpression.TryParse(text, CronFormat.Seconds, out _, out string? problem) ? [text] : throw new FormatException($"The cron expression '{text}' is not valid. {problem}");
            case "Elsa.StartAt":
                return [Due.Key(execution.Input("dateTime") as DateTimeOffset? ?? DateTimeOffset.MinValue)];
            case "Elsa.HttpEndpoint":
                return HttpKeys(execution);
            default:
                return [];
        }
    }

    private static IEnumerable<string> HttpKeys(ActivityExecution execution)
    {

        PlainList methods = execution.Input("supportedMethods") as PlainList ?? ["GET"];
        return methods.OfType<string>().Select(method => HttpProtocol.Key(method, execution.Text("path")));
    }
}
