namespace EngagementFlows.Server.Smtp;

internal sealed partial class SmtpSubmission
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Connected to the mail server {Server}; it offers {Offers}.")]
    private partial void LogOpened(string server, string offers);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to the mail server {Server}: {Reason} The next one is tried in {Pause}.")]
    private partial void LogNotConnected(string server, string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server {Server} was sent a whole message and did not say whether it took it; a person has to decide.")]
    private partial void LogUncertain(string server);
}
