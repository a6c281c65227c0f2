using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>What the form says is wrong, in the reader's language.</summary>
internal static class ScheduleFaults
{
    /// <summary>Returns what is wrong; for a preview only what concerns its instants.</summary>
    public static IReadOnlyList<string> Of(ScheduleReading reading, ScheduleForm form, bool isPreview, Reader reader)
    {
        IEnumerable<ScheduleFault> faults = reading.Faults;
        if (isPreview)
            faults = faults.Where(fault => fault.Field is not ("name" or "definitionId" or "eventName" or "correlationId" or "forEach"));
        return [.. faults.Select(fault => reader.Say(fault.Text)), .. form.IsInputBroken && !isPreview ? [reader.Say(ScheduleTexts.BadInput)] : Array.Empty<string>()];
    }
}
