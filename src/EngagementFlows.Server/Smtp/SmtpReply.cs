namespace EngagementFlows.Server.Smtp;

/// <summary>One answer of the server, perhaps of several lines, made safe to show.</summary>
/// <param name="Code">Three digits, the first 1–5.</param>
/// <param name="Lines">The lines' texts without the code; never empty, no control characters.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    // What a person can use of it; it is stored with the message.
    private const int MaxWords = 1000;

    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsTransient => Code is >= 400 and < 500;

    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>Gets whether the server closes the connection after this answer.</summary>
    public bool IsGoodbye => Code == 421;

    /// <summary>Gets the answer on one line.</summary>
    public string Words
    {
        get
        {
            string words = $"{Code} {string.Join(' ', Lines)}".TrimEnd();
            return words.Length <= MaxWords ? words : string.Concat(words.AsSpan(0, MaxWords), "…");
        }
    }
}
