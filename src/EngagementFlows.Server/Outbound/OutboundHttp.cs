using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace EngagementFlows.Server.Outbound;

/// <summary>Makes outside HTTP calls under <see cref="OutboundRules"/>: the name is resolved once, the connection goes to an address that was checked, redirects are answers.</summary>
/// <remarks>Safe for use by many threads. No cookies, no proxy, no credentials of the machine are ever sent.</remarks>
public sealed class OutboundHttp : IDisposable
{
    private static readonly HttpRequestOptionsKey<IReadOnlyList<IPAddress>> CheckedAddresses = new("checked-addresses");

    private readonly OutboundOptions _options;
    private readonly OutboundRules _rules;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Creates the caller.</summary>
    /// <param name="options">What may be called.</param>
    /// <param name="time">Measures the time allowed.</param>
    /// <param name="resolve">Resolves host names; <see langword="null"/> = the machine's resolver.</param>
    public OutboundHttp(OutboundOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _options = options;
        _rules = new OutboundRules(options);
        _time = time;
        _resolve = resolve ?? ((host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,

            // The address is checked when a connection is made; a short life makes name changes and rule changes take hold.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 64,
        });
    }

    /// <summary>Makes one call and reads the whole answer.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="url">The absolute address.</param>
    /// <param name="content">The body, or <see langword="null"/>.</param>
    /// <param name="contentType">The body's type, or <see langword="null"/>.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="onSending">Awaited once, when every rule allows the call and before anything of it is sent; <see langword="false"/> = nothing is sent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled: whether the other side acted is unknown.</exception>
    public async Task<OutboundResult> CallAsync(
        string method, string url, byte[]? content, string? contentType, IEnumerable<KeyValuePair<string, string>> headers,
        Func<CancellationToken, Task<bool>> onSending, CancellationToken cancellationToken)
    {
        if (!_rules.Allows(url, out Uri target, out string refusal))
            return new OutboundRefused(refusal);

        using HttpRequestMessage request = new(new HttpMethod(method), target);
        if (content is not null)
        {
            if (!MediaTypeHeaderValue.TryParse(contentType ?? "application/octet-stream", out MediaTypeHeaderValue? type))
                return new OutboundRefused($"The content type '{contentType}' cannot be sent: it must have the form 'type/subtype', for example 'application/json; charset=utf-8'.");
            request.Content = new ByteArrayContent(content) { Headers = { ContentType = type } };
        }

        foreach ((string name, string value) in headers)
        {
            if (!IsHeader(name, value))
                return new OutboundRefused($"The header '{name}' cannot be sent: its name or value holds a character that HTTP does not allow, or it is set by the connection itself.");
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        using CancellationTokenSource limit = new(_options.Timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Resolved before the word to send: what is refused here was surely not sent.
            request.Options.Set(CheckedAddresses, await ResolveAsync(target, either.Token));
            if (!await onSending(either.Token))
                return new OutboundWithheld();
            using HttpResponseMessage response = await _invoker.SendAsync(request, either.Token);
            byte[]? body = await ReadBodyAsync(response, either.Token);
            return body is null ? new OutboundTooLarge(_options.MaxResponseBytes) : Answer(response, body);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new OutboundTimedOut(_options.Timeout);
        }
        catch (Exception failure) when (Refusal(failure) is { } refused)
        {
            return new OutboundRefused(refused.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return new OutboundFailed($"The call to host '{target.IdnHost}' failed: {failure.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // Not resolved again: the name may mean another address by now.
        if (!context.InitialRequestMessage.Options.TryGetValue(CheckedAddresses, out IReadOnlyList<IPAddress>? allowed))
            throw new InvalidOperationException("EngagementFlows bug: a connection was wanted whose address nobody checked.");
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. allowed], context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(Uri target, CancellationToken cancellationToken)
    {
        string host = target.IdnHost.Trim('[', ']');
        IPAddress[] resolved = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : await _resolve(host, cancellationToken);
        IReadOnlyList<IPAddress> allowed = _rules.Connectable(target, resolved);
        return allowed.Count > 0
            ? allowed
            : throw new AddressRefusedException(
                $"The host '{target.IdnHost}' cannot be called: it has no public address. A service in the firm's own network must be listed in 'EngagementFlows:Outbound:PrivateHosts' too.");
    }

    private async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > _options.MaxResponseBytes)
            return null;

        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > _options.MaxResponseBytes)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static OutboundAnswered Answer(HttpResponseMessage response, byte[] body)
    {
        List<KeyValuePair<string, IReadOnlyList<string>>> headers = [];
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
            headers.Add(new(name, [.. values]));
        return new OutboundAnswered(response.StatusCode, body, response.Content.Headers.ContentType?.ToString(), headers);
    }

    // Framing and routing belong to the connection: a definition that sets them could smuggle a second request or name another host.
    private static bool IsHeader(string name, string value) =>
        name.Length > 0
        && name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character))
        && !value.AsSpan().ContainsAny('\r', '\n', '\0')
        && !(name.Equals("Host", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase));

    private static AddressRefusedException? Refusal(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressRefusedException refused)
                return refused;
        }

        return null;
    }

    private sealed class AddressRefusedException(string message) : IOException(message);
}
