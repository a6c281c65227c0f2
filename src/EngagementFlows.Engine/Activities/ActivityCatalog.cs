using System.Collections.Frozen;

namespace EngagementFlows.Engine.Activities;

/// <summary>The activity types that this process knows. Immutable; made once at start.</summary>
public sealed class ActivityCatalog
{
    private readonly FrozenDictionary<string, Activity> _byType;

    /// <summary>Creates the catalogue of <paramref name="activities"/>.</summary>
    /// <exception cref="ArgumentException">Two activities have the same type name.</exception>
    public ActivityCatalog(IEnumerable<Activity> activities) =>
        _byType = activities.ToFrozenDictionary(activity => activity.Descriptor.TypeName, StringComparer.Ordinal);

    /// <summary>Gets all activities, ordered by type name.</summary>
    public IEnumerable<Activity> All => _byType.Values.OrderBy(activity => activity.Descriptor.TypeName, StringComparer.Ordinal);

    /// <summary>Returns the activity of that exact type name, or <see langword="null"/>.</summary>
    public Activity? Find(string typeName) => _byType.GetValueOrDefault(typeName);
}
