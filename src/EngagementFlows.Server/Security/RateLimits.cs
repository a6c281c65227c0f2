using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using EngagementFlows.Server.ClientPages;
using EngagementFlows.Server.Configuration;
using Microsoft.AspNetCore.RateLimiting;

namespace EngagementFlows.Server.Security;

/// <summary>How often somebody may knock: sign-ins by network address; client pages by network address and by link; what programs use by API key or person, else by address.</summary>
/// <remarks>Counts are of this process and of one minute. What tells that the process lives is never limited.</remarks>
internal static class RateLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Register(RateLimiterOptions limits, ServerOptions options)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(SignInEndpoints.RateLimit, context => Limit(AddressOf(context), options.SignIn.AttemptsPerMinute));
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            Door(context => IsClientPage(context) ? AddressOf(context) : null, options.Links.RequestsPerMinute),
            // Whoever comes from many addresses still knocks at one door.
            Door(LinkOf, options.Links.RequestsPerMinuteAndLink),
            Door(context => IsForPrograms(context) ? CurrentPerson.TryOf(context.User)?.Caller : null, options.Api.RequestsPerMinute),
            Door(context => IsForPrograms(context) && CurrentPerson.TryOf(context.User) is null ? AddressOf(context) : null, options.Api.AnonymousRequestsPerMinute));
        limits.OnRejected = RefuseAsync;
    }

    /// <summary>Returns by what an address is counted: an IPv6 visitor owns at least a /64 and could take another address for each request.</summary>
    public static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    private static string AddressOf(HttpContext context) => AddressOf(context.Connection.RemoteIpAddress);

    // Who has no key at this door passes it uncounted.
    private static PartitionedRateLimiter<HttpContext> Door(Func<HttpContext, string?> keyOf, int permits) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => keyOf(context) is { } key ? Limit(key, permits) : RateLimitPartition.GetNoLimiter(""));

    private static RateLimitPartition<string> Limit(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window });

    private static bool IsClientPage(HttpContext context) => context.Request.Path.StartsWithSegments(ClientUrls.Link);

    private static bool IsForPrograms(HttpContext context) => Sessions.IsForPrograms(context.Request.Path) && !context.Request.Path.StartsWithSegments("/health");

    private static string? LinkOf(HttpContext context) =>
        IsClientPage(context) ? context.Request.RouteValues.GetValueOrDefault("id")?.ToString() ?? context.Request.RouteValues.GetValueOrDefault("token")?.ToString() : null;

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        HttpContext context = rejected.HttpContext;
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) && after > TimeSpan.Zero ? after : Window;
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!IsClientPage(context))
            return;
        ClientAnswers answers = context.RequestServices.GetRequiredService<ClientAnswers>();
        answers.Protect(context);
        await answers.Hurried(context).ExecuteAsync(context);
    }
}
