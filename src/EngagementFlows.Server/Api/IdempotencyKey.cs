using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Server.Security;
using Microsoft.Extensions.Primitives;

namespace EngagementFlows.Server.Api;

/// <summary>What makes a repeated request the same one.</summary>
/// <param name="Caller">Who sends it: keys of different callers never meet.</param>
/// <param name="Key">The header's value.</param>
/// <param name="RequestHash">Hash of method, path, query and body.</param>
internal sealed record IdempotencyKey(string Caller, string Key, byte[] RequestHash)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    /// <summary>Gets or sets the answer as the request's commit keeps it, byte for byte what is sent; <see langword="null"/> before the commit.</summary>
    public ApiAnswer? Kept { get; set; }

    /// <summary>Returns the key of a request that needs no body; one that comes along is part of what makes it the same request.</summary>
    /// <inheritdoc cref="Of"/>
    public static async Task<IdempotencyKey?> ReadAsync(HttpContext context) => Of(context, await RequestBody.ReadAsync(context));

    /// <summary>Returns the key of a request, or <see langword="null"/> if it has none.</summary>
    /// <exception cref="BadHttpRequestException">The header's value is not usable.</exception>
    public static IdempotencyKey? Of(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (!context.Request.Headers.TryGetValue(Header, out StringValues values))
            return null;
        string key = values.ToString();
        if (values.Count != 1 || key.Length is 0 or > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new BadHttpRequestException($"The header '{Header}' is '{key}'. It must be one value of 1 to {LongestKey} visible ASCII characters without blanks, for example a UUID.");
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method}\n{context.Request.Path}{context.Request.QueryString}\n"));
        hash.AppendData(body);
        return new IdempotencyKey(CurrentPerson.Of(context.User).Caller, key, hash.GetHashAndReset());
    }
}
