using EngagementFlows.Server.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Settings, messages and submissions as most of these tests want them.</summary>
internal static class SmtpSetup
{
    // Only a guard: a test that needs it has failed.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static SmtpMessage Message { get; } = new("flows@firm.example", "client@customer.example", "Subject: Hello\r\n\r\nHow are you?\r\n"u8.ToArray());

    /// <summary>Gets a message that no socket's buffers can swallow whole.</summary>
    public static SmtpMessage LargeMessage { get; } = Message with
    {
        Content = System.Text.Encoding.ASCII.GetBytes("Subject: Hello\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 98) + "\r\n", 300_000))),
    };

    public static SmtpOptions Plain(int port) => new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None };

    public static SmtpOptions StartTls(int port) => new()
    {
        Host = "localhost",
        Port = port,
        Security = SmtpSecurity.StartTls,
        CertificateAuthorityFile = TestCertificates.AuthorityFile,
        UserName = "flows@firm.example",
        Password = "opensesame",
    };

    public static SmtpSubmission Submission(SmtpOptions options, TimeProvider? clock = null, HttpClient? http = null) =>
        new(options, http ?? new HttpClient(), clock ?? TimeProvider.System, NullLogger<SmtpSubmission>.Instance);

    public static Task<SubmissionResult> SubmitAsync(this SmtpSubmission submission, SmtpMessage message) =>
        submission.SubmitAsync(message, _ => Task.FromResult(true), CancellationToken.None).WaitAsync(Patience);
}
