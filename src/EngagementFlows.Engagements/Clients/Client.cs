using System.Text.Json.Serialization;

namespace EngagementFlows.Engagements.Clients;

/// <summary>A firm or person that the house works for.</summary>
/// <param name="Id">The client's id.</param>
/// <param name="ExternalId">The key under which another system knows the client; imports find it again by this.</param>
/// <param name="Name">The name.</param>
/// <param name="Industry">What the client does, or <see langword="null"/>.</param>
/// <param name="Tier">The service class, 1 (first) to 3.</param>
/// <param name="ErasedAt">Since when his data is erased, and nothing is written to him; <see langword="null"/> while he is a client like others.</param>
public sealed record Client(Guid Id, string ExternalId, string Name, string? Industry, int Tier, DateTimeOffset? ErasedAt = null);

/// <summary>The person at a client who receives mails and answers.</summary>
/// <param name="Id">The contact's id.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Name">The name, as the person writes it.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Phone">The phone number, or <see langword="null"/>.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>; decides the language of every mail and page.</param>
/// <param name="Zone">IANA time zone; decides local dates.</param>
public sealed record Contact(Guid Id, Guid ClientId, string Name, string Email, string? Phone, string Language, string Zone);

/// <summary>A piece of work for a client; flows run for an engagement, and its id is their correlation id.</summary>
/// <param name="Id">The engagement's id.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ContactId">The contact who is asked and told.</param>
/// <param name="OwnerId">The account manager who answers for it.</param>
/// <param name="ArchitectId">The architect, or <see langword="null"/> until one is named.</param>
/// <param name="Stage">A stage of <see cref="EngagementStages"/>.</param>
/// <param name="Title">What it is about.</param>
public sealed record Engagement(Guid Id, Guid ClientId, Guid ContactId, Guid OwnerId, Guid? ArchitectId, string Stage, string Title);

/// <summary>An engagement with everybody who takes part, as it was when it was read.</summary>
/// <param name="Engagement">The engagement.</param>
/// <param name="Client">Its client.</param>
/// <param name="Contact">Its contact.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Architect">Its architect, or <see langword="null"/>.</param>
public sealed record EngagementSnapshot(Engagement Engagement, Client Client, Contact Contact, Person Owner, Person? Architect)
{
    /// <summary>Gets what is special about an engagement of the firm with itself; <see langword="null"/> for those of clients.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InternalAffair? Internal { get; init; }

    /// <summary>Tells whether a person may be shown something of it: everybody, unless its readers are named.</summary>
    public bool IsOpenTo(Guid person) => Internal?.Readers is not { } readers || readers.Contains(person);
}

/// <summary>What is special about an engagement of the firm with itself: a personnel file, or a team that meets.</summary>
/// <param name="Kind"><see cref="Personnel"/> or <see cref="Team"/>.</param>
/// <param name="Third">Who reads a personnel file beside the owner, whom it is about, and the architect, who reviews him; or <see langword="null"/>.</param>
/// <param name="Readers">The only persons who are shown anything of it, whatever roles others have; <see langword="null"/> = everybody of the firm.</param>
public sealed record InternalAffair(string Kind, Person? Third, IReadOnlyList<Guid>? Readers)
{
    /// <summary>The reviews of one account manager.</summary>
    public const string Personnel = "personnel";

    /// <summary>People of the firm who meet.</summary>
    public const string Team = "team";
}
