using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Security;

/// <summary>Checks a mail address and password.</summary>
internal sealed class SignIn(BeginSignIn begin, CompleteSignIn complete, Passwords passwords, ServerOptions options)
{
    /// <summary>Returns the person, or <see langword="null"/>: wrong, unknown and locked look the same from outside.</summary>
    public async Task<Guid?> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        SignInAttempt? attempt = await begin.ExecuteAsync(email.Trim(), options.SignIn.MaxFailures, options.SignIn.LockFor, cancellationToken);
        if (attempt is not { PasswordHash: { } hash, IsLocked: false })
        {
            passwords.CompareWithNobody(password);
            return null;
        }

        (bool isRight, string? betterHash) = passwords.Compare(hash, password);
        if (!isRight)
            return null;
        await complete.ExecuteAsync(attempt.PersonId, betterHash, cancellationToken);
        return attempt.PersonId;
    }
}
