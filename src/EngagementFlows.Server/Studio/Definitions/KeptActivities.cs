using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Takes over what somebody changed in activities, and keeps everything else as it is stored, letter by letter. Pure.</summary>
/// <param name="known">The activities and their types.</param>
/// <param name="language">The language in which names were shown.</param>
internal sealed class KeptActivities(KnownActivities known, string language)
{
    private const string Identity = "nodeId";

    /// <summary>Returns what is to be stored for an activity that the Studio sent.</summary>
    /// <param name="stored">What is stored; <see langword="null"/> = it is new.</param>
    /// <param name="shown">What the Studio was shown of it.</param>
    /// <param name="sent">What the Studio sent.</param>
    /// <param name="path">The node id of the enclosing activity.</param>
    public JsonObject Keep(JsonObject? stored, JsonObject? shown, JsonObject sent, string path)
    {
        if (sent.TextOf("type") == ShownActivities.NotFound && sent.TextOf(ShownActivities.Original) is { } original)
            return KeepUnknown(stored, shown, sent, original);
        if (stored is null || shown is null || shown.TextOf("type") == ShownActivities.NotFound)
            return Fresh(sent, path);
        if (Sameness.IsSame(shown, sent))
            return (JsonObject)stored.DeepClone();

        string type = sent.TextOf("type") ?? "";
        int version = sent.NumberOf("version") ?? 0;
        string nodeId = $"{path}:{sent.TextOf("id")}";
        IReadOnlyList<string> childMembers = known.ChildrenOf(type);
        JsonObject kept = (JsonObject)stored.DeepClone();
        foreach (string name in shown.Select(member => member.Key).Union(sent.Select(member => member.Key)))
        {
            JsonNode? before = shown[name];
            JsonNode? after = sent[name];
            if (name == Identity || Sameness.IsSameMember(name, before, after))
                continue;
            if (childMembers.Contains(name, StringComparer.OrdinalIgnoreCase))
                KeepChildren(kept, stored, before, after, name, type == "Elsa.Flowchart", nodeId);
            else if (name == "connections")
                KeepConnections(kept, stored, shown, sent);
            else if (name == "metadata")
                KeepMetadata(kept, before as JsonObject, after as JsonObject);
            else if (name == "customProperties")
                kept.Put(name, Merged(kept.Member(name) as JsonObject, before as JsonObject, after as JsonObject));
            else if (after is null)
                kept.Drop(name);
            else
                kept.Put(name, Value(type, version, name, after, before));
        }

        return kept;
    }

    /// <summary>Returns an object with the members that were changed; those that the Studio only lost or left empty stay.</summary>
    public static JsonObject Merged(JsonObject? stored, JsonObject? shown, JsonObject? sent)
    {
        JsonObject kept = stored?.DeepClone() as JsonObject ?? [];
        foreach (string name in (shown ?? []).Select(member => member.Key).Union((sent ?? []).Select(member => member.Key)))
        {
            JsonNode? after = sent?[name];
            if (Sameness.IsSameMember(name, shown?[name], after))
                continue;
            if (after is null)
                kept.Drop(name);
            else
                kept.Put(name, after.DeepClone());
        }

        return kept;
    }

    /// <summary>Returns an activity that came into being in the Studio, or was brought in from a file, as it is to be stored.</summary>
    public JsonObject Fresh(JsonObject sent, string path)
    {
        if (sent.TextOf("type") == ShownActivities.NotFound && sent.TextOf(ShownActivities.Original) is { } original)
            return KeepUnknown(null, null, sent, original);
        string type = sent.TextOf("type") ?? "";
        int version = sent.NumberOf("version") ?? 0;
        string nodeId = $"{path}:{sent.TextOf("id")}";
        IReadOnlyList<string> childMembers = known.ChildrenOf(type);
        JsonObject kept = [];
        foreach ((string name, JsonNode? value) in sent)
        {
            if (value is null || (name is "metadata" or "customProperties" && Sameness.SaysNothing(value)))
                continue;
            if (name.Equals(Identity, StringComparison.OrdinalIgnoreCase))
                kept[name] = nodeId;
            else if (childMembers.Contains(name, StringComparer.OrdinalIgnoreCase))
                kept[name] = FreshChildren(sent, name, value, nodeId);
            else
                kept[name] = Value(type, version, name, value, before: null);
        }

        return kept;
    }

