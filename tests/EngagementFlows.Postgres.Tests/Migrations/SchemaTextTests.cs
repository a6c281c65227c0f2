using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Migrations;

public sealed class SchemaTextTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task WriteAsync_MigratedDatabase_IsWhatTheFileSays()
    {
        string path = Path.Combine(RepositoryRoot(), "src", "EngagementFlows.Postgres", "schema.sql");
        string schema = await SchemaText.WriteAsync(postgres.DataSource, CancellationToken.None);
        if (Environment.GetEnvironmentVariable("EF_WRITE_SCHEMA") == "1")
            await File.WriteAllTextAsync(path, schema);

        (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n").Should().Be(
            schema, "a migration changed the schema; 'EF_WRITE_SCHEMA=1 dotnet test tests/EngagementFlows.Postgres.Tests --filter SchemaText' writes the file anew");
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
            at = at.Parent!;
        return at.FullName;
    }
}
