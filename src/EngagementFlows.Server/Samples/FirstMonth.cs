using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Hosting;

namespace EngagementFlows.Server.Samples;

/// <summary>Plays the sample firm's month at the first start on a machine: whole, or not at all.</summary>
internal sealed partial class FirstMonth(ServerOptions options, KeyFile keys, Uri expectedAddress, ServerDatabase database, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<FirstMonth>();

    /// <summary>Plays, if the database is untouched. A month that cannot be played is logged and left out: the server starts all the same, with an intake for each client.</summary>
    /// <exception cref="EmbeddedPostgresException">The database cannot be used until the next start has brought it back to order.</exception>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        SampleMonth month = new(options, keys, expectedAddress, loggers);
        if (!month.CanPlay)
            return;
        SampleMails mails = new(options);
        try
        {
            await database.FillUntouchedAsync((copy, token) => PlayAsync(month, copy, mails, token), cancellationToken);
            // Also where an earlier start died between the month and this.
            await mails.PublishAsync(new GetMail(database.Flows.Queries), cancellationToken);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or EmbeddedPostgresException) && !cancellationToken.IsCancellationRequested)
        {
            Log.NotPlayed(_logger, fault);
        }
    }

    private static async Task PlayAsync(SampleMonth month, string copy, SampleMails mails, CancellationToken cancellationToken)
    {
        mails.Clear();
        try
        {
            await month.PlayAsync(copy, TimeProvider.System.GetUtcNow(), mails, cancellationToken);
        }
        catch
        {
            mails.Clear();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The month of the sample firm could not be played; the firm begins today instead.")]
        public static partial void NotPlayed(ILogger logger, Exception fault);
    }
}