    private JsonNode FreshChildren(JsonObject sent, string name, JsonNode value, string nodeId)
    {
        if (sent.ListOf(name) is { } list)
        {
            JsonArray fresh = [];
            foreach (JsonNode? item in list)
                fresh.Add(item is JsonObject child ? KeepChild(null, null, child, nodeId) : item?.DeepClone());
            return fresh;
        }

        return value is JsonObject only ? KeepChild(null, null, only, nodeId) : value.DeepClone();
    }

    // As it came; only where it stands in the picture may be changed, and its id in a copy.
    private static JsonObject KeepUnknown(JsonObject? stored, JsonObject? shown, JsonObject sent, string original)
    {
        JsonObject kept = stored is not null && shown.TextOf(ShownActivities.Original) == original ? (JsonObject)stored.DeepClone() : DefinitionNodes.Parse(original);
        if (sent.TextOf("id") is { } id && kept.TextOf("id") is { } was && was != id)
            kept.Put("id", id);
        JsonNode? before = (shown.Member("metadata") as JsonObject).Member("designer");
        if ((sent.Member("metadata") as JsonObject).Member("designer") is { } designer && !Sameness.IsSame(before, designer))
        {
            if (kept.Member("metadata") is not JsonObject metadata)
                kept.Put("metadata", metadata = []);
            metadata.Put("designer", designer.DeepClone());
        }

        return kept;
    }

    private void KeepChildren(JsonObject kept, JsonObject stored, JsonNode? before, JsonNode? after, string name, bool isUnordered, string nodeId)
    {
        if (after is JsonArray || (after is null && before is JsonArray))
        {
            JsonArray shown = before as JsonArray ?? [];
            JsonArray was = stored.ListOf(name) ?? [];
            Counterparts counterparts = new(shown);
            List<JsonNode?> now = [.. (after as JsonArray ?? []).Select(item => item is JsonObject child ? KeepListed(was, shown, counterparts.PlaceOf(child), child, nodeId) : item?.DeepClone())];
            PutList(kept, name, was, new JsonArray([.. isUnordered ? InOrderOf(was, now) : now]));
        }
        else if (after is null)
        {
            kept.Drop(name);
        }
        else
        {
            kept.Put(name, after is JsonObject child ? KeepChild(stored.Member(name) as JsonObject, before as JsonObject, child, nodeId) : after.DeepClone());
        }
    }

    // What was shown stands at the same place as what is stored.
    private JsonObject KeepListed(JsonArray stored, JsonArray shown, int? place, JsonObject sent, string nodeId) =>
        place is { } at ? KeepChild(stored[at] as JsonObject, shown[at] as JsonObject, sent, nodeId) : KeepChild(null, null, sent, nodeId);

    private JsonObject KeepChild(JsonObject? stored, JsonObject? shown, JsonObject sent, string nodeId)
    {
        if (!ShownActivities.IsCase(sent))
        {
            bool isSame = stored is not null && shown is not null && !ShownActivities.IsCase(shown) && shown.TextOf("id") == sent.TextOf("id");
            return isSame ? Keep(stored, shown, sent, nodeId) : Fresh(sent, nodeId);
        }

        JsonObject kept = Merged(stored, shown, sent);
        if (sent.Member("activity") is JsonObject inner)
            kept.Put("activity", KeepChild(stored.Member("activity") as JsonObject, shown.Member("activity") as JsonObject, inner, nodeId));
        return kept;
    }

    private static IEnumerable<JsonNode?> InOrderOf(JsonArray stored, List<JsonNode?> now)
    {
        Counterparts order = new(stored);
        return now.Select((item, place) => (Item: item, Place: place, Was: item is JsonObject one ? order.PlaceOfId(one) ?? -1 : -1))
            .OrderBy(one => one.Was < 0 ? int.MaxValue : one.Was).ThenBy(one => one.Place).Select(one => one.Item);
    }

