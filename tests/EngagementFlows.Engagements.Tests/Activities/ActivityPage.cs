using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engagements.Tests.Activities;

/// <summary>The page of an activity in <c>docs/activities</c>, made from its descriptor: what the designer shows and what the page says are one text.</summary>
internal static class ActivityPage
{
    public static string FileName(ActivityDescriptor activity) => $"{activity.TypeName.Split('.')[^1]}.md";

    /// <summary>Returns the page.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="usedIn">The ids of the processes here that use it.</param>
    public static string Of(ActivityDescriptor activity, IReadOnlyList<string> usedIn)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# {activity.DisplayName.En} · {activity.DisplayName.ZhCn}\n\n`{activity.TypeName}`, in the category {activity.Category.En} · {activity.Category.ZhCn}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{activity.Description.En}\n\n{activity.Description.ZhCn}\n");
        if (activity.Inputs.Count > 0)
        {
            page.Append("\n## Inputs\n\n| name | in the designer | type | what |\n|---|---|---|---|\n");
            foreach (InputDescriptor input in activity.Inputs)
                page.Append(CultureInfo.InvariantCulture, $"| `{input.Name}`{(input.IsRequired ? " (required)" : "")} | {Names(input.DisplayName)} | `{input.TypeName}`{Default(input)} | {Words(input.Description)} |\n");
        }

        if (activity.Outputs.Count > 0)
        {
            page.Append("\n## Outputs\n\n| name | in the designer | type | what |\n|---|---|---|---|\n");
            foreach (OutputDescriptor output in activity.Outputs)
                page.Append(CultureInfo.InvariantCulture, $"| `{output.Name}` | {Names(output.DisplayName)} | `{output.TypeName}` | {Words(output.Description)} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"\n## Outcomes\n\n{string.Join(", ", activity.Outcomes.Select(Outcome))}{(activity.HasDynamicOutcomes ? ", and those that the activity itself names" : "")}\n");
        if (usedIn.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $"\n## Used in\n\n{string.Join(", ", usedIn.Select(process => $"[{process}](../../workflows/{process}/README.md)"))}\n");
        return page.ToString();
    }

    /// <summary>Returns the table of contents.</summary>
    public static string Index(IEnumerable<ActivityDescriptor> activities)
    {
        StringBuilder page = new("# Activities\n\nWhat a flow is drawn of, besides the activities of Elsa 3. Each page is made from the activity's own description, the one that the designer shows; do not edit them by hand.\n");
        foreach (IGrouping<string, ActivityDescriptor> category in activities.GroupBy(activity => $"{activity.Category.En} · {activity.Category.ZhCn}"))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {category.Key}\n\n| activity | what it does |\n|---|---|\n");
            foreach (ActivityDescriptor activity in category)
                page.Append(CultureInfo.InvariantCulture, $"| [{activity.DisplayName.En}]({FileName(activity)}) · {activity.DisplayName.ZhCn} | {Words(activity.Description)} |\n");
        }

        return page.ToString();
    }

    private static string Outcome(string outcome) => TaskOutcomes.NameOf(outcome) is { } name && name.ZhCn != outcome ? $"**{outcome}** · {name.ZhCn}" : $"**{outcome}**";

    private static string Default(InputDescriptor input) => input.DefaultValue is null ? "" : $", {Cell(PlainJson.Write(input.DefaultValue).Trim('"'))} if left out";

    private static string Names(LocalizedText text) => $"{Cell(text.En)} · {Cell(text.ZhCn)}";

    private static string Words(LocalizedText text) => $"{Cell(text.En)}<br>{Cell(text.ZhCn)}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
