using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Compares what came of a case with what is expected.</summary>
public static class CaseComparison
{
    private static readonly string[] StepFields = ["status", "subStatus"];
    private static readonly string[] InstanceFields = ["status", "subStatus", "correlationId"];

    /// <summary>Returns the differences as sentences; an empty list means equal.</summary>
    /// <param name="played">The case.</param>
    /// <param name="expected">What is expected.</param>
    /// <param name="actual">What came of it.</param>
    public static IReadOnlyList<string> Differences(RehearsalCase played, PlainObject expected, PlainObject actual)
    {
        Comparing comparing = new(played, expected);
        bool isRejected = expected["rejected"] is true;
        if (isRejected || actual["rejected"] is true)
        {
            return isRejected == actual["rejected"] is true
                ? []
                : [$"rejected: expected {(isRejected ? "true" : "false")}, got {(isRejected ? "false" : $"true ({actual["error"]})")}"];
        }

        comparing.Compare(actual);
        return comparing.Found;
    }

    private sealed class Comparing(RehearsalCase played, PlainObject expected)
    {
        private readonly HashSet<string> _unordered = [.. played.Unordered];

        public List<string> Found { get; } = [];

        public void Compare(PlainObject actual)
        {
            if (Counts("noInstance") && expected["noInstance"] is true != actual["noInstance"] is true)
                Differ("noInstance", expected["noInstance"], actual["noInstance"]);
            if (Counts("writeLine"))
                Listing("writeLine", List(expected, "writeLine"), List(actual, "writeLine"), !_unordered.Contains("writeLine"), Found);
            if (expected["noInstance"] is not true)
                MainInstance(actual);
            else if (actual["status"] is not null)
                Differ("status", null, actual["status"]);
            if (Counts("otherInstances"))
                Others(List(expected, "otherInstances"), List(actual, "otherInstances"));
            if (!played.IsAsync && expected.ContainsKey("afterStimulus"))
                Steps(List(expected, "afterStimulus"), List(actual, "afterStimulus"));
            if (expected.ContainsKey("effects"))
                Entries("effects", "type", List(expected, "effects"), List(actual, "effects"));
            if (expected.ContainsKey("mails"))
                Entries("mails", "template", List(expected, "mails"), List(actual, "mails"));
            if (expected.ContainsKey("clocks"))
                Entries("clocks", "name", List(expected, "clocks"), List(actual, "clocks"));
        }

        /// <summary>Tells whether a field is compared: users' own cases name the fields that count.</summary>
        private bool Counts(string field) => !played.IsPartial || expected.ContainsKey(field);

        private void MainInstance(PlainObject actual)
        {
            Instance(string.Empty, expected, actual, Found);
            if (Counts("variables") && !_unordered.Contains("variables"))
                Members("variables", expected["variables"], actual["variables"], Found);
            if (Counts("bookmarks"))
                Listing("bookmarks", Bookmarks(expected), Bookmarks(actual), isOrdered: false, Found);
        }

        private void Instance(string path, PlainObject wanted, PlainObject found, List<string> differences)
        {
            foreach (string field in InstanceFields)
            {
                if ((!played.IsPartial || wanted.ContainsKey(field)) && !CaseValues.AreSame(wanted[field], found[field]))
                    differences.Add(Text(path + field, wanted[field], found[field]));
            }

            if (!played.IsPartial || wanted.ContainsKey("activities"))
                Listing(path + "activities", Activities(wanted), Activities(found), !_unordered.Contains("activities"), differences);
            if (!played.IsPartial || wanted.ContainsKey("outputs"))
                Members(path + "outputs", wanted["outputs"], found["outputs"], differences);
            if (!played.IsPartial || wanted.ContainsKey("incidents"))
                Listing(path + "incidents", Incidents(wanted), Incidents(found), isOrdered: false, differences);
        }

        /// <summary>Matches each expected instance with the one that fits best.</summary>
        private void Others(PlainList wanted, PlainList found)
        {
            if (wanted.Count != found.Count)
            {
                Found.Add($"otherInstances: expected {wanted.Count}, got {found.Count}");
                return;
            }

            List<object?> rest = [.. found];
            for (int i = 0; i < wanted.Count; i++)
            {
                List<string>? best = null;
                int bestAt = 0;
                for (int j = 0; j < rest.Count; j++)
                {
                    List<string> differences = [];
                    Instance($"otherInstances[{i}].", wanted[i] as PlainObject ?? new(), rest[j] as PlainObject ?? new(), differences);
                    if (best is null || differences.Count < best.Count)
                        (best, bestAt) = (differences, j);
                }

                rest.RemoveAt(bestAt);
                Found.AddRange(best!);
            }
        }