    private static void KeepConnections(JsonObject kept, JsonObject stored, JsonObject shown, JsonObject sent)
    {
        ILookup<(string?, string, string?), JsonObject> drawn = (shown.ListOf("connections") ?? []).OfType<JsonObject>().ToLookup(ShownActivities.Ends);
        List<JsonObject> now = [.. (sent.ListOf("connections") ?? []).OfType<JsonObject>()];
        HashSet<string?> ids = [.. (sent.ListOf("activities") ?? []).OfType<JsonObject>().Select(child => child.TextOf("id"))];
        HashSet<string?> unknown = [.. (sent.ListOf("activities") ?? []).OfType<JsonObject>().Where(child => child.TextOf("type") == ShownActivities.NotFound).Select(child => child.TextOf("id"))];
        Dictionary<(string?, string, string?), Queue<JsonObject>> left = now.GroupBy(ShownActivities.Ends).ToDictionary(group => group.Key, group => new Queue<JsonObject>(group));
        HashSet<JsonObject> taken = new(ReferenceEqualityComparer.Instance);
        HashSet<(string?, string, string?)> there = [];
        JsonArray result = [];
        foreach (JsonObject was in (stored.ListOf("connections") ?? []).OfType<JsonObject>())
        {
            (string? source, string port, string? target) ends = ShownActivities.Ends(was);
            JsonObject? before = drawn[ends].FirstOrDefault();
            if (!left.TryGetValue(ends, out Queue<JsonObject>? same) || !same.TryDequeue(out JsonObject? after))
            {
                // The picture of an unknown activity has no ports but one: its other connections are not drawn, and are not the Studio's to drop.
                bool isHidden = before is null || there.Contains(ends) || (unknown.Contains(ends.source) && ends.port != "Done" && ids.Contains(ends.target));
                if (isHidden)
                {
                    there.Add(ends);
                    result.Add(was.DeepClone());
                }

                continue;
            }

            taken.Add(after);
            there.Add(ends);
            JsonObject one = (JsonObject)was.DeepClone();
            if (!Sameness.IsSame(before?["vertices"], after["vertices"]))
                one.Put("vertices", after["vertices"]?.DeepClone());
            result.Add(one);
        }

        foreach (JsonObject fresh in now.Where(one => !taken.Contains(one)))
            result.Add(fresh.DeepClone());
        PutList(kept, "connections", stored.ListOf("connections"), result);
    }

    // A list in which nothing changed stays in the form in which it is stored.
    private static void PutList(JsonObject kept, string name, JsonArray? stored, JsonArray now)
    {
        if (!JsonNode.DeepEquals(stored, now))
            kept.Put(name, now);
    }

    private void KeepMetadata(JsonObject kept, JsonObject? shown, JsonObject? sent)
    {
        string? before = shown.TextOf("displayText");
        string? after = sent.TextOf("displayText");
        JsonObject? names = (kept.Member("customProperties") as JsonObject).Member("displayName") as JsonObject;
        JsonObject metadata = Merged(kept.Member("metadata") as JsonObject, Without(shown, "displayText"), Without(sent, "displayText"));
        if (!string.Equals(before ?? "", after ?? "", StringComparison.Ordinal) && !IsOneOf(names, metadata, after))
        {
            // Who names it in one language names it in that language alone.
            if (names is not null && !string.IsNullOrWhiteSpace(after))
                names.Put(language, after);
            if (names is null || language == "en" || string.IsNullOrWhiteSpace(after))
                Set(metadata, "displayText", after);
            if (names is not null && string.IsNullOrWhiteSpace(after))
                ((JsonObject)kept.Member("customProperties")!).Drop("displayName");
        }

        if (metadata.Count > 0 || kept.KeyOf("metadata") is not null)
            kept.Put("metadata", metadata);
    }

    private static bool IsOneOf(JsonObject? names, JsonObject metadata, string? text) =>
        text is not null && names is not null && (names.TextOf("en") == text || names.TextOf("zh-CN") == text || metadata.TextOf("displayText") == text);

    private static JsonObject? Without(JsonObject? map, string name)
    {
        JsonObject? rest = map?.DeepClone() as JsonObject;
        rest?.Drop(name);
        return rest;
    }

    private static void Set(JsonObject map, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            map.Drop(name);
        else
            map.Put(name, text);
    }

    // The Studio leaves the type out of what it fills first, and writes references that are empty.
    private JsonNode Value(string type, int version, string name, JsonNode value, JsonNode? before)
    {
        JsonNode kept = value.DeepClone();
        if (kept is not JsonObject input || (!input.ContainsKey("expression") && !input.ContainsKey("memoryReference")))
            return kept;
        if (input["typeName"] is null)
            input["typeName"] = (before as JsonObject).TextOf("typeName") ?? known.TypeOf(type, version, name);
        if (input.ContainsKey("memoryReference") && input["memoryReference"] is null)
            input.Remove("memoryReference");
        return kept;
    }
}
