namespace EngagementFlows.Server.Smtp;

/// <summary>A secret that stands in the settings or in a file of its own.</summary>
internal static class SmtpSecret
{
    /// <summary>Returns the secret, or <see langword="null"/> if neither is given.</summary>
    /// <exception cref="SmtpBrokenException">The file cannot be read.</exception>
    public static async Task<string?> ReadAsync(string? value, string? file, string key, CancellationToken cancellationToken)
    {
        if (file is null)
            return value;

        try
        {
            // Editors and `echo` end the file with a line end that nobody meant.
            return (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new SmtpBrokenException($"The file '{file}' of the setting '{SmtpOptions.Section}:{key}' cannot be read: {fault.Message}", fault);
        }
    }
}
