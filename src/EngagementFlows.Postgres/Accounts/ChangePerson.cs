using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Changes what a member of staff may do. His sessions end with it, since each request compares them with the person.</summary>
public static class ChangePerson
{
    // Two administrators who take the role from each other at once would leave none: they follow each other,
    // and the second is refused, because by then he is none.
    private const string LockSql = "select pg_advisory_xact_lock(7215302)";

    private const string Sql = """
        update person
        set roles = coalesce($3, roles), is_active = coalesce($4, is_active)
        where id = $1
          and ($2::uuid is null or exists (select 1 from person actor where actor.id = $2 and actor.is_active and 'administrator' = any(actor.roles)))
        returning id
        """;

    /// <summary>Changes roles, or whether the person is active, or both; returns false if there is no such person or the actor is no administrator any more.</summary>
    /// <param name="transaction">The caller's transaction, with the audit entry.</param>
    /// <param name="person">Whom.</param>
    /// <param name="actor">The administrator, or <see langword="null"/> where a program acts.</param>
    /// <param name="roles">The new roles; <see langword="null"/> = as they are.</param>
    /// <param name="isActive">Whether he may sign in and get tasks; <see langword="null"/> = as it is.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task<bool> ExecuteAsync(
        NpgsqlTransaction transaction, Guid person, Guid? actor, IReadOnlyList<string>? roles, bool? isActive, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand takeTurn = new(LockSql, transaction.Connection, transaction))
            await takeTurn.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(person);
        command.Parameters.AddUuid(actor);
        command.Parameters.Add(new() { Value = roles?.ToArray() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddBoolean(isActive);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
