using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What a save of the Studio says about the copy that it changed.</summary>
/// <param name="VersionId">The version that was loaded.</param>
/// <param name="Revision">Its revision.</param>
internal sealed record LoadedStamp(string VersionId, int Revision);

/// <summary>Makes of what the Studio saves the definition that is stored: what was changed is taken over, everything else stays letter by letter. Pure.</summary>
/// <remarks>
/// The Studio knows some members and drops the others, leaves types out, and makes null of what is absent. So what it sends is compared with what it was shown, and only the
/// difference counts: who opens a flow and saves it stores nothing.
/// </remarks>
internal static class KeptDefinition
{
    // What the server says of a version; the Studio sends back some of it, sometimes changed.
    private static readonly HashSet<string> OfTheServer = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "definitionId", "version", "createdAt", "isLatest", "isPublished", "isReadonly", "isSystem", "toolVersion", "links", "materializerName", "isMaterializerAvailable",
    };

    /// <summary>Returns which copy a save goes out from; <see langword="null"/> if it does not say.</summary>
    public static LoadedStamp? StampOf(JsonObject sent) =>
        (sent["customProperties"] as JsonObject)?[ShownDefinition.Stamp] is JsonObject stamp && stamp.TextOf("versionId") is { } versionId && stamp.NumberOf("revision") is { } revision
            ? new(versionId, revision)
            : null;

    /// <summary>Returns the stored definition with what was changed in the Studio.</summary>
    /// <param name="stored">The definition as it is stored.</param>
    /// <param name="shown">What the Studio is shown of it (<see cref="ShownDefinition.Of"/>), in the same language.</param>
    /// <param name="sent">What the Studio sent.</param>
    /// <param name="known">The activities.</param>
    /// <param name="language">The reader's language.</param>
    public static JsonObject Of(JsonObject stored, JsonObject shown, JsonObject sent, KnownActivities known, string language)
    {
        JsonObject kept = (JsonObject)stored.DeepClone();
        KeepName(kept, sent.TextOf("name"), shown.TextOf("name"), language);
        KeepDescription(kept, sent.TextOf("description") ?? "", shown.TextOf("description") ?? "", language);
        KeepItems(kept, stored, shown, sent, "variables", "id", ShownDefinition.OfVariable);
        KeepItems(kept, stored, shown, KeepWordsOfInputs(kept, shown, sent, language), "inputs", "name", ShownDefinition.OfInput);
        KeepItems(kept, stored, shown, sent, "outputs", "name", ShownDefinition.OfOutput);
        if (!Sameness.IsSame(shown["outcomes"], sent["outcomes"]))
            kept.Put("outcomes", sent["outcomes"]?.DeepClone() ?? new JsonArray());
        if (sent["options"] is JsonObject options && !Sameness.IsSame(shown["options"], options))
            kept.Put("options", KnownMembers(kept.Member("options") as JsonObject, shown["options"] as JsonObject, options, ShownDefinition.OfOptions));
        KeepCustom(kept, shown["customProperties"] as JsonObject, sent["customProperties"] as JsonObject);
        KeepRest(kept, shown, sent);
        if (sent["root"] is JsonObject root && !Sameness.IsSame(shown["root"], root))
            kept.Put("root", new KeptActivities(known, language).Keep(stored.Member("root") as JsonObject, shown["root"] as JsonObject, root, "Workflow1"));
        return kept;
    }

    /// <summary>Returns a definition that came into being in the Studio, or was brought in by it from a file, as it is to be stored.</summary>
    public static JsonObject Fresh(JsonObject sent, string definitionId, KnownActivities known, string language)
    {
        JsonObject kept = new() { ["definitionId"] = definitionId };
        foreach ((string name, JsonNode? value) in sent)
        {
            if (value is null || (OfTheServer.Contains(name) && name != "toolVersion"))
                continue;
            kept[name] = name switch
            {
                "root" when value is JsonObject root => new KeptActivities(known, language).Fresh(root, "Workflow1"),
                "options" when value is JsonObject options => WithoutNulls(options),
                "customProperties" when value is JsonObject custom => Custom(custom),
                _ => value.DeepClone(),
            };
        }

        // A copy has a name of its own: names of its original in both languages would hide it.
        if (kept.TextOf("name") is { } called && (kept["customProperties"] as JsonObject)?["displayName"] is JsonObject names && !names.Any(one => DefinitionNodes.TextOf(one.Value) == called))
            ((JsonObject)kept["customProperties"]!).Remove("displayName");
        return kept;
    }

    /// <summary>Tells whether two texts differ in nothing but how large activities are drawn, which the Studio measures by itself.</summary>
    public static bool IsOnlyMeasured(JsonObject stored, JsonObject kept) => JsonNode.DeepEquals(Unmeasured(stored), Unmeasured(kept));

    /// <summary>Returns how many activities a definition's diagram holds at its first level.</summary>
    public static int CountOf(JsonObject definition) => (definition.Member("root") as JsonObject).ListOf("activities")?.Count ?? 0;

    private static void KeepName(JsonObject kept, string? after, string? before, string language)
    {
        if (string.IsNullOrWhiteSpace(after) || after == before)
            return;
        JsonObject? names = (kept.Member("customProperties") as JsonObject).Member("displayName") as JsonObject;
        if (kept.TextOf("name") == after || (names is not null && (names.TextOf("en") == after || names.TextOf("zh-CN") == after)))
            return;
        names?.Put(language, after);
        if (names is null || language == "en")
            kept.Put("name", after);
    }

    // Who describes a flow in one language describes it in that language alone; who empties the description empties it in both.
    private static void KeepDescription(JsonObject kept, string after, string before, string language)
    {
        if (after == before)
            return;
        JsonObject? words = (kept.Member("customProperties") as JsonObject).Member("description") as JsonObject;
        if (after.Length == 0 && words is not null)
            ((JsonObject)kept.Member("customProperties")!).Drop("description");
        else if (language != "en" || words.TextOf(language) is not null)
            words?.Put(language, after);
        if (words is null || language == "en" || after.Length == 0)
            kept.Put("description", after);
    }

    // Who names an input in a language in which it has a name names it in that one alone; returns the inputs with the rest of what was changed.
    private static JsonObject KeepWordsOfInputs(JsonObject kept, JsonObject shown, JsonObject sent, string language)
    {
        JsonNode? inputs = sent["inputs"]?.DeepClone();
        foreach (JsonObject input in (inputs as JsonArray ?? []).OfType<JsonObject>())
        {
            JsonObject? before = (shown["inputs"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(one => one.TextOf("name") == input.TextOf("name"));
            foreach (string member in ShownDefinition.WordsOfInput.Where(member => before is not null && before.TextOf(member) != input.TextOf(member)))
            {
                if (ShownDefinition.WordsOf(kept, input.TextOf("name"), member) is not { } words || words.TextOf(language) is null)
                    continue;
                words.Put(language, input.TextOf(member));
                input[member] = before![member]?.DeepClone();
            }
        }

        return new() { ["inputs"] = inputs };
    }

    private static void KeepCustom(JsonObject kept, JsonObject? shown, JsonObject? sent)
    {
        JsonObject? before = shown is null ? null : Custom(shown);
        JsonObject? after = sent is null ? null : Custom(sent);
        // A save without any custom properties comes from a program that does not know of them.
        if (after is null || Sameness.IsSame(before, after))
            return;
        // Names and descriptions are changed where the Studio shows them; here is what it was shown of them.
        foreach (string words in (string[])["displayName", "description"])
        {
            before?.Remove(words);
            after.Remove(words);
        }

        kept.Put("customProperties", KeptActivities.Merged(kept.Member("customProperties") as JsonObject, before, after));
    }

    private static JsonObject Custom(JsonObject custom)
    {
        JsonObject rest = (JsonObject)custom.DeepClone();
        rest.Remove(ShownDefinition.Stamp);
        foreach (string empty in (string[])["VariableTestValues", "logPersistenceConfig"])
        {
            if (Sameness.SaysNothing(rest[empty]))
                rest.Remove(empty);
        }

        return rest;
    }

    private static void KeepRest(JsonObject kept, JsonObject shown, JsonObject sent)
    {
        foreach ((string name, JsonNode? value) in sent)
        {
            if (value is not null && !OfTheServer.Contains(name) && !shown.ContainsKey(name) && !Sameness.IsSame(kept.Member(name), value))
                kept.Put(name, value.DeepClone());
        }
    }

    private static void KeepItems(JsonObject kept, JsonObject stored, JsonObject shown, JsonObject sent, string name, string key, IReadOnlyList<string> members)
    {
        if (sent[name] is not JsonArray after || Sameness.IsSame(shown[name], after))
            return;
        JsonArray before = shown[name] as JsonArray ?? [];
        List<JsonObject> was = [.. (stored.ListOf(name) ?? []).OfType<JsonObject>()];
        JsonArray now = [];
        foreach (JsonObject item in after.OfType<JsonObject>())
        {
            int place = before.ToList().FindIndex(one => (one as JsonObject).TextOf(key) is { } id && id == item.TextOf(key));
            now.Add(place >= 0 && place < was.Count ? KnownMembers(was[place], before[place] as JsonObject, item, members) : item.DeepClone());
        }

        kept.Put(name, now);
    }

    private static JsonObject KnownMembers(JsonObject? stored, JsonObject? shown, JsonObject sent, IReadOnlyList<string> members)
    {
        JsonObject kept = stored?.DeepClone() as JsonObject ?? [];
        foreach (string member in members)
        {
            if (Sameness.IsSame(shown?[member], sent[member]))
                continue;
            if (sent[member] is { } value)
                kept.Put(member, value.DeepClone());
            else if (kept.KeyOf(member) is { } present)
                kept[present] = null;
        }

        return kept;
    }

    private static JsonObject WithoutNulls(JsonObject map)
    {
        JsonObject rest = [];
        foreach ((string name, JsonNode? value) in map)
        {
            if (value is not null)
                rest[name] = value.DeepClone();
        }

        return rest;
    }

    private static JsonNode Unmeasured(JsonObject definition)
    {
        JsonNode copy = definition.DeepClone();
        Forget(copy);
        return copy;

        static void Forget(JsonNode? node)
        {
            if (node is JsonObject map)
            {
                if (map["designer"] is JsonObject designer)
                    designer.Remove("size");
                foreach ((string _, JsonNode? value) in map)
                    Forget(value);
            }
            else if (node is JsonArray list)
            {
                foreach (JsonNode? item in list)
                    Forget(item);
            }
        }
    }
}
