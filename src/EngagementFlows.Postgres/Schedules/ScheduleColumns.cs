using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine.Instances;
using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>The parameters of a schedule's settings, in the order in which the statements take them.</summary>
internal static class ScheduleColumns
{
    /// <summary>Adds 18 parameters.</summary>
    public static void AddSettings(this NpgsqlParameterCollection parameters, ScheduleSettings settings)
    {
        parameters.AddText(settings.Name);
        parameters.AddText(settings.DefinitionId is null ? "event" : "start");
        parameters.AddText(settings.DefinitionId);
        parameters.AddText(settings.EventName);
        parameters.AddJson(PlainState.ToText(settings.Input));
        parameters.AddText(settings.CorrelationId);
        parameters.AddBoolean(settings.ForEach is not null);
        parameters.Add(new NpgsqlParameter { Value = settings.ForEach is { Stages.Count: > 0 } stages ? stages.Stages.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter { Value = settings.ForEach is { Tiers.Count: > 0 } tiers ? tiers.Tiers.Select(tier => (short)tier).ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        parameters.AddText(ScheduleWords.Of(ScheduleWords.Kinds, settings.Kind));
        parameters.AddText(settings.Expression);
        parameters.AddText(settings.Zone.Id);
        parameters.AddInstant(settings.StartsAt);
        parameters.AddInstant(settings.EndsAt);
        parameters.AddText(settings.Calendar);
        parameters.AddText(ScheduleWords.Of(ScheduleWords.FreeDays, settings.FreeDays));
        parameters.AddText(ScheduleWords.Of(ScheduleWords.Misfires, settings.Misfire));
        parameters.AddText(ScheduleWords.Of(ScheduleWords.Overlaps, settings.Overlap));
    }
}
