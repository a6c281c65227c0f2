using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Postgres.Migrations;

namespace EngagementFlows.Postgres.Tests.Schedules;

/// <summary>The script by which Quartz's tables were made is that of the version in use.</summary>
public sealed class QuartzScriptTests
{
    private static readonly Migration Quartz = Migration.All.Single(migration => migration.Name == "0141_quartz");

    [Fact]
    public void Statements_OfQuartz_AreItsOwnScriptWithOurPrefix() =>
        Quartz.Statements.Should().Contain("CREATE TABLE IF NOT EXISTS qrtz_triggers").And.NotContain("{0}").And.NotContain("run-resource");

    [Fact]
    public void Statements_OfQuartz_AreThoseThatWereReleased() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Quartz.Statements.ReplaceLineEndings("\n")))).Should().Be(
            "6c0ec1bd7e028e2465ccfe433938e7c29754aa41e323e6f7f6b492c22135553f", "databases in use have the tables of this script: when a new version of Quartz brings another one, write a migration that brings them to it, then put its hash here");
}
