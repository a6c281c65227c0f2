using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EngagementFlows.Server.Security;

/// <summary>Hashes and compares passwords by the framework's rules, and says which passwords are good enough.</summary>
internal sealed class Passwords
{
    public const int LeastLength = 12;
    public const int MostLength = 200;

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions()));
    private readonly object _nobody = new();
    private readonly string _hashOfNobody;

    public Passwords() => _hashOfNobody = Hash("nobody's password");

    public string Hash(string password) => _hasher.HashPassword(_nobody, password);

    /// <summary>Compares; also returns a better hash if the stored one was made by older rules.</summary>
    public (bool IsRight, string? BetterHash) Compare(string hash, string password) => _hasher.VerifyHashedPassword(_nobody, hash, password) switch
    {
        PasswordVerificationResult.Success => (true, null),
        PasswordVerificationResult.SuccessRehashNeeded => (true, Hash(password)),
        _ => (false, null),
    };

    /// <summary>Takes as long as a comparison, so that the answer's time does not tell who has an account.</summary>
    public void CompareWithNobody(string password) => Compare(_hashOfNobody, password);

    /// <summary>Tells whether a password is long enough and not what anybody would guess first.</summary>
    public static bool IsGoodEnough(string password, string name, string email) =>
        password.Length is >= LeastLength and <= MostLength
        && password.Distinct().Count() >= 5
        && !password.Equals(email, StringComparison.OrdinalIgnoreCase)
        && !password.Equals(name, StringComparison.OrdinalIgnoreCase);
}
