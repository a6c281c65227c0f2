using System.Runtime.Versioning;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Tests.Configuration;

// File modes are Unix's.
[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-keys-").FullName;

    private string FilePath => Path.Combine(_folder, "below", "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_NoFile_MakesOneThatOnlyItsOwnerReads()
    {
        KeyFile.Open(FilePath);

        File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Open_Again_HasTheSameKeys() =>
        KeyFile.Open(FilePath).DeriveCurrent("links").Should().Equal(KeyFile.Open(FilePath).DeriveCurrent("links"));

    [Fact]
    public void Derive_OtherPurpose_HasAnotherKey()
    {
        KeyFile keys = KeyFile.Open(FilePath);

        keys.DeriveCurrent("links").Should().NotEqual(keys.DeriveCurrent("engine")).And.HaveCount(32);
    }

    [Fact]
    public void Derive_UnknownKeyId_IsNull() => KeyFile.Open(FilePath).Derive("k9", "links").Should().BeNull();

    [Fact]
    public void Open_ReadableByOthers_IsRefused()
    {
        KeyFile.Open(FilePath);
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Action open = () => KeyFile.Open(FilePath);

        open.Should().Throw<SettingsException>().WithMessage("*'604'*chmod 600*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"current":"k1","keys":{"k1":"c2hvcnQ="}}""")]
    [InlineData("""{"current":"k2","keys":{"k1":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}}""")]
    public void Open_NotAKeyFile_IsRefusedWithoutRepeatingIt(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Action open = () => KeyFile.Open(FilePath);

        open.Should().Throw<SettingsException>().Which.Message.Should().Contain("Restore it from your backup").And.NotContain("MDEy");
    }

    [Fact]
    public void Open_TwoKeys_SignsWithTheCurrentOneAndKnowsBoth()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, """{"current":"k2","keys":{"k1":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=","k2":"MTEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}}""");
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        KeyFile keys = KeyFile.Open(FilePath);

        keys.CurrentId.Should().Be("k2");
        keys.DeriveAll("links").Keys.Should().BeEquivalentTo("k1", "k2");
    }
}
