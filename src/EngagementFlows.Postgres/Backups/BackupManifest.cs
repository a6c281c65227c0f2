using System.Text.Json;
using System.Text.Json.Serialization;

namespace EngagementFlows.Postgres.Backups;

/// <summary>What a backup says about itself: the last entries of its file, so that a file without them is not whole.</summary>
public sealed record BackupManifest
{
    /// <summary>The format that this build writes; it reads this one and all before.</summary>
    public const int CurrentFormat = 1;

    /// <summary>By this word a file is known as one of ours.</summary>
    public const string ProductName = "EngagementFlows";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Gets the product that wrote the file.</summary>
    public string? Product { get; init; }

    /// <summary>Gets the number of the file's format.</summary>
    public int Format { get; init; }

    /// <summary>Gets the build that wrote the file, for people.</summary>
    public string ProductVersion { get; init; } = "";

    /// <summary>Gets the version of the database server that it came from, for people.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>Gets the instant of the snapshot, by the database's clock.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>Gets the migrations of the schema, in their order.</summary>
    public IReadOnlyList<BackupMigration> Migrations { get; init; } = [];

    /// <summary>Gets the partitions of partitioned tables.</summary>
    public IReadOnlyList<BackupPartition> Partitions { get; init; } = [];

    /// <summary>Gets the sequences that have been used.</summary>
    public IReadOnlyList<BackupSequence> Sequences { get; init; } = [];

    /// <summary>Gets the tables.</summary>
    public IReadOnlyList<BackupTable> Tables { get; init; } = [];

    /// <summary>Gets the fingerprints of the secret keys under which the database's secrets lie, by key id; empty if the installation had no key file yet.</summary>
    public IReadOnlyDictionary<string, string> KeyFingerprints { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets whether the key file itself is in the backup.</summary>
    public bool HasKeys { get; init; }

    /// <summary>Gets the number of rows of all tables.</summary>
    [JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static BackupManifest Read(byte[] json) => JsonSerializer.Deserialize<BackupManifest>(json, Options) ?? throw new JsonException("The manifest is empty.");
}

/// <summary>A migration that the backup's schema had.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hash">The hash of its text.</param>
public sealed record BackupMigration(int Number, string Name, string Hash);

/// <summary>A partition.</summary>
/// <param name="Parent">The partitioned table.</param>
/// <param name="Name">The partition.</param>
/// <param name="Bound">Its bound as PostgreSQL writes it.</param>
public sealed record BackupPartition(string Parent, string Name, string Bound);

/// <summary>A sequence.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LastValue">The last value given out.</param>
public sealed record BackupSequence(string Name, long LastValue);

/// <summary>A table's content: an entry of the file in PostgreSQL's text format of COPY, UTF-8.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">The columns in their order; generated ones are left out.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Bytes">The number of bytes before compression.</param>
/// <param name="Sha256">The checksum of these bytes, in hexadecimal.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256)
{
    internal string Entry => $"tables/{Name}.copy";
}
