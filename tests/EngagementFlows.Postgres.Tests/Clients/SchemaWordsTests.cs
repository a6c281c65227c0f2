using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Clients;

public sealed class SchemaWordsTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    public static TheoryData<string, string, string[]> Words { get; } = new()
    {
        { "engagement", "stage", [.. EngagementStages.OfSets] },
        { "timeline_entry", "kind", [.. TimelineKinds.All] },
        { "person", "roles", [.. StaffRoles.All] },
        { "contact", "language", [.. Languages.All] },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Check_OfTheColumn_AllowsExactlyTheWordsOfTheDomain(string table, string column, string[] words)
    {
        string definition = await database.ScalarAsync<string>(
            "select pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and conrelid = $1::text::regclass and conname = $1 || '_' || $2 || '_check'", table, column) ?? "";

        System.Text.RegularExpressions.Regex.Matches(definition, "'([^']+)'").Select(match => match.Groups[1].Value).Should().BeEquivalentTo(words);
    }
}
