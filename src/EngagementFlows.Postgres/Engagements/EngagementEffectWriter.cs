using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using Npgsql;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>Writes the effects of the domain into the commit of the transition that wants them: tasks, links, mails, stages, timeline.</summary>
/// <remarks>Reads engagements, staff and templates on the commit's connection, composes the mails, and appends; it stores nothing by itself.</remarks>
public sealed class EngagementEffectWriter(MailSettings settings) : IDomainEffectWriter
{
    /// <inheritdoc/>
    /// <exception cref="EffectRefusedException">A person can mend why an effect cannot be written: the activity that wants it is to become an incident.</exception>
    /// <exception cref="DomainEffectException">An effect cannot be written; the message says why and what to do.</exception>
    public async Task PrepareAsync(
        NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyList<InstanceChange> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        EffectCommands commands = new(await EffectSources.ReadAsync(connection, changes, cancellationToken), settings, now);
        foreach (InstanceChange change in changes)
        {
            for (int i = 0; i < change.Effects.Count; i++)
                Add(commands, change, i);
        }

        commands.AppendTo(batch);
    }

    private static void Add(EffectCommands commands, InstanceChange change, int index)
    {
        try
        {
            commands.Add(change.Instance, change.Effects[index]);
        }
        catch (MendableEffectException fault) when (index < change.EffectOrigins.Count && change.EffectOrigins[index] != Guid.Empty)
        {
            throw new EffectRefusedException(change.EffectOrigins[index], fault.Message, fault);
        }
    }
}
