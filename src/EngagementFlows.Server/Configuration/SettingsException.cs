namespace EngagementFlows.Server.Configuration;

/// <summary>Says which settings are wrong; the command line prints it without a stack trace.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
