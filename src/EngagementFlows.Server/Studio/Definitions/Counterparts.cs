using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Finds in a list of activities and cases what another list says of the same: activities by their ids, cases by their labels; of several the first. Pure.</summary>
internal sealed class Counterparts
{
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byLabel = new(StringComparer.Ordinal);

    /// <summary>Reads the list once: flows have hundreds of activities, and each is looked for.</summary>
    public Counterparts(JsonArray list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is not JsonObject one)
                continue;
            if (one.TextOf("id") is { } id)
                _byId.TryAdd(id, i);
            if (ShownActivities.IsCase(one) && one.TextOf("label") is { } label)
                _byLabel.TryAdd(label, i);
        }
    }

    /// <summary>Returns the place of the same activity or case; <see langword="null"/> if there is none.</summary>
    public int? PlaceOf(JsonObject other) => ShownActivities.IsCase(other) ? Place(_byLabel, other.TextOf("label")) : PlaceOfId(other);

    /// <summary>Returns the place of what has the same id; <see langword="null"/> if nothing has.</summary>
    public int? PlaceOfId(JsonObject other) => Place(_byId, other.TextOf("id"));

    private static int? Place(Dictionary<string, int> places, string? key) => key is not null && places.TryGetValue(key, out int place) ? place : null;
}
