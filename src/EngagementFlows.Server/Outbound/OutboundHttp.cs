using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace EngagementFlows.Server.Outbound;

/// <summary>Makes outside HTTP calls under <see cref="OutboundRules"/>: the name is resolved once, the connection goes to an address that was checked, redirects are answers.</summary>
/// <remarks>Safe for use by many threads. No cookies, no proxy, no credentials of the machine are ever sent.</remarks>
public sealed class OutboundHttp : IDisposable
{
    private static readonly HttpRequestOptionsKey<Way> CheckedWay = new("checked-way");
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Framing and routing belong to the connection: a definition that sets them could smuggle a second request or name another host.
    private static readonly HashSet<string> HeadersOfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Keep-Alive", "TE", "Trailer", "Expect",
        "Proxy-Authorization", "Proxy-Connection", "HTTP2-Settings",
    };

    private readonly OutboundOptions _options;
    private readonly OutboundRules _rules;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly TimeProvider _time;
    private readonly CallSlots _slots;
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
        _slots = new CallSlots(options.MaxCallsPerHost);
        _resolve = resolve ?? ((host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,

            // A call has a connection of its own: one that was kept may be dead, and the handler would then send the call a second time.
            PooledConnectionLifetime = TimeSpan.Zero,
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

        if (FaultOf(method, contentType, headers) is { } fault)
            return new OutboundRefused(fault);

        using HttpRequestMessage request = RequestOf(method, target, content, contentType, headers);
        using CancellationTokenSource limit = new(_options.Timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        bool begun = false;
        try
        {
            // Resolved before the word to send: what is refused here was surely not sent.
            request.Options.Set(CheckedWay, new Way(await ResolveAsync(target, either.Token)));
            using IDisposable slot = await _slots.EnterAsync(target.Authority, either.Token);
            if (!await onSending(either.Token))
                return new OutboundWithheld();
            begun = true;
            using HttpResponseMessage? response = await HeadAsync(request, either.Token);
            if (response is null)
                return new OutboundTimedOut(_options.AnswerTimeout ?? _options.Timeout) { Setting = "EngagementFlows:Outbound:AnswerTimeout" };
            byte[]? body = await ReadBodyAsync(response, either.Token);
            return body is null ? new OutboundTooLarge(_options.MaxResponseBytes) : Answer(response, body);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return begun
                ? new OutboundTimedOut(_options.Timeout)
                : new OutboundFailed($"The call to host '{target.IdnHost}' did not begin within {_options.Timeout.TotalSeconds} seconds: its name was not resolved, or {_options.MaxCallsPerHost} other calls to it were under way. Nothing was sent.");
        }
        catch (AddressRefusedException refused)
        {
            return new OutboundRefused(refused.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return new OutboundFailed($"The call to host '{target.IdnHost}' failed: {failure.Message}{(failure.InnerException is { } cause ? $" {cause.Message}" : "")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // Not resolved again: the name may mean another address by now.
        if (!context.InitialRequestMessage.Options.TryGetValue(CheckedWay, out Way? way))
            throw new InvalidOperationException("EngagementFlows bug: a connection was wanted whose address nobody checked.");

        // The handler sends again, up to three times, what a peer took and then hung up on. The peer may have acted: once is enough.
        if (way.IsTaken)
            throw new IOException("The other side closed the connection before it answered; the call is not made again.");
        way.IsTaken = true;
        using CancellationTokenSource limit = new(ConnectTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. way.Addresses], context.DnsEndPoint.Port, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException($"No connection came about within {ConnectTimeout.TotalSeconds} seconds.");
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

    // Null = the head did not come in its own time; the whole call's time is the caller's affair.
    private async Task<HttpResponseMessage?> HeadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.AnswerTimeout ?? Timeout.InfiniteTimeSpan, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _invoker.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
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

    private static string? FaultOf(string method, string? contentType, IEnumerable<KeyValuePair<string, string>> headers)
    {
        // CONNECT asks for a tunnel, TRACE for the headers back: neither is a call of a service.
        if (!IsToken(method) || method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase) || method.Equals("TRACE", StringComparison.OrdinalIgnoreCase))
            return $"The method '{Shown(method)}' cannot be sent: it must be a word such as GET, POST, PUT, PATCH or DELETE.";
        if (contentType is not null && !MediaTypeHeaderValue.TryParse(contentType, out _))
            return $"The content type '{Shown(contentType)}' cannot be sent: it must have the form 'type/subtype', for example 'application/json; charset=utf-8'.";
        foreach ((string name, string value) in headers)
        {
            // Visible ASCII, spaces and tabs (RFC 9110): what else is in a value, some peers take as the end of the line.
            if (!IsToken(name) || value.Any(character => character is not ('\t' or (>= ' ' and <= '~'))) || HeadersOfTheConnection.Contains(name))
                return $"The header '{Shown(name)}' cannot be sent: its name or value holds a character that HTTP does not allow, or it is set by the connection itself.";
        }

        return null;
    }

    private static bool IsToken(string text) =>
        text.Length is > 0 and <= 200 && text.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character));

    private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static HttpRequestMessage RequestOf(string method, Uri target, byte[]? content, string? contentType, IEnumerable<KeyValuePair<string, string>> headers)
    {
        HttpRequestMessage request = new(new HttpMethod(method), target);
        if (content is not null)
            request.Content = new ByteArrayContent(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType ?? "application/octet-stream") } };
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private sealed class Way(IReadOnlyList<IPAddress> addresses)
    {
        public IReadOnlyList<IPAddress> Addresses { get; } = addresses;

        public bool IsTaken { get; set; }
    }

    private sealed class AddressRefusedException(string message) : IOException(message);
}
