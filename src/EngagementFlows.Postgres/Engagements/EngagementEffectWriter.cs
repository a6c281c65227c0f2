using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Effects;
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
    /// <exception cref="DomainEffectException">An effect cannot be written; the message says why and what to do.</exception>
    public async Task PrepareAsync(
        NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyList<InstanceChange> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        EffectCommands commands = new(await ReadAsync(connection, changes, cancellationToken), settings, now);
        foreach (InstanceChange change in changes)
        {
            foreach (Effect effect in change.Effects)
                commands.Add(change.Instance, effect);
        }

        commands.AppendTo(batch);
    }

    private static async Task<EffectSources> ReadAsync(NpgsqlConnection connection, IReadOnlyList<InstanceChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            return await EffectSources.ReadAsync(connection, changes, cancellationToken);
        }
        catch (MailTemplateException fault)
        {
            throw new DomainEffectException($"A mail of definition '{changes[0].Instance.DefinitionId}' cannot be written. {fault.Message}", fault);
        }
    }
}
