using System.Text;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Instances;

public sealed class FlowPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Flowchart_RandomGraph_RunsWhatIsReachedExactlyOnceAndFinishes() =>
        Prop.ForAll(Graphs().ToArbitrary(), graph => new[] { false, true }.All(counter =>
        {
            RehearsalHost host = Play(graph, counter);
            WorkflowInstance instance = host.Instances[0].Current;
            List<string> started = [.. host.Instances[0].Journal.Where(entry => entry is { Event: "Started", ActivityId: not "Flow" }).Select(entry => entry.ActivityId!)];
            return instance.Status == InstanceStatus.Finished && started.Order().SequenceEqual(graph.Reached().Order());
        })).Check(Thorough);

    [Fact]
    public void Run_SameStimulusTwice_ChangesNothingTheSecondTime() =>
        Prop.ForAll(Graphs().ToArbitrary(), graph =>
        {
            DefinitionCatalogue catalogue = Flows.Catalogue(graph.ToDefinition());
            InstanceRunner runner = new(EngineSettings.Default);
            StartRequested start = new(Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "flow");
            InstanceChange change = runner.Run(catalogue, [], start, Now).Changes[0];
            List<Bookmark> open = [.. change.BookmarksMade];
            WorkflowInstance instance = change.Instance;
            bool isQuiet = runner.Run(catalogue, [instance], start, Now).Kind == TransitionKind.Ignored;
            while (isQuiet && open.Count > 0)
            {
                BookmarkResumed resume = new(instance.Id, open[0].Id, new PlainObject());
                change = runner.Run(catalogue, [instance], resume, Now).Changes[0];
                instance = change.Instance;
                open.RemoveAll(bookmark => change.BookmarksBurned.Contains(bookmark.Id));
                open.AddRange(change.BookmarksMade);
                isQuiet = runner.Run(catalogue, [instance], resume, Now) is { Kind: TransitionKind.Ignored, Changes.Count: 0 };
            }

            return isQuiet;
        }).Check(Thorough);

    [Fact]
    public void Run_FromSavedState_EqualsRunInOneGo() =>
        Prop.ForAll(Graphs().ToArbitrary(), graph =>
        {
            List<string> waiting = Play(graph, counter: false).Lines;
            List<string> straight = Play(graph with { Waits = [] }, counter: false).Lines;
            return waiting.Order().SequenceEqual(straight.Where(line => !graph.Waits.Contains(int.Parse(line))).Order());
        }).Check(Thorough);

    [Fact]
    public void State_ReadAndWrittenAgain_IsTheSame() =>
        Prop.ForAll(Graphs().ToArbitrary(), graph =>
        {
            WorkflowDefinition definition = graph.ToDefinition();
            DefinitionCatalogue catalogue = Flows.Catalogue(definition);
            WorkflowInstance instance = new InstanceRunner(EngineSettings.Default)
                .Run(catalogue, [], new StartRequested(Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "flow"), Now).Changes[0].Instance;
            InstanceRun run = InstanceRun.ForStored(new Burst(catalogue, EngineSettings.Default, Now), definition, instance);
            return instance.State.Span.SequenceEqual(StateWriter.Write(run));
        }).Check(Thorough);

    private static RehearsalHost Play(Graph graph, bool counter)
    {
        RehearsalHost host = new(Flows.Catalog, EngineSettings.Default with { CounterMode = counter }, Now);
        host.Publish(graph.ToDefinition());
        host.Start(new StartRequested(host.NewId(), "flow"));
        int next = graph.Seed;
        while (host.Instances[0].Bookmarks is { Count: > 0 } open)
        {
            // The waits end in any order.
            next = (next * 31) + 7;
            Bookmark bookmark = open[(next & 0x7FFFFFFF) % open.Count];
            host.Submit(new BookmarkResumed(bookmark.InstanceId, bookmark.Id, new PlainObject()));
        }

        return host;
    }

    /// <summary>Graphs without circles: connections lead to higher numbers; every activity but the first has at least one inbound connection.</summary>
    private static Gen<Graph> Graphs() =>
        from count in Gen.Choose(2, 9)
        from edges in Gen.Choose(0, 1000).ArrayOf(count * 2)
        from kinds in Gen.Choose(0, 5).ArrayOf(count)
        from seed in Gen.Choose(1, 1_000_000)
        select Graph.Make(count, edges, kinds, seed);

    private sealed record Graph(int Count, IReadOnlyList<(int From, string Port, int To)> Edges, IReadOnlyList<int> Decisions, HashSet<int> Waits, HashSet<int> Joins, int Seed)
    {
        public static Graph Make(int count, int[] numbers, int[] kinds, int seed)
        {
            List<int> decisions = [.. Enumerable.Range(0, count).Where(i => kinds[i] == 1)];
            HashSet<(int, string, int)> edges = [];
            for (int to = 1; to < count; to++)
                edges.Add(Edge(numbers[to] % to, to, numbers[to] / 7));
            for (int i = 0; i < count; i++)
            {
                int from = numbers[count + i] % (count - 1);
                edges.Add(Edge(from, from + 1 + (numbers[i] % (count - 1 - from)), numbers[i] / 11));
            }

            (int, string, int) Edge(int from, int to, int chance) => (from, decisions.Contains(from) ? chance % 2 == 0 ? "True" : "False" : "Done", to);
            return new(
                count,
                [.. edges],
                decisions,
                [.. Enumerable.Range(0, count).Where(i => kinds[i] == 2)],
                [.. Enumerable.Range(1, count - 1).Where(i => kinds[i] == 3)],
                seed);
        }

        /// <summary>Returns the activities that are reached over connections whose port is taken: decisions of even number say True.</summary>
        public IEnumerable<string> Reached()
        {
            HashSet<int> reached = [0];
            for (int at = 0; at < Count; at++)
            {
                if (!reached.Contains(at))
                    continue;
                foreach ((int from, string port, int to) in Edges)
                {
                    if (from == at && port == (Decisions.Contains(at) ? at % 2 == 0 ? "True" : "False" : "Done"))
                        reached.Add(to);
                }
            }

            return reached.Select(at => $"A{at}");
        }

        public WorkflowDefinition ToDefinition()
        {
            StringBuilder root = new("""{ "id": "Flow", "type": "Elsa.Flowchart", "activities": [""");
            root.AppendJoin(',', Enumerable.Range(0, Count).Select(Activity));
            root.Append("""], "connections": [""");
            root.AppendJoin(',', Edges.Select(edge => $$"""{ "source": { "activity": "A{{edge.From}}", "port": "{{edge.Port}}" }, "target": { "activity": "A{{edge.To}}", "port": "In" } }"""));
            return Flows.Of(root.Append("] }").ToString());
        }

        private string Activity(int at)
        {
            if (Decisions.Contains(at))
                return $$"""{ "id": "A{{at}}", "type": "Elsa.FlowDecision", "condition": {{(at % 2 == 0 ? "true" : "false")}} }""";
            if (Waits.Contains(at))
                return $$"""{ "id": "A{{at}}", "type": "Elsa.Event", "eventName": "Go" }""";
            return Joins.Contains(at)
                ? $$"""{ "id": "A{{at}}", "type": "Elsa.FlowJoin", "mode": "WaitAllActive" }"""
                : $$"""{ "id": "A{{at}}", "type": "Elsa.WriteLine", "text": "{{at}}" }""";
        }
    }
}
