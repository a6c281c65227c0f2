using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>The fields of the form in which a schedule is written.</summary>
internal sealed record ScheduleForm
{
    /// <summary>Gets what was written, as a draft.</summary>
    public ScheduleDraft Draft { get; init; } = new() { Kind = "cron" };

    /// <summary>Gets the inputs as text.</summary>
    public string Input { get; init; } = "";

    /// <summary>Gets whether the inputs are no JSON object.</summary>
    public bool IsInputBroken { get; init; }

    /// <summary>Returns what stands in the fields of a request.</summary>
    public static ScheduleForm Read(IFormCollection fields)
    {
        string input = fields["input"].ToString().Trim();
        PlainObject? parsed = Parse(input);
        return new()
        {
            Input = input,
            IsInputBroken = input.Length > 0 && parsed is null,
            Draft = new()
            {
                Name = fields["name"],
                DefinitionId = fields["definitionId"],
                EventName = fields["eventName"],
                Input = parsed,
                CorrelationId = fields["correlationId"],
                IsForEach = fields["forEach"] == "on",
                Stages = [.. fields["stages"].OfType<string>()],
                Tiers = [.. fields["tiers"].OfType<string>().Select(tier => int.TryParse(tier, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)],
                Kind = fields["kind"],
                Expression = fields["expression"],
                Zone = fields["zone"],
                StartsAt = fields["startsAt"],
                EndsAt = fields["endsAt"],
                Calendar = fields["calendar"],
                FreeDays = fields["freeDays"],
                Misfire = fields["misfire"],
                Overlap = fields["overlap"],
            },
        };
    }

    /// <summary>Returns the fields of a schedule that is there; its times in its own zone.</summary>
    public static ScheduleForm Of(ScheduleSettings settings) => new()
    {
        Input = settings.Input.Count == 0 ? "" : PlainJson.Write(settings.Input),
        Draft = new()
        {
            Name = settings.Name,
            DefinitionId = settings.DefinitionId,
            EventName = settings.EventName,
            Input = settings.Input,
            CorrelationId = settings.CorrelationId,
            IsForEach = settings.ForEach is not null,
            Stages = settings.ForEach?.Stages ?? [],
            Tiers = settings.ForEach?.Tiers ?? [],
            Kind = ScheduleWords.Of(ScheduleWords.Kinds, settings.Kind),
            Expression = settings.Expression,
            Zone = settings.Zone.Id,
            StartsAt = Local(settings.StartsAt, settings.Zone),
            EndsAt = settings.EndsAt is { } end ? Local(end, settings.Zone) : null,
            Calendar = settings.Calendar,
            FreeDays = ScheduleWords.Of(ScheduleWords.FreeDays, settings.FreeDays),
            Misfire = ScheduleWords.Of(ScheduleWords.Misfires, settings.Misfire),
            Overlap = ScheduleWords.Of(ScheduleWords.Overlaps, settings.Overlap),
        },
    };

    // An hour that comes twice has no local text of its own: its second one is written with its offset.
    private static string Local(DateTimeOffset instant, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(instant, zone);
        return WallClock.ToInstant(local.DateTime, zone) == instant
            ? local.ToString(local.Second == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static PlainObject? Parse(string text) => PlainJson.TryParse(text, out object? value) ? value as PlainObject : null;
}
