using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What one activity did by itself.</summary>
/// <param name="ActivityState">Lines it wrote and effects it wanted.</param>
/// <param name="Payload">Its outcomes.</param>
/// <param name="Outputs">What it returned, by name.</param>
/// <param name="Exception">Why it failed; <see langword="null"/> if it did not.</param>
/// <param name="Status"><c>Completed, Running, Faulted, Canceled</c>.</param>
internal sealed record TestedActivity(JsonObject ActivityState, JsonObject Payload, JsonObject Outputs, TestedException? Exception, string Status);

/// <summary>A failure as the Studio shows it.</summary>
/// <param name="Type">What kind of failure.</param>
/// <param name="Message">What failed.</param>
internal sealed record TestedException(string Type, string Message);

/// <summary>Runs one activity of a definition by itself, in memory: nothing reaches anybody, and nothing is stored. Pure but for the ids, which are counted.</summary>
internal static class ActivityTest
{
    // The engagement of a test: nobody's.
    private const string Nobody = "00000000-0000-7000-8000-000000000001";
    private const string Tested = "tested-";

    /// <summary>Runs the activity with that node id.</summary>
    /// <param name="stored">The definition.</param>
    /// <param name="nodeId">The ids from the workflow down to the activity, joined by <c>:</c>.</param>
    /// <param name="catalogue">The other definitions.</param>
    /// <param name="now">The instant of the test.</param>
    /// <returns><see langword="null"/> if the definition has no such activity.</returns>
    /// <exception cref="InvalidOperationException">The activity cannot be run by itself.</exception>
    public static TestedActivity? Run(JsonObject stored, string nodeId, DefinitionCatalogue catalogue, DateTimeOffset now)
    {
        DefinitionReading whole = DefinitionReader.Read(DefinitionNodes.Write(stored), catalogue.Activities);
        ActivityNode? node = whole.Definition?.Root.SelfAndDescendants().FirstOrDefault(one => one.NodeId == nodeId);
        if (node is null)
            return null;
        DefinitionReading alone = DefinitionReader.Read(DefinitionNodes.Write(Alone(stored, node)), catalogue.Activities);
        if (alone.Definition is not { } definition)
            throw new InvalidOperationException(alone.Refusals[0].Message);

        RehearsalHost host = new(catalogue.Activities, catalogue.Settings, now);
        foreach (ActivityNode child in node.SelfAndDescendants().Where(one => one.Activity is null))
        {
            if (catalogue.AsActivity(child.TypeName, child.TypeVersion) is { } used)
                host.Publish(used);
        }

        host.Publish(definition);
        Transition transition = host.Start(new StartRequested(host.NewId(), definition.DefinitionId) { DefinitionVersionId = definition.Id, CorrelationId = Nobody });
        if (transition.Kind != TransitionKind.Applied || host.Instances.Count == 0)
            throw new InvalidOperationException(transition.Message ?? "It did not start.");
        return Of(host, host.Instances[0], node);
    }

    private static TestedActivity Of(RehearsalHost host, RehearsedInstance instance, ActivityNode node)
    {
        JournalEntry[] journal = [.. instance.Journal.Where(entry => entry.ActivityId == node.Id)];
        JournalEntry? completed = Array.FindLast(journal, entry => entry.Event == "Completed");
        string? message = instance.Incidents.FirstOrDefault()?.Message;
        JsonObject state = [];
        if (host.Lines.Count > 0)
            state["Lines"] = new JsonArray([.. host.Lines.Select(line => JsonValue.Create(line))]);
        if (host.Recorded.Count > 0)
            state["Effects"] = new JsonArray([.. host.Recorded.Select(one => JsonValue.Create(one.Effect.GetType().Name))]);
        return new(
            state,
            new JsonObject { ["Outcomes"] = new JsonArray([.. (completed is null ? [] : completed.Outcomes ?? ["Done"]).Select(outcome => JsonValue.Create(outcome))]) },
            OutputsOf(host, instance, node),
            message is null ? null : new("ActivityFault", message),
            message is not null ? "Faulted" : completed is not null ? "Completed" : journal.Any(entry => entry.Event == "Canceled") ? "Canceled" : "Running");
    }

    private static JsonObject OutputsOf(RehearsalHost host, RehearsedInstance instance, ActivityNode node)
    {
        InstanceView view = InstanceView.Of(host.Catalogue, instance.Current);
        JsonObject outputs = [];
        foreach (string name in OutputNames(node).Where(name => view.Outputs.ContainsKey(Tested + name)))
            outputs[char.ToUpperInvariant(name[0]) + name[1..]] = JsonNode.Parse(PlainJson.Write(view.Outputs[Tested + name]));
        return outputs;
    }

    private static IEnumerable<string> OutputNames(ActivityNode node) =>
        (node.Activity?.Descriptor.Outputs.Select(output => output.Name) ?? []).Union(node.Outputs.Select(output => output.Name), StringComparer.OrdinalIgnoreCase);

    // The definition with nothing but this activity, and the values that its author gives to variables for tests.
    private static JsonObject Alone(JsonObject stored, ActivityNode node)
    {
        JsonObject alone = (JsonObject)stored.DeepClone();
        JsonObject activity = (JsonObject)DefinitionNodes.Of(node.Json)!;
        activity.Put("id", node.Id);
        // What it returns goes to outputs of the test, whether its author keeps it or not: variables are gone when a flow has ended.
        JsonArray outputs = [];
        foreach (string name in OutputNames(node))
        {
            activity.Put(name, new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = Tested + name } });
            outputs.Add(new JsonObject { ["name"] = Tested + name, ["type"] = "Object" });
        }

        alone.Put("outputs", outputs);
        alone.Put("root", new JsonObject { ["id"] = "TestOf" + node.Id, ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(activity) });
        alone.Put("variables", new JsonArray([.. Variables(stored, node)]));
        if ((stored.Member("customProperties") as JsonObject).Member("VariableTestValues") is not JsonObject values)
            return alone;
        foreach (JsonObject variable in alone.ListOf("variables")!.OfType<JsonObject>())
        {
            if (variable.TextOf("id") is { } id && values.Member(id) is { } value)
                variable.Put("value", DefinitionNodes.TextOf(value) ?? value.ToJsonString());
        }

        return alone;
    }

    // Those of the containers around it, too: it may name them.
    private static IEnumerable<JsonNode?> Variables(JsonObject stored, ActivityNode node)
    {
        foreach (JsonNode? variable in stored.ListOf("variables") ?? [])
            yield return variable?.DeepClone();
        for (ActivityNode? container = node.Parent; container is not null; container = container.Parent)
        {
            foreach (JsonNode? variable in (DefinitionNodes.Of(container.Json) as JsonObject).ListOf("variables") ?? [])
                yield return variable?.DeepClone();
        }
    }
}
