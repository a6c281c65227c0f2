using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Server.Smtp;

/// <summary>Signs in by AUTH (RFC 4954) with the best mechanism that both sides know.</summary>
internal sealed class SmtpSignIn(SmtpOptions options, SmtpAccessTokens? tokens)
{
    // Over a checked TLS line the plain mechanisms are the sound ones; CRAM-MD5 is for servers that offer nothing else.
    private static readonly string[] WithPassword = ["PLAIN", "LOGIN", "CRAM-MD5"];

    /// <summary>Signs in and returns the mechanism used.</summary>
    /// <exception cref="SmtpBrokenException">The server refused, offers no mechanism of ours, or there is no secret to be had.</exception>
    public async Task<string> RunAsync(SmtpChannel channel, SmtpExtensions offered, CancellationToken cancellationToken)
    {
        bool isPrivate = channel.Tls is not null || options.IsThisMachine;
        string[] known = tokens is not null ? ["XOAUTH2"] : WithPassword;
        string[] usable = isPrivate ? known : [.. known.Where(name => name == "CRAM-MD5")];
        string mechanism = usable.FirstOrDefault(offered.SignIn.Contains)
            ?? throw new SmtpBrokenException(
                $"Signing in as '{options.UserName}' is not possible: the server offers '{string.Join(' ', offered.SignIn)}', "
                + $"and on {(isPrivate ? "this line" : "a line without TLS")} {string.Join(", ", usable.DefaultIfEmpty("nothing"))} can be used.");

        SmtpReply reply = mechanism == "XOAUTH2"
            ? await TokenAsync(channel, tokens!, cancellationToken)
            : await PasswordAsync(channel, mechanism, cancellationToken);
        return reply.Code == 235 ? mechanism : throw Refused(mechanism, reply);
    }

    private async Task<SmtpReply> PasswordAsync(SmtpChannel channel, string mechanism, CancellationToken cancellationToken)
    {
        string user = options.UserName!;
        string password = await SmtpSecret.ReadAsync(options.Password, options.PasswordFile, "PasswordFile", cancellationToken) ?? "";
        if (mechanism == "PLAIN")
            return await channel.AskAsync("AUTH PLAIN", $"AUTH PLAIN {Base64($"\0{user}\0{password}")}");

        SmtpReply challenge = await channel.AskAsync($"AUTH {mechanism}", $"AUTH {mechanism}");
        if (challenge.Code != 334)
            return challenge;
        if (mechanism == "CRAM-MD5")
            return await channel.AskAsync("AUTH CRAM-MD5", Base64($"{user} {Keyed(challenge, password)}"));

        SmtpReply forPassword = await channel.AskAsync("AUTH LOGIN", Base64(user));
        return forPassword.Code == 334 ? await channel.AskAsync("AUTH LOGIN", Base64(password)) : forPassword;
    }

    private async Task<SmtpReply> TokenAsync(SmtpChannel channel, SmtpAccessTokens source, CancellationToken cancellationToken)
    {
        SmtpAccessToken token = await source.GetAsync(cancellationToken);
        SmtpReply reply = await ShowTokenAsync(channel, token);
        if (reply.Code == 235 || token.IsNew)
            return reply;

        // A kept token may have been revoked before its time; a fresh one that is refused too is a real refusal.
        source.Forget(token);
        return await ShowTokenAsync(channel, await source.GetAsync(cancellationToken));
    }

    private async Task<SmtpReply> ShowTokenAsync(SmtpChannel channel, SmtpAccessToken token)
    {
        SmtpReply reply = await channel.AskAsync("AUTH XOAUTH2", $"AUTH XOAUTH2 {Base64($"user={options.UserName}\u0001auth=Bearer {token.Value}\u0001\u0001")}");
        // A refusal comes as a challenge that holds the reason; an empty line asks for the true answer.
        return reply.Code == 334 ? await channel.AskAsync("AUTH XOAUTH2", "") : reply;
    }

    // The mechanism's own choice (RFC 2195), not ours.
#pragma warning disable CA5351
    private static string Keyed(SmtpReply challenge, string password)
    {
        byte[] bytes = new byte[challenge.Lines[0].Length];
        return Convert.TryFromBase64String(challenge.Lines[0], bytes, out int length)
            ? Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(password), bytes.AsSpan(0, length)))
            : throw new SmtpBrokenException("The server's CRAM-MD5 challenge is not base64.");
    }
#pragma warning restore CA5351

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private SmtpBrokenException Refused(string mechanism, SmtpReply reply) =>
        new($"Signing in as '{options.UserName}' with {mechanism} was refused: '{reply.Words}'. Check {SmtpOptions.Section}:UserName and the password or token of it.");
}
