using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Figures;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Postgres.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>Answers what activities ask of the domain, and writes its effects into the commit of the transition that wants them: tasks, links, mails, stages, timeline.</summary>
/// <remarks>For effects it reads engagements, staff and templates on the commit's connection, composes the mails, and appends; it stores nothing by itself.</remarks>
public sealed class EngagementStore(MailSettings settings, TimeZoneInfo office) : IDomainStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Question, object?>> AnswerAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<Question, object?> answers = [];
        CalendarAsked[] calendars = [.. questions.OfType<CalendarAsked>()];
        if (calendars.Length > 0)
            await AnswerCalendars.ExecuteAsync(connection, calendars, office, answers, cancellationToken);
        ApproversAsked[] approvers = [.. questions.OfType<ApproversAsked>()];
        if (approvers.Length > 0)
            await AnswerApprovers.ExecuteAsync(connection, approvers, settings.EscalationLastRung, answers, cancellationToken);
        await AnswerCases.ExecuteAsync(connection, questions, settings.EscalationLastRung, answers, cancellationToken);
        await AnswerStandingLinks.ExecuteAsync(connection, questions, answers, cancellationToken);
        await AnswerMeetings.ExecuteAsync(connection, questions, answers, cancellationToken);
        await AnswerDocuments.ExecuteAsync(connection, questions, answers, cancellationToken);
        await AnswerMilestones.ExecuteAsync(connection, questions, answers, cancellationToken);
        await AnswerFigures.ExecuteAsync(connection, questions, answers, cancellationToken);
        ClockAsked[] clocks = [.. questions.OfType<ClockAsked>()];
        if (clocks.Length > 0)
            await AnswerClocks.ExecuteAsync(connection, clocks, answers, cancellationToken);
        PromiseAsked[] promises = [.. questions.OfType<PromiseAsked>()];
        if (promises.Length > 0)
            await AnswerPromises.ExecuteAsync(connection, promises, answers, cancellationToken);
        return answers.Count == questions.Count
            ? answers
            : throw new InvalidOperationException($"EngagementFlows bug: nobody answers a question of type '{questions.First(question => !answers.ContainsKey(question)).GetType()}'.");
    }

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
