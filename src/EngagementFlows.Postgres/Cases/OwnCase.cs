using Npgsql;

namespace EngagementFlows.Postgres.Cases;

/// <summary>Gives an open case to a person in the caller's commit; a closed one stays as it is.</summary>
internal static class OwnCase
{
    private const string Sql = """
        update engagement_case
        set owner_id = $2, owned_at = $3, rung = rung + $4, revision = revision + 1
        where id = $1 and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(Guid id, Guid owner, bool isEscalation, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddUuid(owner);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInteger(isEscalation ? 1 : 0);
        return command;
    }
}
