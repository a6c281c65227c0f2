using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>What an attempt to sign in is checked against.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="PasswordHash">The hash to compare with; <see langword="null"/> if no password is set.</param>
/// <param name="IsLocked">Whether the account was locked before this attempt: then the password must not even be compared.</param>
public sealed record SignInAttempt(Guid PersonId, string? PasswordHash, bool IsLocked);

/// <summary>Counts an attempt to sign in as failed before the password is compared, and locks the account when too many failed in a row.</summary>
/// <remarks>Counting first means that many attempts at once cannot get more guesses than one after the other. A success takes the count back.</remarks>
public sealed class BeginSignIn(NpgsqlDataSource dataSource)
{
    // A lock that has passed starts the count anew; one that stands is not made longer by knocking, but the count goes on:
    // more than the limit means that the account was locked before this attempt. All of it is taken from the row as it is
    // when its lock is had, so that attempts at the same moment count one after the other.
    private const string Sql = """
        update account
        set failures = case when account.locked_until <= now() then 1 else least(account.failures + 1, 1000000) end,
            locked_until = case
                when account.locked_until > now() then account.locked_until
                when (case when account.locked_until is null then account.failures + 1 else 1 end) >= $2 then now() + $3
            end
        from person
        where person.id = account.person_id and lower(person.email) = lower($1) and person.is_active
        returning account.person_id, account.password_hash, account.failures > $2
        """;

    /// <summary>Returns what to compare the password with, or <see langword="null"/> if nobody active has this mail address and an account.</summary>
    public async Task<SignInAttempt?> ExecuteAsync(string email, int maxFailures, TimeSpan lockFor, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue(email);
        command.Parameters.AddWithValue(maxFailures);
        command.Parameters.AddWithValue(lockFor);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new SignInAttempt(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetBoolean(2))
            : null;
    }
}
