using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Engagements.Tests.Links;

public sealed class OpeningGuessTests
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Theory]
    [InlineData(Chrome, Html, "de-DE,de;q=0.9", "navigate", false)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile Safari/604.1", Html, "zh-CN", "", false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Html, "en", "navigate", false)]
    [InlineData("", Html, "en", "", true)]
    [InlineData("curl/8.5.0", "*/*", "", "", true)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1)", Html, "en", "", true)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36", Html, "en", "navigate", true)]
    [InlineData(Chrome, "*/*", "en", "", true)]
    [InlineData(Chrome, Html, "", "navigate", true)]
    [InlineData(Chrome, Html, "en", "no-cors", true)]
    public void LooksLikeMachine_BySigns(string agent, string accept, string language, string mode, bool expected) =>
        OpeningGuess.LooksLikeMachine(new(agent, accept, language, mode)).Should().Be(expected);
}
