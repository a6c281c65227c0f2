namespace EngagementFlows.Engagements.Clients;

/// <summary>One line of a client file that keeps all rules: a client, its contact, and its engagement.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="ExternalId">The key by which a later import finds the client again.</param>
/// <param name="Name">The client's name.</param>
/// <param name="Industry">What the client does, or <see langword="null"/>.</param>
/// <param name="Country">ISO 3166 code, or <see langword="null"/> for the country of the contact's zone.</param>
/// <param name="Tier">The service class, 1 to 3.</param>
/// <param name="ContactName">The contact's name.</param>
/// <param name="Email">The contact's address.</param>
/// <param name="Phone">The contact's phone number, or <see langword="null"/>.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Engagement">The engagement's title.</param>
/// <param name="OwnerId">The account manager.</param>
/// <param name="ArchitectId">The architect, or <see langword="null"/>.</param>
public sealed record ImportedClient(
    int Line,
    string ExternalId,
    string Name,
    string? Industry,
    string? Country,
    int Tier,
    string ContactName,
    string Email,
    string? Phone,
    string Language,
    string Zone,
    string Engagement,
    Guid OwnerId,
    Guid? ArchitectId);

/// <summary>What a client file came to.</summary>
/// <param name="Clients">The lines that keep all rules.</param>
/// <param name="Faults">Everything that has to be mended; a file with any fault is not imported at all.</param>
public sealed record ClientImportReading(IReadOnlyList<ImportedClient> Clients, IReadOnlyList<ImportFault> Faults)
{
    /// <summary>Gets the text with its encoding and separator, or <see langword="null"/> if it could not be decoded.</summary>
    public FileText? Text { get; init; }

    /// <summary>Gets the number of lines below the names of the columns, faulty ones too.</summary>
    public int Lines { get; init; }

    /// <summary>Gets the names in the first line as they stand there.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Gets the first lines, for people to look at.</summary>
    public IReadOnlyList<CsvRecord> Sample { get; init; } = [];
}
