namespace EngagementFlows.Server;

/// <summary>Builds the web application and runs it.</summary>
internal static class ServerHost
{
    /// <summary>Serves until <paramref name="cancellationToken"/> or a signal ends it; returns the exit code.</summary>
    public static async Task<int> RunAsync(ServerStart start, CancellationToken cancellationToken)
    {
        await using WebApplication application = Build(start);
        await application.RunAsync(cancellationToken);
        return 0;
    }

    public static WebApplication Build(ServerStart start)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(start.Settings);
        if (start.Urls is not null)
            builder.WebHost.UseUrls(start.Urls);

        // Standard output carries results only.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder.Build();
    }
}
