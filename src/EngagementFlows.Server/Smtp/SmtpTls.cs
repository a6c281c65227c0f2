using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Server.Smtp;

/// <summary>Puts TLS on a line, for a server whose certificate is valid, trusted and made out to the configured host.</summary>
internal static class SmtpTls
{
    /// <exception cref="SmtpBrokenException">No TLS, or a certificate that is not good; the message says what is wrong with it.</exception>
    public static async Task EncryptAsync(SmtpChannel channel, SmtpOptions options, SmtpDeadline deadline)
    {
        string? certificateFault = null;
        SslStream tls = new(channel.Stream, leaveInnerStreamOpen: false);
        SslClientAuthenticationOptions handshake = new()
        {
            TargetHost = HostName.ToAscii(options.Host) ?? options.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = ChainPolicy(options),
            // Decides nothing of its own: it only keeps the reason, which the exception does not tell.
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                certificateFault = errors == SslPolicyErrors.None ? null : Describe(certificate, chain, errors, options.Host);
                return errors == SslPolicyErrors.None;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(handshake, deadline.Token);
        }
        catch (Exception fault) when (SmtpChannel.IsOfTheLine(fault))
        {
            throw certificateFault is not null
                ? new SmtpBrokenException(certificateFault, fault)
                : channel.Broken("during the TLS handshake (STARTTLS is usual at port 587, TLS from the first byte at 465)", fault);
        }

        channel.Encrypt(tls);
    }

    /// <summary>Says in words what was agreed on.</summary>
    public static string Describe(SslStream tls)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
        return $"{tls.SslProtocol} with the certificate '{certificate.Subject}', valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
    }

    private static X509ChainPolicy? ChainPolicy(SmtpOptions options)
    {
        if (options.CertificateAuthorityFile is not { } file)
            return null;

        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A firm's own authority seldom publishes revocations.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new SmtpBrokenException($"The file '{file}' of the setting '{SmtpOptions.Section}:CertificateAuthorityFile' cannot be read: {fault.Message}", fault);
        }

        return policy;
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        if (certificate is null)
            return "The server showed no certificate.";

        List<string> faults = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            faults.Add($"it is not made out to '{host}'");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            faults.AddRange(chain?.ChainStatus.Select(status => $"{status.Status}: {status.StatusInformation.Trim().TrimEnd('.')}").Distinct() ?? ["its chain is not trusted"]);
        return $"The server's certificate '{certificate.Subject}' (from '{certificate.Issuer}', valid until {certificate.GetExpirationDateString()}) is refused: {string.Join("; ", faults)}.";
    }
}