        private void Steps(PlainList wanted, PlainList found)
        {
            for (int i = 0; i < Math.Max(wanted.Count, found.Count); i++)
            {
                if (i >= wanted.Count || i >= found.Count || wanted[i] is not PlainObject one || found[i] is not PlainObject other)
                {
                    Found.Add($"afterStimulus: expected {wanted.Count} entries, got {found.Count}");
                    return;
                }

                foreach (string field in StepFields)
                {
                    if ((!played.IsPartial || one.ContainsKey(field)) && !CaseValues.AreSame(one[field], other[field]))
                        Found.Add(Text($"afterStimulus[{i}].{field}", one[field], other[field]));
                }

                if (!played.IsPartial || one.ContainsKey("bookmarks"))
                    Listing($"afterStimulus[{i}].bookmarks", List(one, "bookmarks"), List(other, "bookmarks"), isOrdered: false, Found);
            }
        }

        /// <summary>Compares effects, mails or clocks in order; of each only the fields that the case names.</summary>
        private void Entries(string list, string name, PlainList wanted, PlainList found)
        {
            if (wanted.Count != found.Count)
            {
                Found.Add($"{list}: expected {wanted.Count}, got {found.Count}: {CaseValues.Shown(new PlainList(found.Select(one => (one as PlainObject)?[name])))}");
                return;
            }

            for (int i = 0; i < wanted.Count; i++)
            {
                foreach ((string field, object? value) in wanted[i] as PlainObject ?? [])
                {
                    object? actual = (found[i] as PlainObject)?[field];
                    if (!CaseValues.AreSame(value, actual))
                        Found.Add(Text($"{list}[{i}].{field}", value, actual));
                }
            }
        }

        private PlainList Incidents(PlainObject instance)
        {
            PlainList list = [];
            foreach (object? item in List(instance, "incidents"))
            {
                PlainObject incident = item as PlainObject ?? new();
                PlainObject kept = new() { ["activityId"] = incident["activityId"] };
                if (incident["activityId"] is string id && played.FaultIds.Contains(id))
                    kept["message"] = incident["message"];
                list.Add(kept);
            }

            return list;
        }

        private void Differ(string path, object? wanted, object? found) => Found.Add(Text(path, wanted, found));
    }

    private static PlainList List(PlainObject owner, string field) => owner[field] as PlainList ?? [];

    private static string Text(string path, object? wanted, object? found) => $"{path}: expected {CaseValues.Shown(wanted)}, got {CaseValues.Shown(found)}";

    private static PlainList Activities(PlainObject instance)
    {
        PlainList list = [];
        foreach (object? item in List(instance, "activities"))
        {
            PlainObject activity = item as PlainObject ?? new();
            PlainObject kept = new() { ["id"] = activity["id"], ["status"] = activity["status"] };
            string[] outcomes = [.. (activity["outcomes"] as PlainList ?? []).Select(PlainJson.Write).Order(StringComparer.Ordinal)];
            if (outcomes.Length > 0 && outcomes is not ["\"Done\""])
                kept["outcomes"] = new PlainList(outcomes);
            list.Add(kept);
        }

        return list;
    }

    private static PlainList Bookmarks(PlainObject instance)
    {
        PlainList list = [];
        foreach (object? item in List(instance, "bookmarks"))
            list.Add(item is PlainObject bookmark ? new PlainObject { ["activityId"] = bookmark["activityId"], ["name"] = bookmark["name"] } : item);
        return list;
    }

    private static void Members(string path, object? wanted, object? found, List<string> differences)
    {
        PlainObject one = wanted as PlainObject ?? new();
        PlainObject other = found as PlainObject ?? new();
        foreach (string name in one.Select(member => member.Key).Union(other.Select(member => member.Key)).Order(StringComparer.Ordinal))
        {
            if (!CaseValues.AreSame(one[name], other[name]))
                differences.Add(Text($"{path}.{name}", one[name], other[name]));
        }
    }

    private static void Listing(string path, PlainList wanted, PlainList found, bool isOrdered, List<string> differences)
    {
        if (!isOrdered)
        {
            Multiset(path, wanted, found, differences);
            return;
        }

        for (int i = 0; i < Math.Max(wanted.Count, found.Count); i++)
        {
            if (i < wanted.Count && i < found.Count && CaseValues.AreSame(wanted[i], found[i]))
                continue;
            string one = i < wanted.Count ? CaseValues.Shown(wanted[i]) : "nothing";
            string other = i < found.Count ? CaseValues.Shown(found[i]) : "nothing";
            differences.Add($"{path}[{i}]: expected {one}, got {other} ({wanted.Count} expected, {found.Count} got)");
            return;
        }
    }

    private static void Multiset(string path, PlainList wanted, PlainList found, List<string> differences)
    {
        List<object?> rest = [.. found];
        PlainList missing = [];
        foreach (object? item in wanted)
        {
            int at = rest.FindIndex(other => CaseValues.AreSame(item, other));
            if (at < 0)
                missing.Add(item);
            else
                rest.RemoveAt(at);
        }

        if (missing.Count > 0 || rest.Count > 0)
            differences.Add($"{path}: missing {CaseValues.Shown(missing)}, too many {CaseValues.Shown(new PlainList(rest))}");
    }
}
