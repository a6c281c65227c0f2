using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using EngagementFlows.Server.ClientPages;
using EngagementFlows.Server.Configuration;
using Microsoft.AspNetCore.RateLimiting;

namespace EngagementFlows.Server.Security;

/// <summary>How often somebody may knock: sign-ins by network address; client pages by network address and by link.</summary>
internal static class RateLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Register(RateLimiterOptions limits, ServerOptions options)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(SignInEndpoints.RateLimit, context => Limit(AddressOf(context.Connection.RemoteIpAddress), options.SignIn.AttemptsPerMinute));
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => IsClientPage(context)
                ? Limit(AddressOf(context.Connection.RemoteIpAddress), options.Links.RequestsPerMinute)
                : RateLimitPartition.GetNoLimiter("")),
            // Whoever comes from many addresses still knocks at one door.
            PartitionedRateLimiter.Create<HttpContext, string>(context => LinkOf(context) is { } link
                ? Limit(link, options.Links.RequestsPerMinuteAndLink)
                : RateLimitPartition.GetNoLimiter("")));
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

    private static RateLimitPartition<string> Limit(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window });

    private static bool IsClientPage(HttpContext context) => context.Request.Path.StartsWithSegments(ClientUrls.Link);

    private static string? LinkOf(HttpContext context) =>
        IsClientPage(context) ? context.Request.RouteValues.GetValueOrDefault("id")?.ToString() ?? context.Request.RouteValues.GetValueOrDefault("token")?.ToString() : null;

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        HttpContext context = rejected.HttpContext;
        context.Response.Headers.RetryAfter = ((int)Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!IsClientPage(context))
            return;
        ClientAnswers answers = context.RequestServices.GetRequiredService<ClientAnswers>();
        answers.Protect(context);
        await answers.Hurried(context).ExecuteAsync(context);
    }
}
