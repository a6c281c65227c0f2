using EngagementFlows.Server.CommandLine;

return await CommandRoot.RunAsync(args);
