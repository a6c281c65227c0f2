using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>The domain beside the engine: answers what activities ask of it, and writes the effects that are not the engine's own: tasks, links, mails, domain records.</summary>
public interface IDomainStore
{
    /// <summary>Answers what activities asked, as it stands now.</summary>
    /// <param name="connection">A connection of the engine, for reading; perhaps in a transaction.</param>
    /// <param name="questions">The questions, each once.</param>
    /// <param name="now">The instant at which the activities ran.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>An answer for each question; <see cref="Unanswerable"/> where there is none and a person can mend it.</returns>
    Task<IReadOnlyDictionary<Question, object?>> AnswerAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads what the effects need and appends their statements to the commit. Called only for batches that hold such effects.</summary>
    /// <param name="connection">The commit's connection, for reading; perhaps in a transaction.</param>
    /// <param name="batch">The commit.</param>
    /// <param name="changes">The changes that hold effects of the domain (and perhaps others, to be passed over).</param>
    /// <param name="now">The instant of the commit.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <remarks>May be called again for the same changes when a commit failed: it must do nothing but read and append.</remarks>
    Task PrepareAsync(NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyList<InstanceChange> changes, DateTimeOffset now, CancellationToken cancellationToken);
}
