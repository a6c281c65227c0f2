namespace EngagementFlows.Engagements.Links;

/// <summary>Makes and checks the tokens of the one-time links by which members of staff set their passwords.</summary>
/// <remarks>As <see cref="LinkTokens"/>, under keys of their own: a client's token opens no account. Never stored, so that nothing in a dump opens one either.</remarks>
/// <param name="keys">Keys that sign nothing else.</param>
public sealed class AccountTokens(LinkKeys keys)
{
    private readonly LinkTokens _tokens = new(keys);

    /// <summary>Returns the token of a link, safe in a path.</summary>
    public string Make(Guid linkId) => _tokens.Make(linkId);

    /// <summary>Returns the link of a genuine token, or <see langword="null"/>; says nothing about whether the link still lives.</summary>
    public Guid? Read(string? token) => _tokens.Read(token);
}
