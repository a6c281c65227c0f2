using System.Text.RegularExpressions;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Promises;

/// <summary>A row of the promise table: a kind of case and what is promised for it.</summary>
/// <param name="Id">The name by which flows call it.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="Times">What is promised.</param>
/// <param name="Tiers">What is promised to clients of a tier instead, by tier (1 to 3).</param>
/// <param name="Revision">Rises with every change.</param>
public sealed partial record PromiseClass(string Id, LocalizedText Name, PromiseTimes Times, IReadOnlyDictionary<int, PromiseTimes> Tiers, long Revision)
{
    /// <summary>Gets the classes of a new installation.</summary>
    public static IReadOnlyList<PromiseClass> Defaults { get; } =
    [
        new("urgent", new("Urgent", "紧急"), new("2 working hours", "8 working hours"), new Dictionary<int, PromiseTimes>(), 1),
        new("high", new("High", "高"), new("4 working hours", "3 working days"), new Dictionary<int, PromiseTimes>(), 1),
        new("normal", new("Normal", "普通"), new("16 working hours", "10 working days"), new Dictionary<int, PromiseTimes>(), 1),
    ];

    /// <summary>Tells whether a text can be the name of a class: small letters, digits and hyphens, a letter first, at most 40.</summary>
    public static bool IsId(string id) => IdForm().IsMatch(id);

    /// <summary>Returns what is promised to a client of a tier.</summary>
    public PromiseTimes For(int tier) => Tiers.GetValueOrDefault(tier) ?? Times;

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
