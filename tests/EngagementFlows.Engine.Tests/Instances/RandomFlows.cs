using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Tests.Definitions;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Instances;

/// <summary>Random definitions of any shape: flowcharts with joins of every mode and connections back, nested in sequences, parallels, forks, loops, switches and workflows used as activities; waits and failures everywhere.</summary>
internal static class RandomFlows
{
    private const string Variable = """{ "id": "v1", "name": "N", "typeName": "Int32", "value": "0", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }""";

    /// <summary>Gets the generator: a flow is all that its numbers say, so a smaller list of numbers is a smaller flow.</summary>
    public static Gen<RandomFlow> Flows(bool withWaits) =>
        from size in Gen.Choose(1, 40)
        from numbers in Gen.Choose(0, 9999).ArrayOf(size * 4)
        from counter in Gen.Elements(true, false)
        from faults in Gen.Elements(true, false)
        select new RandomFlow(numbers, counter, faults, withWaits);

    /// <summary>A flow and the settings under which it runs.</summary>
    public sealed record RandomFlow(int[] Numbers, bool CounterMode, bool FaultOnIncident, bool WithWaits)
    {
        public IReadOnlyList<WorkflowDefinition> ToDefinitions()
        {
            Writer inner = new(Numbers.Reverse().ToArray(), WithWaits, canUseInner: false);
            Writer outer = new(Numbers, WithWaits, canUseInner: true);
            return
            [
                Definitions.Flows.Read($$"""{ "definitionId": "inner", "id": "inner-v1", "name": "Inner", "version": 1, "isPublished": true, "options": { "usableAsActivity": true }, "variables": [{{Variable}}], "root": {{inner.Activity(1)}} }"""),
                Definitions.Flows.Read($$"""{ "definitionId": "flow", "id": "flow-v1", "name": "Flow", "version": 1, "isPublished": true, "variables": [{{Variable}}], "root": {{outer.Activity(0)}} }"""),
            ];
        }

        public override string ToString() => $"counter {CounterMode}, fault {FaultOnIncident}: {string.Join('\n', ToDefinitions().Select(definition => definition.Json))}";
    }

    private sealed class Writer(int[] numbers, bool withWaits, bool canUseInner)
    {
        private static readonly string[] JoinModes = ["WaitAny", "WaitAll", "WaitAllActive"];
        private static readonly string[] MergeModes = ["", "Stream", "Merge", "Converge", "Cascade", "Race"];
        private static readonly string[] Ports = ["Done", "Done", "True", "False"];
        private int _at;
        private int _ids;

        public string Activity(int depth, string? givenId = null)
        {
            string id = givenId ?? $"A{++_ids}";
            int kind = Next(_at >= numbers.Length || depth > 4 ? 6 : 17);
            return kind switch
            {
                0 or 1 => Leaf(id, "Elsa.WriteLine", $$""" "text": "{{id}}" """),
                2 => withWaits ? Leaf(id, "Elsa.Event", """ "eventName": "Go" """) : Leaf(id, "Elsa.WriteLine", $$""" "text": "{{id}}" """),
                3 => withWaits ? Leaf(id, "Elsa.Delay", """ "timeSpan": "00:01:00" """) : Leaf(id, "Elsa.Start", """ "x": 0 """),
                4 => Leaf(id, Ending(), """ "message": "broken" """),
                5 => Leaf(id, "Elsa.SetVariable", """ "variable": { "id": "v1" }, "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getN() + 1" } } """),
                6 or 7 or 8 or 9 => Flowchart(id, depth),
                10 => Leaf(id, "Elsa.Sequence", $""" "activities": [{Several(depth)}] """),
                11 => Leaf(id, "Elsa.Parallel", $""" "activities": [{Several(depth)}] """),
                12 => Leaf(id, "Elsa.Fork", $""" "joinMode": "{(Next(2) == 0 ? "WaitAny" : "WaitAll")}", "branches": [{Several(depth)}] """),
                13 => Leaf(id, "Elsa.If", $$""" "condition": {{(Next(2) == 0 ? "true" : "false")}}, "then": {{Activity(depth + 1)}}, "else": {{Activity(depth + 1)}} """),
                14 => Leaf(id, "Elsa.For", $$""" "end": {{Next(3)}}, "body": {{Activity(depth + 1)}} """),
                15 => Leaf(id, Next(2) == 0 ? "Elsa.ForEach" : "Elsa.ParallelForEach", $$""" "items": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "['a', 'b']" } }, "body": {{Activity(depth + 1)}} """),
                _ => canUseInner ? Leaf(id, "Inner", """ "x": 0 """) : Leaf(id, "Elsa.Start", """ "x": 0 """),
            };
        }

        private static string Leaf(string id, string type, string members) => $$"""{ "id": "{{id}}", "type": "{{type}}", {{members}} }""";

        private string Ending() => Next(8) switch
        {
            0 => "Elsa.Fault",
            1 => "Elsa.Break",
            2 => "Elsa.End",
            3 => "Elsa.Complete",
            4 => "Elsa.Finish",
            _ => "Elsa.Start",
        };

        private string Several(int depth) => string.Join(',', Enumerable.Range(0, Next(4)).Select(_ => Activity(depth + 1)).ToList());

        private string Flowchart(string id, int depth)
        {
            int count = 1 + Next(6);
            List<string> activities = [];
            for (int i = 0; i < count; i++)
                activities.Add(FlowActivity($"F{id}{i}", depth));
            HashSet<string> connections = [];
            for (int i = 1; i < count + Next(count + 1); i++)
            {
                int to = i < count ? i : Next(count);
                connections.Add(Connection($"F{id}{Next(Math.Max(1, to))}", $"F{id}{to}"));
            }

            // A connection back is followed at most twice: the decision counts in the workflow's variable.
            if (Next(3) == 0)
            {
                activities.Add(Leaf($"F{id}{count}", "Elsa.FlowDecision", """ "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "setN(getN() + 1); getN() < 3" } } """));
                connections.Add(Connection($"F{id}{count - 1}", $"F{id}{count}"));
                connections.Add($$"""{ "source": { "activity": "F{{id}}{{count}}", "port": "True" }, "target": { "activity": "F{{id}}{{Next(count)}}" } }""");
            }

            return Leaf(id, "Elsa.Flowchart", $""" "activities": [{string.Join(',', activities)}], "connections": [{string.Join(',', connections)}] """);
        }

        private string FlowActivity(string id, int depth)
        {
            string merge = MergeModes[Next(MergeModes.Length)];
            string custom = merge.Length == 0 ? string.Empty : $$""", "customProperties": { "mergeMode": "{{merge}}" } """;
            return Next(4) switch
            {
                0 => Leaf(id, "Elsa.FlowJoin", $""" "mode": "{JoinModes[Next(3)]}" """),
                1 => Leaf(id, "Elsa.FlowDecision", $""" "condition": {(Next(2) == 0 ? "true" : "false")} {custom} """),
                2 => Leaf(id, "Elsa.WriteLine", $$""" "text": "{{id}}" {{custom}} """),
                _ => Activity(depth + 1, id),
            };
        }

        private string Connection(string from, string to) =>
            $$"""{ "source": { "activity": "{{from}}", "port": "{{Ports[Next(Ports.Length)]}}" }, "target": { "activity": "{{to}}" } }""";

        /// <summary>Returns the next number; when all are used up they come again, smaller each time, so that every flow ends.</summary>
        private int Next(int below) => numbers[_at++ % numbers.Length] / (1 + ((_at - 1) / numbers.Length)) % below;
    }
}
