using System.Net;
using System.Net.Sockets;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Server.Smtp;

/// <summary>Resolves the mail server's name and connects to the first of its addresses that answers.</summary>
internal static class SmtpDial
{
    /// <exception cref="SmtpBrokenException">No address, or none that answers in time.</exception>
    public static async Task<Socket> ConnectAsync(SmtpOptions options, SmtpDeadline deadline, TimeProvider clock)
    {
        IPAddress[] addresses = await ResolveAsync(options.Host, deadline.Token);
        string last = "";
        foreach (IPAddress address in addresses)
        {
            Socket? socket = null;
            // One dead address (often the IPv6 one) must leave time for the others.
            using CancellationTokenSource share = new(deadline.Given / addresses.Length, clock);
            using CancellationTokenRegistration whole = deadline.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), share);
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(address, options.EffectivePort, share.Token);
                return socket;
            }
            catch (SocketException fault)
            {
                socket?.Dispose();
                last = fault.Message;
            }
            catch (OperationCanceledException)
            {
                socket?.Dispose();
                last = deadline.WasStopped ? "EngagementFlows was stopped" : $"no answer within {(deadline.Given / addresses.Length).TotalSeconds:0.#} s";
            }
        }

        throw new SmtpBrokenException(
            $"No connection to {string.Join(", ", addresses.Select(address => new IPEndPoint(address, options.EffectivePort)))}: {last}.");
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
            return [literal];

        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(HostName.ToAscii(host) ?? host, cancellationToken);
            return addresses.Length > 0 ? addresses : throw new SmtpBrokenException($"The name '{host}' has no address.");
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            throw new SmtpBrokenException($"The name '{host}' cannot be resolved: {fault.Message}", fault);
        }
    }
}
