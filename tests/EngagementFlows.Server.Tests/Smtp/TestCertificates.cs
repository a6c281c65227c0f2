using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>An authority of the tests' own, in a PEM file, and server certificates from it: a good one and bad ones.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly ECDsa AuthorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly X509Certificate2 Authority = CreateAuthority();

    public static string AuthorityFile { get; } = WriteAuthority();

    public static X509Certificate2 Good { get; } = Create("localhost", Now.AddDays(-1), Now.AddDays(30));

    public static X509Certificate2 Expired { get; } = Create("localhost", Now.AddDays(-30), Now.AddDays(-2));

    public static X509Certificate2 NotYetValid { get; } = Create("localhost", Now.AddDays(10), Now.AddDays(30));

    public static X509Certificate2 OtherHost { get; } = Create("mail.elsewhere.example", Now.AddDays(-1), Now.AddDays(30));

    public static X509Certificate2 SelfSigned { get; } = CreateSelfSigned();

    /// <summary>Gets the good certificate and its key as PEM, for a server that is not .NET.</summary>
    public static (string Certificate, string Key) GoodPem => (Good.ExportCertificatePem(), Good.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    private static X509Certificate2 CreateAuthority()
    {
        CertificateRequest request = new("CN=EngagementFlows test authority", AuthorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(Now.AddDays(-60), Now.AddDays(60));
    }

    private static string WriteAuthority()
    {
        string file = Path.Combine(Path.GetTempPath(), $"engagementflows-test-authority-{Environment.ProcessId}.pem");
        File.WriteAllText(file, Authority.ExportCertificatePem());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    }

    private static X509Certificate2 Create(string host, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        using X509Certificate2 certificate = Request(host, key).Create(
            Authority.SubjectName, X509SignatureGenerator.CreateForECDsa(AuthorityKey), from, until, serial);
        return Reload(certificate.CopyWithPrivateKey(key));
    }

    private static X509Certificate2 CreateSelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Reload(Request("localhost", key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30)));
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }

    private static X509Certificate2 Reload(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
}
